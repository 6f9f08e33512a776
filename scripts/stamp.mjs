/**
 * Stamps: how a finished step is recognised and skipped.
 *
 * A stamp holds one hash of everything the step depends on. It is written after the step, so an
 * interrupted step leaves none.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** @param {string} file */
export function hashFile(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/**
 * One hash over name, size and modification time of files and of everything under folders.
 *
 * @param {string} base folder the names are relative to
 * @param {readonly string[]} names a missing one counts as such
 */
export function hashTree(base, names) {
  const hash = createHash("sha256");
  /** @param {string} name */
  const visit = (name) => {
    const info = statSync(join(base, name), { throwIfNoEntry: false });
    if (!info) return void hash.update(`${name} missing\n`);
    if (!info.isDirectory()) return void hash.update(`${name} ${info.size} ${info.mtimeMs}\n`);
    for (const child of readdirSync(join(base, name)).toSorted()) visit(`${name}/${child}`);
  };
  for (const name of names) visit(name);
  return hash.digest("hex");
}

/** @param {string} file */
export function readStamp(file) {
  return statSync(file, { throwIfNoEntry: false }) ? readFileSync(file, "utf8").trim() : null;
}

/**
 * @param {string} file
 * @param {string} value
 */
export function writeStamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${value}\n`);
}

/** @param {string} file */
export function clearStamp(file) {
  rmSync(file, { force: true });
}
