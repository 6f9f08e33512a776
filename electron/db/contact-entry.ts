/** One person out of a file of contacts, and the whole of what a file holds. Pure. */

export interface FileEntry {
  readonly name: string;
  /** As written. */
  readonly numbers: readonly string[];
}

export interface FileTable {
  readonly headers: { readonly label: string; readonly example: string }[];
  readonly columns: { readonly names: number[]; readonly numbers: number[] };
}

export interface ContactFile {
  readonly format: "vcard" | "csv";
  readonly entries: readonly FileEntry[];
  /** Entries that could not be read. */
  readonly broken: number;
  readonly table: FileTable | null;
}

const MAX_NAME_CHARS = 80;

/** One plain line, without what could turn or hide other text; empty when nothing is left. */
export function cleanName(raw: string): string {
  const line = raw
    .slice(0, 1_000)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff\ufffd]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
  return [...line].slice(0, MAX_NAME_CHARS).join("").trim();
}
