/**
 * Whether this start is a self-check, and its folder: what must be known before the app is ready. The check itself is
 * loaded only for one.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app } from "electron";

export const SWITCH = "self-check";

export const isSelfCheck = (): boolean => app.commandLine.hasSwitch(SWITCH);

export interface SelfCheckPlace {
  readonly folder: string;
  /** Where the app keeps its data otherwise. */
  readonly usualFolder: string;
}

/** Moves everything of this process into a folder of its own. Must run before the app is ready. */
export function prepareSelfCheck(): SelfCheckPlace {
  const usualFolder = app.getPath("userData");
  const folder = mkdtempSync(join(tmpdir(), "threadkeep-self-check-"));
  app.setPath("userData", folder);
  app.setPath("sessionData", folder);
  app.disableHardwareAcceleration();
  return { folder, usualFolder };
}
