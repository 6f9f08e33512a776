/**
 * vCard 2.1, 3.0 and 4.0 as people with numbers. Pure; ical.js reads what is left after old spellings are made new.
 *
 * Only names and numbers are looked at: pictures and everything else are dropped before the parser sees them. A card
 * that cannot be read costs itself only.
 */
import ICAL from "ical.js";
import { cleanName } from "./contact-entry.ts";
import type { ContactFile, FileEntry } from "./contact-entry.ts";

const KEPT = new Set(["FN", "N", "ORG", "NICKNAME", "TEL"]);
const MAX_LINE_CHARS = 4_096;
const MAX_LINES = 64;

export function readVcards(text: string): ContactFile {
  const entries: FileEntry[] = [];
  let broken = 0;
  let card: string[] | null = null;
  for (const line of logicalLines(text)) {
    if (/^BEGIN:VCARD\s*$/i.test(line)) {
      // The one before never ended.
      if (card !== null) broken += 1;
      card = [];
    } else if (card === null) continue;
    else if (/^END:VCARD\s*$/i.test(line)) {
      const entry = readCard(card);
      if (entry === null) broken += 1;
      else if (entry.numbers.length > 0) entries.push(entry);
      card = null;
    } else if (card.length < MAX_LINES) {
      const kept = modernLine(line);
      if (kept !== null) card.push(kept);
    }
  }
  return { format: "vcard", entries, broken: broken + (card === null ? 0 : 1), table: null };
}

/** Folded lines put together: a following line that begins with a blank, or one after a quoted-printable "=". */
function* logicalLines(text: string): Generator<string> {
  let line: string | null = null;
  let isSoft = false;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    if (line !== null && isSoft) line = line.slice(0, -1) + raw.replace(/^[ \t]/, "");
    else if (line !== null && /^[ \t]/.test(raw)) line += raw.slice(1);
    else {
      if (line !== null) yield line;
      line = raw;
    }
    if (line.length > MAX_LINE_CHARS) line = line.slice(0, MAX_LINE_CHARS);
    isSoft = line.endsWith("=") && /^[^:]*QUOTED-PRINTABLE/i.test(line);
  }
  if (line !== null) yield line;
}

/** The line as version 3 writes it; null for what is not looked at. */
function modernLine(line: string): string | null {
  const colon = line.indexOf(":");
  if (colon === -1) return null;
  const [head = "", ...parameters] = line.slice(0, colon).split(";");
  const name = head.slice(head.lastIndexOf(".") + 1).toUpperCase();
  if (!KEPT.has(name)) return null;
  const isQuoted = parameters.some((one) => /^(ENCODING=)?QUOTED-PRINTABLE$/i.test(one));
  const charset = parameters.find((one) => /^CHARSET=/i.test(one))?.slice("CHARSET=".length) ?? "utf-8";
  const value = line.slice(colon + 1);
  // What kind of number it is does not matter here, so no parameter is needed.
  return `${name}:${isQuoted ? unquote(value, charset) : value}`;
}

function unquote(value: string, charset: string): string {
  const bytes = Buffer.from(
    Buffer.from(value, "utf8")
      .toString("latin1")
      .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
  const text = /^(iso-8859|windows-125|latin)/i.test(charset) ? bytes.toString("latin1") : bytes.toString("utf8");
  return text.replace(/[\r\n]+/g, " ");
}

function readCard(lines: readonly string[]): FileEntry | null {
  try {
    const [, properties] = ICAL.parse(
      ["BEGIN:VCARD", "VERSION:3.0", ...lines, "END:VCARD"].join("\r\n"),
    ) as unknown as [string, readonly (readonly unknown[])[]];
    const values = (name: string) =>
      properties.filter((property) => property[0] === name).map(([, , , value]) => value);
    const numbers = values("tel")
      .map((value) => (typeof value === "string" ? value : "").replace(/^tel:/i, "").replace(/;.*$/, "").trim())
      .filter((value) => value !== "");
    return { name: nameOf(values), numbers };
  } catch {
    return null;
  }
}

/** The name as shown, else put together from its parts, else the nickname, else the company. */
function nameOf(values: (name: string) => unknown[]): string {
  const flat = (value: unknown): string =>
    Array.isArray(value) ? value.map(flat).join(" ") : typeof value === "string" ? value : "";
  const [full] = values("fn");
  const [parts] = values("n");
  const [family, given, middle] = Array.isArray(parts) ? parts : [parts];
  const candidates = [full, [given, middle, family], values("nickname")[0], values("org")[0]];
  return candidates.map((value) => cleanName(flat(value))).find((name) => name !== "") ?? "";
}
