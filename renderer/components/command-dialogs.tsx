/** Command palette and shortcut sheet, both drawn from the one table of commands. */
import type { CommandId } from "../../shared/commands.ts";
import { COMMAND_GROUPS, COMMANDS } from "../../shared/commands.ts";
import { createCommands } from "../commands.ts";
import { useNav, useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { DialogFrame } from "./dialog-frame.tsx";
import { Keys } from "./keys.tsx";
import type { PickerItem } from "./picker.tsx";
import { Picker } from "./picker.tsx";

const allItems = (): readonly PickerItem[] =>
  COMMANDS.filter(({ id }) => id !== "palette").map(({ id, keys }) => {
    const [first] = keys as readonly string[];
    return { id, label: t(`commands.${id}`), ...(first === undefined ? {} : { keys: first }) };
  });

export function CommandPalette() {
  const stores = useStores();
  const recent = useNav((state) => state.recent);
  const all = allItems();
  const isRecent = new Set<string>(recent);
  const items = [
    ...recent.flatMap((id) => all.find((item) => item.id === id) ?? []),
    ...all.filter(({ id }) => !isRecent.has(id)),
  ];
  return (
    <Picker
      title={t("palette.title")}
      label={t("palette.label")}
      placeholder={t("palette.placeholder")}
      listLabel={t("palette.list")}
      none={t("palette.none")}
      items={items}
      onClose={stores.nav.closeDialog}
      onChoose={(id) => {
        stores.nav.remember(id as CommandId);
        void stores.bridge.call("app.rememberCommand", { id: id as CommandId }).catch(() => undefined);
        createCommands(stores)(id as CommandId);
      }}
    />
  );
}

export function ShortcutSheet() {
  const { nav } = useStores();
  return (
    <DialogFrame title={t("shortcuts.title")} isBusy={false} onClose={nav.closeDialog}>
      <div className="shortcuts">
        {COMMAND_GROUPS.map((group) => (
          <section key={group}>
            <h3>{t(`shortcuts.groups.${group}`)}</h3>
            <ul>
              {COMMANDS.filter((command) => command.group === group && command.keys.length > 0).map(({ id, keys }) => (
                <li key={id} className="shortcut">
                  <span>{t(`commands.${id}`)}</span>
                  <Keys keys={(keys as readonly string[])[0] ?? ""} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className="shortcuts-note">{t("shortcuts.select")}</p>
    </DialogFrame>
  );
}
