/**
 * A PIN or passphrase as it is kept: salted and stretched with scrypt. Pure but for Node's crypto.
 *
 * Must never keep or return the PIN. Invariants: an unreadable record matches nothing; comparing takes the same time
 * whatever is wrong. The record itself stands in the keyring's ciphertext: stretching is for whoever gets past that.
 */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** 32 MiB and about a tenth of a second: nothing to a person, much to somebody who tries many. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;

const PinRecord = z.strictObject({
  v: z.literal(1),
  salt: z.base64().min(20).max(64),
  hash: z.base64().length(44),
});

function stretch(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same PIN typed on another keyboard may come composed otherwise.
    scrypt(pin.normalize("NFKC"), salt, HASH_BYTES, COST, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
}

/** The text to keep. */
export async function recordOfPin(pin: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await stretch(pin, salt);
  return JSON.stringify({ v: 1, salt: salt.toString("base64"), hash: hash.toString("base64") });
}

export async function pinMatches(record: string, pin: string): Promise<boolean> {
  const parsed = PinRecord.safeParse(parseJson(record));
  if (!parsed.success) return false;
  const { salt, hash } = parsed.data;
  return timingSafeEqual(await stretch(pin, Buffer.from(salt, "base64")), Buffer.from(hash, "base64"));
}

/** Equal texts, in a time that does not tell how much of them is. */
export function sameSecret(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Damaged: the schema refuses it.
    return null;
  }
}
