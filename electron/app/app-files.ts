/** Where the app's own pictures are, in a checkout and inside the package alike. */
import { join } from "node:path";
import { app } from "electron";

export const appFile = (...names: readonly string[]): string =>
  join(app.getAppPath(), "electron", "resources", ...names);

/** For windows and notifications on Linux; elsewhere the system takes it from the program itself. */
export const appIcon = (): string => appFile("icons", "256x256.png");
