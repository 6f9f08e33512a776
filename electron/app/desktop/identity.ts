/** Who the app is to the system, and how it was started: what must be said before anything else is there. */
import { app } from "electron";
import { LINK_SCHEME } from "../../notify/deep-link.ts";
import { HIDDEN_FLAG } from "./hidden-flag.ts";

/** Fixed for ever: Windows finds the app by it when a notification is answered after the app has ended. */
const TOAST_ACTIVATOR_CLSID = "{6C2B5A0E-2A0B-4E1C-9A57-3F6D1B7E9C44}";
const APP_USER_MODEL_ID = "app.threadkeep.desktop";

export const startsHidden = (argv: readonly string[]): boolean => argv.includes(HIDDEN_FLAG);

/** Must run before the app is ready. */
export function claimIdentity(platform: NodeJS.Platform): void {
  if (platform === "win32") {
    app.setAppUserModelId(APP_USER_MODEL_ID);
    app.setToastActivatorCLSID(TOAST_ACTIVATOR_CLSID);
  }
  // In development the system would start a bare Electron for the link.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
}
