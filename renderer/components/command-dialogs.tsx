/** Command palette and shortcut sheet, both drawn from the one table of commands; the palette leads to every inbox too. */
import type { CommandId } from "../../shared/commands.ts";
import { COMMAND_GROUPS, COMMANDS } from "../../shared/commands.ts";
import type { AccountId, NumberId } from "../../shared/domain.ts";
import { createCommands, showList } from "../commands.ts";
import { cleanLine } from "../lib/bidi.ts";
import { focusList } from "../lib/places.ts";
import { visibleAccounts } from "../stores/accounts-store.ts";
import { useAccounts, useInbox, useNav, useStores } from "../stores/context.tsx";
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

const INBOX = "inbox ";

/** The places of the sidebar that are not views: all inboxes, each account, each of several numbers. */
function useInboxItems(): readonly (PickerItem & { readonly go: () => void })[] {
  const { inbox, nav, format } = useStores();
  const accounts = visibleAccounts(useAccounts((state) => state));
  const counts = useInbox((state) => state.counts);
  const place = (name: string, account: AccountId | null, number: NumberId | null = null) => ({
    id: `${INBOX}${account ?? ""} ${number ?? ""}`,
    label: t("palette.inbox", { name }),
    go: () => {
      inbox.setScope(account, number);
      showList({ inbox, nav }, focusList);
    },
  });
  return [
    place(t("sidebar.all"), null),
    ...accounts.flatMap((account) => {
      const name = cleanLine(account.name);
      const numbers = counts.filter(({ accountId }) => accountId === account.id);
      return [
        place(name, account.id),
        ...(numbers.length < 2 ? [] : numbers).map(({ numberId, number, label }) =>
          place(`${name}, ${label === null ? format.phone(number, number) : cleanLine(label)}`, account.id, numberId),
        ),
      ];
    }),
  ];
}

export function CommandPalette() {
  const stores = useStores();
  const recent = useNav((state) => state.recent);
  const all = allItems();
  const inboxes = useInboxItems();
  const isRecent = new Set<string>(recent);
  const items = [
    ...recent.flatMap((id) => all.find((item) => item.id === id) ?? []),
    ...all.filter(({ id }) => !isRecent.has(id)),
    ...inboxes,
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
        const place = inboxes.find((item) => item.id === id);
        if (place !== undefined) return place.go();
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
