/**
 * The application menu: the platform's own roles, and the commands of the shared table.
 *
 * Choosing a command tells the window; what it does is decided there. Single keys are shown in the window's palette
 * and sheet, never registered here: they would fire while somebody types.
 */
import { Menu } from "electron";
import type { MenuItemConstructorOptions } from "electron";
import type { Command, CommandGroup, CommandId } from "../../shared/commands.ts";
import { COMMAND_LABELS, COMMANDS } from "../../shared/commands.ts";

const acceleratorOf = ({ keys }: Command): string | null => {
  const [first] = keys as readonly string[];
  return first?.startsWith("mod+") === true ? `CommandOrControl+${first.slice(4).toUpperCase()}` : null;
};

export function createMenuTemplate(
  platform: NodeJS.Platform,
  run: (id: CommandId) => void,
): MenuItemConstructorOptions[] {
  const item = (command: Command): MenuItemConstructorOptions => {
    const accelerator = acceleratorOf(command);
    return {
      id: command.id,
      label: COMMAND_LABELS[command.id],
      click: () => run(command.id),
      // Shown, not registered: the window hears the key itself and knows whether a text has the focus.
      ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
    };
  };
  const group = (name: CommandGroup, without: readonly CommandId[] = []) =>
    COMMANDS.filter((command) => command.group === name && !without.includes(command.id)).map(item);
  const one = (id: CommandId) => COMMANDS.filter((command) => command.id === id).map(item);
  const separator = { type: "separator" } as const;
  const isMac = platform === "darwin";

  return [
    ...(isMac
      ? [
          {
            role: "appMenu" as const,
            submenu: [
              { role: "about" as const },
              separator,
              ...one("settings"),
              separator,
              { role: "services" as const },
              separator,
              { role: "hide" as const },
              { role: "hideOthers" as const },
              { role: "unhide" as const },
              separator,
              { role: "quit" as const },
            ],
          },
        ]
      : []),
    {
      label: "&File",
      submenu: [
        ...one("connect"),
        ...one("sync"),
        separator,
        ...(isMac ? [] : [...one("settings"), separator]),
        isMac ? { role: "close" as const } : { role: "quit" as const },
      ],
    },
    { role: "editMenu" },
    { label: "&Conversation", submenu: group("conversation") },
    { label: "&List", submenu: group("list", ["select_all"]) },
    { label: "&Go", submenu: group("go", ["settings"]) },
    {
      label: "&View",
      submenu: [
        ...one("palette"),
        separator,
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        separator,
        { role: "togglefullscreen" },
      ],
    },
    { role: "windowMenu" },
    { role: "help", submenu: one("shortcuts") },
  ];
}

export function installMenu(platform: NodeJS.Platform, run: (id: CommandId) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(createMenuTemplate(platform, run)));
}
