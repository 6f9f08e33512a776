/**
 * Whether a downloaded file is the update we made: newer, complete, unchanged, signed by our own key.
 *
 * Stands beside the system's code signature, which not every system checks. The signature covers version and hash, so
 * that an old signed file cannot be passed off as a new one. Invariant: every doubt is a refusal with a name.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

export type Refusal = "older" | "truncated" | "wrong_file" | "wrong_signature";

export interface Candidate {
  /** Path of the downloaded file. */
  readonly file: string;
  readonly version: string;
  /** What the server's list says of it. */
  readonly sha512: string;
  readonly size: number;
  /** Base64 of an Ed25519 signature over `signedText`. */
  readonly signature: string;
}

/** What is signed, by scripts/sign-updates.mjs as well. `sha512` is base64. */
export const signedText = (version: string, sha512: string): string => `threadkeep update\n${version}\n${sha512}\n`;

/**
 * @param publicKey  base64 of the DER-encoded Ed25519 public key
 * @returns null when the file may be installed
 */
export async function findRefusal(
  candidate: Candidate,
  currentVersion: string,
  publicKey: string,
): Promise<Refusal | null> {
  const { file, version, sha512, size, signature } = candidate;
  if (!isNewer(version, currentVersion)) return "older";
  if ((await stat(file)).size !== size) return "truncated";
  const actual = await hashOf(file);
  if (actual !== sha512) return "wrong_file";
  return isSigned(signedText(version, actual), signature, publicKey) ? null : "wrong_signature";
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  return hash.digest("base64");
}

function isSigned(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
    if (key.asymmetricKeyType !== "ed25519") return false;
    return verify(null, Buffer.from(text), key, Buffer.from(signature.trim(), "base64"));
  } catch {
    // A key or a signature that cannot be read proves nothing.
    return false;
  }
}

const VERSION = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/;

/** Only plain `1.2.3`: what is not one of ours is never newer. */
export function isNewer(version: string, than: string): boolean {
  const [next, current] = [VERSION.exec(version), VERSION.exec(than)];
  if (next === null || current === null) return false;
  for (const index of [1, 2, 3]) {
    const step = Number(next[index]) - Number(current[index]);
    if (step !== 0) return step > 0;
  }
  return false;
}
