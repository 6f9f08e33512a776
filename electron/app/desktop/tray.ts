/**
 * The tray icon: how much is unread, and the few things worth doing without the window.
 *
 * Wiring only. Quit always quits.
 */
import { Menu, Tray, nativeImage } from "electron";
import { appFile } from "../app-files.ts";
import { trayItems, trayTip } from "./desktop-items.ts";
import type { TrayActions } from "./desktop-items.ts";

export interface AppTray {
  setUnread(count: number): void;
  dispose(): void;
}

export function createTray(platform: NodeJS.Platform, actions: TrayActions): AppTray {
  // macOS tints what is called a template to suit its bar; the name says so to Electron, too.
  const suffix = platform === "darwin" ? "Template" : "";
  const image = (hasUnread: boolean) =>
    nativeImage.createFromPath(appFile("tray", `tray${hasUnread ? "-unread" : ""}${suffix}.png`));
  const tray = new Tray(image(false));
  const tell = (unread: number) => {
    tray.setToolTip(trayTip(unread));
    tray.setContextMenu(Menu.buildFromTemplate(trayItems(unread, actions)));
  };
  tell(0);
  tray.on("click", actions.open);
  return {
    setUnread(count) {
      tray.setImage(image(count > 0));
      tell(count);
    },
    dispose: () => tray.destroy(),
  };
}
