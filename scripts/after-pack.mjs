/**
 * electron-builder's hook after the files are in place and before signing: sets the fuses of the program, and takes
 * out Electron's own demo app, which could otherwise be started in place of ours.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { FUSES, writeFuses } from "./fuses.mjs";

/** @param {{ appOutDir: string, electronPlatformName: string, packager: any }} context */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const name = packager.appInfo.productFilename;
  const file =
    electronPlatformName === "darwin"
      ? `${name}.app`
      : electronPlatformName === "win32"
        ? `${name}.exe`
        : packager.executableName;
  const resources = electronPlatformName === "darwin" ? join(file, "Contents", "Resources") : "resources";
  await rm(join(appOutDir, resources, "default_app.asar"), { force: true });
  await writeFuses(join(appOutDir, file), FUSES, { adHocSign: electronPlatformName === "darwin" });
}
