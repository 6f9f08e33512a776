/**
 * Our own signature beside every installer: `<file>.sig`, made with the Ed25519 key in THREADKEEP_UPDATE_KEY.
 *
 * What is signed is written in electron/app/updates/verify.ts, which checks it.
 */
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./run.mjs";

const INSTALLERS = /\.(exe|zip|dmg|AppImage|deb)$/;

/** @param {string} pem */
export function readUpdateKey(pem) {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== "ed25519") throw new Failure("THREADKEEP_UPDATE_KEY is not an Ed25519 private key.");
  return key;
}

/**
 * @param {import("node:crypto").KeyObject} key private
 * @returns {string} base64 DER, as the app keeps it
 */
export const publicKeyOf = (key) => createPublicKey(key).export({ format: "der", type: "spki" }).toString("base64");

/**
 * @param {string} folder
 * @param {string} version
 * @param {import("node:crypto").KeyObject} key
 * @returns {string[]} what was signed
 */
export function signUpdates(folder, version, key) {
  const files = readdirSync(folder).filter((name) => INSTALLERS.test(name));
  for (const name of files) {
    const sha512 = createHash("sha512")
      .update(readFileSync(join(folder, name)))
      .digest("base64");
    const text = `threadkeep update\n${version}\n${sha512}\n`;
    writeFileSync(join(folder, `${name}.sig`), `${sign(null, Buffer.from(text), key).toString("base64")}\n`);
  }
  return files;
}
