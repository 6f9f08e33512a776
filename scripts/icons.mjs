/**
 * `node scripts/icons.mjs`: draws every icon file of the app from the SVGs in electron/resources.
 *
 * The results are committed, so that a build needs no drawing; a test draws them again and compares.
 * Sizes up to 48 pixels come from a drawing of their own: the large one turns to mud there.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./paths.mjs";
import { runMain } from "./run.mjs";

export const resources = join(root, "electron", "resources");

const SMALL_UP_TO = 48;
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256];
/** macOS' own names for its sizes. */
const MAC_TYPES = /** @type {const} */ ([
  [16, "icp4"],
  [32, "icp5"],
  [32, "ic11"],
  [64, "ic12"],
  [128, "ic07"],
  [256, "ic13"],
  [256, "ic08"],
  [512, "ic14"],
  [512, "ic09"],
  [1024, "ic10"],
]);
const TRAY_COLOUR = "#5b52e8";
const UNREAD_COLOUR = "#d62f2f";

/** @typedef {(svg: string, size: number) => Uint8Array} Draw */

/**
 * Every icon file, by its path under electron/resources.
 *
 * @returns {Promise<Map<string, Uint8Array>>}
 */
export async function drawIcons() {
  const { Resvg } = await import("@resvg/resvg-js");
  const { IconIcns, IconIco } = await import("@shockpkg/icon-encoder");
  /** @type {Draw} */
  const draw = (svg, size) => new Resvg(svg, { fitTo: { mode: "width", value: size } }).render().asPng();
  const read = (/** @type {string} */ name) => readFile(join(resources, name), "utf8");
  const [large, small, tray] = await Promise.all([read("icon.svg"), read("icon-small.svg"), read("tray.svg")]);
  const atSize = (/** @type {number} */ size) => draw(size <= SMALL_UP_TO ? small : large, size);

  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  for (const size of LINUX_SIZES) files.set(`icons/${size}x${size}.png`, atSize(size));
  files.set("icon.png", draw(large, 1024));

  const ico = new IconIco();
  for (const size of WINDOWS_SIZES) await ico.addFromPng(atSize(size), size === 256, false);
  files.set("icon.ico", ico.encode());

  const icns = new IconIcns();
  icns.toc = true;
  for (const [size, type] of MAC_TYPES) await icns.addFromPng(draw(large, size), [type], false);
  files.set("icon.icns", icns.encode());

  addTray(files, tray, draw);
  return files;
}

/**
 * The tray's four pictures, each also at twice the size: macOS tints one of one colour ("Template").
 *
 * @param {Map<string, Uint8Array>} files
 * @param {string} tray
 * @param {Draw} draw
 */
function addTray(files, tray, draw) {
  const dot = (/** @type {string} */ colour) =>
    tray.replace("</svg>", `<circle cx="12.500" cy="3.500" r="3.500" fill="${colour}" /></svg>`);
  const pictures = {
    tray: tray.replaceAll("#000000", TRAY_COLOUR),
    "tray-unread": dot(UNREAD_COLOUR).replaceAll("#000000", TRAY_COLOUR),
    trayTemplate: tray,
    "tray-unreadTemplate": dot("#000000"),
  };
  for (const [name, svg] of Object.entries(pictures)) {
    files.set(`tray/${name}.png`, draw(svg, 16));
    files.set(`tray/${name}@2x.png`, draw(svg, 32));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runMain(async () => {
    const files = await drawIcons();
    for (const [name, bytes] of files) {
      await mkdir(dirname(join(resources, name)), { recursive: true });
      await writeFile(join(resources, name), bytes);
    }
    console.log(`${files.size} files in electron/resources.`);
  });
}
