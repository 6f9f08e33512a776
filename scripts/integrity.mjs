/**
 * Checks a downloaded archive against a known hash and only then unpacks it.
 *
 * Invariants: nothing of an archive is written before its hash is right; the target folder appears
 * complete and at once (rename), or not at all.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Failure, run } from "./run.mjs";

/**
 * @param {string} file
 * @returns {Promise<string>} in the form of package-lock.json: `sha512-<base64>`
 */
export async function integrityOf(file) {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest("base64")}`;
}

/**
 * Unpacks one folder of a .tgz to `target`.
 *
 * @param {object} options
 * @param {string} options.archive
 * @param {string} options.integrity what the archive must hash to
 * @param {string} options.folder path inside the archive, for example "package/bin"
 * @param {string} options.target must not be there yet; its parent is made
 * @param {readonly string[]} options.executables names inside `folder` that get the run bit
 * @throws {Failure} when the hash is wrong or the archive cannot be read; nothing is left behind
 */
export async function unpackVerified({ archive, integrity, folder, target, executables }) {
  const actual = await integrityOf(archive);
  if (actual !== integrity) {
    throw new Failure(`${archive} is not what it should be: expected ${integrity}, found ${actual}. Not unpacked.`);
  }
  await mkdir(dirname(target), { recursive: true });
  const staging = await mkdtemp(`${target}.part-`);
  try {
    const { code, output } = await run("tar", ["-xzf", archive, "-C", staging, folder], { capture: true });
    if (code !== 0) throw new Failure(`${archive} could not be unpacked: ${output.trim()}`);
    for (const name of executables) await chmod(join(staging, folder, name), 0o755);
    await chmod(join(staging, folder), 0o755);
    await rename(join(staging, folder), target);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
