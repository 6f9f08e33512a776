/** Saves what a window shows as a small PNG: `<name>[-small]-<scheme>.png`, "small" for windows under 1000 pixels. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { smallPng } from "./small-png.mjs";

const SMALL_UNDER = 1_000;
/** A window that never comes to rest is shown as it is then. */
const MOST_LOOKS = 20;

/**
 * What the window shows once it shows the same twice: lists that measure themselves, pictures that are still decoded.
 *
 * @param {import("playwright").Page} page
 */
async function atRest(page) {
  let seen = await page.screenshot({ animations: "disabled" });
  for (let look = 1; look < MOST_LOOKS; look += 1) {
    const again = await page.screenshot({ animations: "disabled" });
    if (again.equals(seen)) return again;
    seen = again;
  }
  return seen;
}

/**
 * @param {import("playwright").ElectronApplication} app reads the pixels: Electron decodes what the page gives
 * @param {import("playwright").Page} page
 * @param {string} folder
 * @param {string} name
 * @param {"light" | "dark"} scheme
 * @returns {Promise<string>} the path
 */
export async function savePicture(app, page, folder, name, scheme) {
  const taken = await atRest(page);
  const { bitmap, width, height } = await app.evaluate(({ nativeImage }, base64) => {
    const image = nativeImage.createFromBuffer(Buffer.from(base64, "base64"));
    return { bitmap: image.toBitmap().toString("base64"), ...image.getSize() };
  }, taken.toString("base64"));
  const path = join(folder, `${name}${width < SMALL_UNDER ? "-small" : ""}-${scheme}.png`);
  await writeFile(path, smallPng(Buffer.from(bitmap, "base64"), { width, height }));
  return path;
}
