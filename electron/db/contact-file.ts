/**
 * The bytes of a file of contacts as people with numbers, or the reason it is none. Pure.
 *
 * The file is hostile input: of any size up to the limit, in any encoding, with anything in it. Invariants: nothing is
 * thrown; an entry that cannot be read costs itself only; names come out as plain single lines.
 */
import type { ImportColumns, ImportProblem } from "../../shared/contacts.ts";
import { MAX_IMPORT_BYTES, MAX_IMPORT_ENTRIES } from "../../shared/file-limits.ts";
import type { ContactFile } from "./contact-entry.ts";
import { readTable } from "./contact-csv.ts";
import { readVcards } from "./contact-vcard.ts";

const PROBE_CHARS = 65_536;
/** More control characters than this share are no text. */
const MAX_CONTROL_SHARE = 0.005;

export function readContactFile(
  bytes: Uint8Array,
  columns: ImportColumns | null,
): { file: ContactFile } | { problem: ImportProblem } {
  if (bytes.byteLength > MAX_IMPORT_BYTES) return { problem: "too_big" };
  if (bytes.byteLength === 0) return { problem: "empty" };
  const text = decodeText(bytes);
  if (text === null) return { problem: "not_contacts" };
  if (text.trim() === "") return { problem: "empty" };
  const isVcard = /^\s*BEGIN:VCARD\s*$/im.test(text.slice(0, PROBE_CHARS));
  const file = isVcard ? readVcards(text) : readTable(text, columns);
  if (file === null) return { problem: "not_contacts" };
  if (file.entries.length > MAX_IMPORT_ENTRIES) return { problem: "too_crowded" };
  // With columns to choose from, none that fit is for the person to say.
  if (file.entries.length === 0 && file.table === null) return { problem: "no_names" };
  return { file };
}

/** UTF-8 or UTF-16 by its mark or its shape, else Windows' Latin letters. Null: not a text. */
export function decodeText(bytes: Uint8Array): string | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = decoded(buffer);
  const probe = text.slice(0, PROBE_CHARS);
  const controls = probe.match(/[\u0000-\u0008\u000e-\u001f\ufffe\uffff]/g)?.length ?? 0;
  return controls > probe.length * MAX_CONTROL_SHARE ? null : text.replaceAll("\u0000", "");
}

function decoded(buffer: Buffer): string {
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return buffer.subarray(2).toString("utf16le");
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return swapped(buffer.subarray(2)).toString("utf16le");
  const zeros = zeroShares(buffer);
  if (zeros.odd > 0.3 && zeros.even < 0.05) return buffer.toString("utf16le");
  if (zeros.even > 0.3 && zeros.odd < 0.05) return swapped(buffer).toString("utf16le");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(buffer);
  } catch {
    return latin(buffer);
  }
}

function latin(buffer: Buffer): string {
  try {
    return new TextDecoder("windows-1252").decode(buffer);
  } catch {
    // A runtime without that table still has the letters, though not the typographic signs.
    return buffer.toString("latin1");
  }
}

/** A last odd byte has no partner and goes. */
const swapped = (buffer: Buffer) => Buffer.from(buffer.subarray(0, buffer.length & ~1)).swap16();

function zeroShares(buffer: Buffer): { even: number; odd: number } {
  const probe = buffer.subarray(0, 4_096);
  const share = (rest: number) => {
    let zeros = 0;
    for (let at = rest; at < probe.length; at += 2) if (probe[at] === 0) zeros += 1;
    return zeros / Math.max(1, probe.length / 2);
  };
  return { even: share(0), odd: share(1) };
}
