/**
 * The application menu: the platform's own roles, and the commands of the shared table.
 *
 * Every role has its words here, since Electron labels roles in English whatever the language.
 * Choosing a command tells the window; what it does is decided there. Single keys are shown in the window's palette
 * and sheet, never registered here: they would fire while somebody types.
 */
import { Menu } from "electron";
import type { MenuItemConstructorOptions } from "electron";
import type { Command, CommandGroup, CommandId } from "../../shared/commands.ts";
import { COMMANDS } from "../../shared/commands.ts";
import type { en } from "../../shared/locales/en.ts";
import { t } from "../i18n.ts";

const acceleratorOf = ({ keys }: Command): string | null => {
  const [first] = keys as readonly string[];
  return first?.startsWith("mod+") === true ? `CommandOrControl+${first.slice(4).toUpperCase()}` : null;
};

type Role = keyof (typeof en)["menu"]["role"];

const role = (name: Role): MenuItemConstructorOptions => ({ role: name, label: t(`menu.role.${name}`) });
const separator = { type: "separator" } as const;

/** What Electron's `editMenu` role holds, in our words. */
const editMenu = (isMac: boolean): MenuItemConstructorOptions => ({
  label: t("menu.edit"),
  submenu: [
    role("undo"),
    role("redo"),
    separator,
    role("cut"),
    role("copy"),
    role("paste"),
    ...(isMac ? [role("pasteAndMatchStyle")] : []),
    role("delete"),
    ...(isMac ? [] : [separator]),
    role("selectAll"),
  ],
});

/** The role makes it the system's own list of windows on a Mac. */
const windowMenu = (isMac: boolean): MenuItemConstructorOptions => ({
  role: "windowMenu",
  label: t("menu.window"),
  submenu: [role("minimize"), role("zoom"), ...(isMac ? [separator, role("front")] : [role("close")])],
});

export function createMenuTemplate(
  platform: NodeJS.Platform,
  run: (id: CommandId) => void,
): MenuItemConstructorOptions[] {
  const item = (command: Command): MenuItemConstructorOptions => {
    const accelerator = acceleratorOf(command);
    return {
      id: command.id,
      label: t(`commands.${command.id}`),
      click: () => run(command.id),
      // Shown, not registered: the window hears the key itself and knows whether a text has the focus.
      ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
    };
  };
  const group = (name: CommandGroup, without: readonly CommandId[] = []) =>
    COMMANDS.filter((command) => command.group === name && !without.includes(command.id)).map(item);
  const one = (id: CommandId) => COMMANDS.filter((command) => command.id === id).map(item);
  const isMac = platform === "darwin";

  return [
    ...(isMac
      ? [
          {
            label: t("common.app"),
            submenu: [
              role("about"),
              separator,
              ...one("settings"),
              separator,
              role("services"),
              separator,
              role("hide"),
              role("hideOthers"),
              role("unhide"),
              separator,
              role("quit"),
            ],
          },
        ]
      : []),
    {
      label: t("menu.file"),
      submenu: [
        ...one("connect"),
        ...one("sync"),
        ...one("import_names"),
        separator,
        ...one("lock"),
        separator,
        ...(isMac ? [] : [...one("settings"), separator]),
        role(isMac ? "close" : "quit"),
      ],
    },
    editMenu(isMac),
    { label: t("menu.conversation"), submenu: group("conversation") },
    { label: t("menu.list"), submenu: group("list", ["select_all"]) },
    { label: t("menu.go"), submenu: group("go", ["settings", "settings_help"]) },
    {
      label: t("menu.view"),
      submenu: [
        ...one("palette"),
        separator,
        ...one("theme_system"),
        ...one("theme_light"),
        ...one("theme_dark"),
        separator,
        role("resetZoom"),
        role("zoomIn"),
        role("zoomOut"),
        separator,
        role("togglefullscreen"),
      ],
    },
    windowMenu(isMac),
    { role: "help", label: t("menu.help"), submenu: [...one("shortcuts"), ...one("settings_help")] },
  ];
}

export function installMenu(platform: NodeJS.Platform, run: (id: CommandId) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(createMenuTemplate(platform, run)));
}
