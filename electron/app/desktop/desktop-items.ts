/**
 * What tray, dock, jump list and sign-in are told, as plain data: no Electron here.
 *
 * Invariants: none of it names a contact or quotes a text; quit is in the tray and not in the dock's menu, which has
 * its own; a start at sign-in shows no window.
 */
import type { MenuItemConstructorOptions } from "electron";
import { t } from "../../i18n.ts";
import { HIDDEN_FLAG } from "./hidden-flag.ts";

export interface TrayActions {
  readonly open: () => void;
  readonly syncNow: () => void;
  readonly quit: () => void;
}

const unreadLine = (unread: number): MenuItemConstructorOptions => ({
  label: unread === 0 ? t("tray.noneUnread") : t("tray.unread", { count: unread }),
  enabled: false,
});

export function dockItems(unread: number, { open, syncNow }: TrayActions): MenuItemConstructorOptions[] {
  return [
    unreadLine(unread),
    { type: "separator" },
    { label: t("tray.open"), click: open },
    { label: t("commands.sync"), click: syncNow },
  ];
}

export function trayItems(unread: number, actions: TrayActions): MenuItemConstructorOptions[] {
  return [...dockItems(unread, actions), { type: "separator" }, { label: t("tray.quit"), click: actions.quit }];
}

export const trayTip = (unread: number): string => (unread === 0 ? t("common.app") : t("tray.tip", { count: unread }));

/** The jump list of Windows: the app itself, started as a person would. */
export const jumpListTasks = (program: string) => [
  { program, arguments: "", iconPath: program, iconIndex: 0, title: t("tray.open"), description: t("tray.openHint") },
];

export const loginItem = (startAtLogin: boolean) => ({ openAtLogin: startAtLogin, args: [HIDDEN_FLAG] });
