/**
 * Files a person wants to send: chosen in the system's dialog (or dropped, or pasted) and told apart by their bytes. No
 * Electron here.
 *
 * Must not keep a path. Invariant: the type is what the bytes say, and the name ends accordingly.
 */
import { basename } from "node:path";
import { cleanFileName } from "../../shared/file-names.ts";
import { FILE_TYPES } from "../../shared/file-types.ts";
import type { FileTypeName } from "../../shared/file-types.ts";
import type { AttachmentFileCalls } from "../ipc/services.ts";
import { readChosenFile } from "./chosen-file.ts";

/** The paths a person chose; none when they went back. */
export type ChoosePaths = (types: readonly FileTypeName[]) => Promise<readonly string[]>;

export const createAttachmentFiles = (choosePaths: ChoosePaths): AttachmentFileCalls => ({
  choose: (types) => choosePaths(types),
  read: readChosenFile,
  nameOf: (path) => basename(path),
  look: lookAt,
  mimeOf: (type) => FILE_TYPES[type].mime,
});

/** What `file-type` calls those it knows; the others are looked at below. */
const BY_MIME: Readonly<Record<string, FileTypeName>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/apng": "png",
  "video/mp4": "mp4",
  "video/mpeg": "mpeg",
  "video/MP1S": "mpeg",
  "video/MP2P": "mpeg",
  "audio/mpeg": "mp3",
  "audio/wav": "wav",
  "application/pdf": "pdf",
  "application/zip": "zip",
  "application/x-rar-compressed": "rar",
  [FILE_TYPES.docx.mime]: "docx",
};
/** A container of many programs: only one with this stream in it is a Word document. */
const OLD_OFFICE = "application/x-cfb";
const WORD_STREAM = Buffer.from("WordDocument", "utf16le");

async function lookAt(bytes: Uint8Array, name: string): Promise<{ type: FileTypeName | null; name: string }> {
  const type = await typeOf(bytes);
  return { type, name: safeName(name, type) };
}

async function typeOf(bytes: Uint8Array): Promise<FileTypeName | null> {
  // Loaded with the first file: the start does without.
  const { fileTypeFromBuffer } = await import("file-type");
  const mime = (await fileTypeFromBuffer(bytes))?.mime;
  if (mime === undefined) return isPlainText(bytes) ? "txt" : null;
  if (mime === OLD_OFFICE)
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(WORD_STREAM) ? "doc" : null;
  return Object.hasOwn(BY_MIME, mime) ? BY_MIME[mime]! : null;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });
/** Control characters that no text has; tab, line ends and form feed it may have. */
const NO_TEXT = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/;
/** Text that a program acts on is no plain text to whoever opens it. */
const MARKUP = /^\s*(<!doctype|<html|<svg|<script|<\?xml|#!)/i;

function isPlainText(bytes: Uint8Array): boolean {
  try {
    const text = UTF8.decode(bytes);
    return !NO_TEXT.test(text) && !MARKUP.test(text);
  } catch {
    return false;
  }
}

const MAX_STEM_CHARS = 100;

/** Fit to be shown and saved under; the ending says what the bytes are, so that no file passes for another kind. */
export function safeName(name: string, type: FileTypeName | null): string {
  const clean = cleanFileName(name);
  const [, stem = clean, ending = ""] = /^(.*)\.([a-z0-9]{1,8})$/i.exec(clean) ?? [];
  const short = [...stem.replace(/^\.+/, "").trim()].slice(0, MAX_STEM_CHARS).join("").trim();
  if (type === null) return ending === "" ? short || "?" : `${short || "?"}.${ending}`;
  const { endings } = FILE_TYPES[type];
  const own = endings.find((one) => one === ending.toLowerCase());
  return `${short || "file"}.${own ?? endings[0]}`;
}
