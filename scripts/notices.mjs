/**
 * The licences of everything that is in the built app, for "About": into dist/main/notices.json.
 *
 * What is inside is read from the build's own source maps, so that a library that was bundled cannot be forgotten and
 * one that was not is not named. A library without a licence text stops the build.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { Failure } from "./run.mjs";

/** Beside the bundles, not in them. */
const LOOSE = ["better-sqlite3", "electron"];
const LICENCE_FILE = /^(licen[cs]e|copying)([-.].*)?$/i;

/** @typedef {{ name: string, version: string, license: string, text: string }} Notice */

/**
 * The folders of the packages whose code is in the bundles.
 *
 * @param {readonly string[]} sources paths as they stand in source maps
 * @returns {string[]} for example `node_modules/@scope/name`, nested ones with their whole path
 */
export function packagesIn(sources) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const source of sources) {
    const path = source.replaceAll("\\", "/");
    const match = /(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (match?.[1] && !match[1].includes("node_modules/.")) found.add(match[1]);
  }
  return [...found].toSorted();
}

/**
 * @param {string} folder of the package
 * @returns {Notice}
 */
export function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file));
  const text = files.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n");
  if (!license) throw new Failure(`${name} does not say under which licence it is.`);
  return { name, version, license, text: text || `${name} is licensed under ${license}.` };
}

/** @returns {number} how many libraries are named */
export function writeNotices() {
  const dist = join(root, "dist");
  const maps = readdirSync(dist, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".map") && !file.startsWith("installers"));
  const sources = maps.flatMap((file) => JSON.parse(readFileSync(join(dist, file), "utf8")).sources);
  const folders = new Set([...packagesIn(sources), ...LOOSE.map((name) => `node_modules/${name}`)]);
  const notices = [...folders]
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map(noticeOf)
    .toSorted((a, b) => a.name.localeCompare(b.name));
  writeFileSync(join(dist, "main", "notices.json"), JSON.stringify(notices));
  return notices.length;
}
