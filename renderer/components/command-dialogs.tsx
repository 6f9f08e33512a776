/** Command palette and shortcut sheet, both drawn from the one table of commands. */
import type { CommandId } from "../../shared/commands.ts";
import { COMMAND_GROUPS, COMMAND_LABELS, COMMANDS } from "../../shared/commands.ts";
import { createCommands } from "../commands.ts";
import { useNav, useStores } from "../stores/context.tsx";
import { strings } from "../strings.ts";
import { DialogFrame } from "./dialog-frame.tsx";
import { Keys } from "./keys.tsx";
import type { PickerItem } from "./picker.tsx";
import { Picker } from "./picker.tsx";

const ITEMS: readonly PickerItem[] = COMMANDS.filter(({ id }) => id !== "palette").map(({ id, keys }) => {
  const [first] = keys as readonly string[];
  return { id, label: COMMAND_LABELS[id], ...(first === undefined ? {} : { keys: first }) };
});

export function CommandPalette() {
  const stores = useStores();
  const recent = useNav((state) => state.recent);
  const isRecent = new Set<string>(recent);
  const items = [
    ...recent.flatMap((id) => ITEMS.find((item) => item.id === id) ?? []),
    ...ITEMS.filter(({ id }) => !isRecent.has(id)),
  ];
  return (
    <Picker
      title={strings.palette.title}
      label={strings.palette.label}
      placeholder={strings.palette.placeholder}
      listLabel={strings.palette.list}
      none={strings.palette.none}
      items={items}
      onClose={stores.nav.closeDialog}
      onChoose={(id) => {
        stores.nav.remember(id as CommandId);
        createCommands(stores)(id as CommandId);
      }}
    />
  );
}

export function ShortcutSheet() {
  const { nav } = useStores();
  return (
    <DialogFrame title={strings.shortcuts.title} isBusy={false} onClose={nav.closeDialog}>
      <div className="shortcuts">
        {COMMAND_GROUPS.map((group) => (
          <section key={group}>
            <h3>{strings.shortcuts.groups[group]}</h3>
            <ul>
              {COMMANDS.filter((command) => command.group === group && command.keys.length > 0).map(({ id, keys }) => (
                <li key={id} className="shortcut">
                  <span>{COMMAND_LABELS[id]}</span>
                  <Keys keys={(keys as readonly string[])[0] ?? ""} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className="shortcuts-note">{strings.shortcuts.select}</p>
    </DialogFrame>
  );
}
