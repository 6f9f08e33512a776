/** Asks in the system's dialog where to save, and writes there. The file is never opened by us. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { app, dialog } from "electron";
import type { BrowserWindow } from "electron";
import { AppError } from "../../../shared/errors.ts";

/** False: the person went back. @throws AppError `disk_full`, `disk_error` */
export async function saveFile(
  window: BrowserWindow | null,
  suggestedName: string,
  bytes: Uint8Array,
): Promise<boolean> {
  const options = { defaultPath: join(app.getPath("downloads"), suggestedName) };
  const { canceled, filePath } =
    window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
  if (canceled || filePath === "") return false;
  try {
    await writeFile(filePath, bytes);
  } catch (cause) {
    const isFull = (cause as NodeJS.ErrnoException).code === "ENOSPC";
    throw new AppError(isFull ? "disk_full" : "disk_error", "not saved", { cause });
  }
  return true;
}
