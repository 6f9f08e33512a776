/**
 * Every action of the app that has a name: the one table behind palette, shortcut sheet, key handling and menu.
 *
 * Data only; the words stand in the locales' `commands.json`. `keys` are tried in order and the first is shown: `mod`
 * is Command on a Mac and Control elsewhere, a space stands between keys pressed one after the other. Invariants: no two commands share a key; a key without
 * `mod` never acts while somebody types.
 */
export const COMMAND_GROUPS = ["conversation", "list", "go", "app"] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

export const COMMANDS = [
  { id: "done", group: "conversation", keys: ["e"] },
  { id: "snooze", group: "conversation", keys: ["s"] },
  { id: "snooze_later", group: "conversation", keys: [] },
  { id: "snooze_tomorrow", group: "conversation", keys: [] },
  { id: "snooze_week", group: "conversation", keys: [] },
  { id: "snooze_reply", group: "conversation", keys: [] },
  { id: "snooze_pick", group: "conversation", keys: [] },
  { id: "unread", group: "conversation", keys: ["u"] },
  { id: "pin", group: "conversation", keys: ["p"] },
  { id: "reply", group: "conversation", keys: ["r"] },
  { id: "template", group: "conversation", keys: ["mod+j"] },
  { id: "emoji", group: "conversation", keys: ["mod+e"] },
  { id: "attach", group: "conversation", keys: ["mod+u"] },
  { id: "send_later", group: "conversation", keys: ["mod+d"] },
  { id: "opt_out", group: "conversation", keys: [] },
  { id: "rename", group: "conversation", keys: [] },
  { id: "copy_number", group: "conversation", keys: [] },
  { id: "details", group: "conversation", keys: ["i"] },
  { id: "jump_date", group: "conversation", keys: ["d"] },
  { id: "jump_newest", group: "conversation", keys: ["b"] },
  { id: "load_missing", group: "conversation", keys: [] },
  { id: "note", group: "conversation", keys: ["n"] },
  { id: "undo", group: "conversation", keys: ["z"] },
  { id: "next", group: "list", keys: ["j"] },
  { id: "previous", group: "list", keys: ["k"] },
  { id: "select", group: "list", keys: ["x"] },
  { id: "select_all", group: "list", keys: ["mod+a"] },
  { id: "clear_selection", group: "list", keys: [] },
  { id: "search", group: "list", keys: ["/", "mod+f"] },
  { id: "view_all", group: "go", keys: ["g i"] },
  { id: "view_needs_reply", group: "go", keys: ["g n"] },
  { id: "view_unread", group: "go", keys: ["g u"] },
  { id: "view_snoozed", group: "go", keys: ["g s"] },
  { id: "view_done", group: "go", keys: ["g d"] },
  { id: "outbox", group: "go", keys: ["g o"] },
  { id: "accounts", group: "go", keys: ["g a"] },
  { id: "storage", group: "go", keys: ["g y"] },
  { id: "settings", group: "go", keys: ["mod+,"] },
  { id: "templates", group: "go", keys: ["g t"] },
  { id: "settings_notifications", group: "go", keys: [] },
  { id: "settings_privacy", group: "go", keys: [] },
  { id: "settings_help", group: "go", keys: [] },
  { id: "palette", group: "app", keys: ["mod+k"] },
  { id: "shortcuts", group: "app", keys: ["?"] },
  { id: "lock", group: "app", keys: ["mod+l"] },
  { id: "sync", group: "app", keys: [] },
  { id: "connect", group: "app", keys: [] },
  { id: "import_names", group: "app", keys: [] },
  { id: "theme_system", group: "app", keys: [] },
  { id: "theme_light", group: "app", keys: [] },
  { id: "theme_dark", group: "app", keys: [] },
] as const satisfies readonly { id: string; group: CommandGroup; keys: readonly string[] }[];

export type CommandId = (typeof COMMANDS)[number]["id"];
export type Command = (typeof COMMANDS)[number];
export const COMMAND_IDS: readonly CommandId[] = COMMANDS.map(({ id }) => id);
