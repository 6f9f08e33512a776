/**
 * The tray icon: how much is unread, and the few things worth doing without the window.
 *
 * Wiring only. Quit always quits.
 */
import { Menu, Tray, nativeImage } from "electron";
import { t } from "../../i18n.ts";
import { appFile } from "../app-files.ts";

export interface TrayActions {
  readonly open: () => void;
  readonly syncNow: () => void;
  readonly quit: () => void;
}

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
  tray.setContextMenu(trayMenu(0, actions));
  tray.setToolTip(t("common.app"));
  tray.on("click", actions.open);
  return {
    setUnread(count) {
      tray.setImage(image(count > 0));
      tray.setToolTip(count === 0 ? t("common.app") : t("tray.tip", { count }));
      tray.setContextMenu(trayMenu(count, actions));
    },
    dispose: () => tray.destroy(),
  };
}

/** Also the dock's menu, without "Quit", which the dock has itself. */
export function trayMenu(unread: number, { open, syncNow, quit }: TrayActions, withQuit = true): Menu {
  return Menu.buildFromTemplate([
    { label: unread === 0 ? t("tray.noneUnread") : t("tray.unread", { count: unread }), enabled: false },
    { type: "separator" },
    { label: t("tray.open"), click: open },
    { label: t("commands.sync"), click: syncNow },
    ...(withQuit ? [{ type: "separator" as const }, { label: t("tray.quit"), click: quit }] : []),
  ]);
}
