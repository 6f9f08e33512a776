/** Shows the context menu's items over a window, and carries out what was chosen. Holds no rule about what is offered. */
import type { BrowserWindow } from "electron";
import { Menu } from "electron";
import { contextMenuItems } from "./context-menu-items.ts";

export function offerContextMenu(window: BrowserWindow): void {
  const { webContents } = window;
  webContents.on("context-menu", (_event, params) => {
    const items = contextMenuItems(params, {
      replace: (word) => webContents.replaceMisspelling(word),
      learn: (word) => void webContents.session.addWordToSpellCheckerDictionary(word),
    });
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}
