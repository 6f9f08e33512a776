/**
 * Looks for a secret in every file under a folder, in the forms software leaves it in.
 *
 * Covers UTF-8, UTF-16, hexadecimal, base64 at each of its three alignments (so that a secret in the
 * middle of an encoded record is found) in both alphabets, URL encoding and JSON escapes. A file that
 * vanishes while it is read counts as empty; any other error is thrown, never passed over.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export interface SecretHit {
  readonly file: string;
  readonly form: string;
}

/** Every byte pattern that gives `secret` away, by the name of its form. */
export function secretForms(secret: string): Map<string, Buffer> {
  const utf8 = Buffer.from(secret, "utf8");
  const utf16le = Buffer.from(secret, "utf16le");
  const utf16be = Buffer.from(utf16le).swap16();
  const forms = new Map<string, Buffer>([
    ["utf8", utf8],
    ["utf16le", utf16le],
    ["utf16be", utf16be],
    ["url", Buffer.from(encodeURIComponent(secret))],
    ["json", Buffer.from(JSON.stringify(secret).slice(1, -1))],
  ]);
  for (const [name, bytes] of [
    ["utf8", utf8],
    ["utf16le", utf16le],
  ] as const) {
    forms.set(`hex of ${name}`, Buffer.from(bytes.toString("hex")));
    forms.set(`HEX of ${name}`, Buffer.from(bytes.toString("hex").toUpperCase()));
    for (const shift of [0, 1, 2]) {
      const text = base64Core(bytes, shift);
      forms.set(`base64 of ${name} at ${shift}`, Buffer.from(text));
      forms.set(`base64url of ${name} at ${shift}`, Buffer.from(text.replaceAll("+", "-").replaceAll("/", "_")));
    }
  }
  return forms;
}

/** The base64 characters that depend on `bytes` alone when `shift` unknown bytes stand before and others follow. */
function base64Core(bytes: Buffer, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor(((shift + bytes.length) * 8) / 6);
  return encoded.slice(first, last);
}

/** @returns one hit per file and form; empty means: in none of these forms, in none of the files */
export async function scanForSecret(folder: string, secret: string): Promise<SecretHit[]> {
  if (secret.length < 6) throw new Error("a secret this short is found by chance");
  const forms = [...secretForms(secret)];
  const hits: SecretHit[] = [];
  for (const file of await listFiles(folder)) {
    const bytes = await readIfThere(file);
    for (const [form, pattern] of forms) if (bytes.includes(pattern)) hits.push({ file, form });
  }
  return hits;
}

/** Regular files under `folder`, symbolic links not followed. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function readIfThere(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}
