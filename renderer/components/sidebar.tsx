/** The left edge: views with their counts, inboxes with unread counts, accounts, sync. Becomes a rail of icons in narrow windows. */
import type { LucideIcon } from "lucide-react";
import {
  AlarmClock,
  CheckCheck,
  CircleDot,
  CornerUpLeft,
  HardDrive,
  Hash,
  Inbox,
  Layers,
  SendHorizontal,
  Settings2,
  SlidersHorizontal,
  TriangleAlert,
} from "lucide-react";
import type { ReactNode } from "react";
import { Fragment } from "react";
import { Button } from "react-aria-components";
import type { Account, NumberId, View } from "../../shared/domain.ts";
import { showList } from "../commands.ts";
import { cleanLine } from "../lib/bidi.ts";
import { useAccounts, useInbox, useNav, useOutbox, useStores } from "../stores/context.tsx";
import { visibleAccounts } from "../stores/accounts-store.ts";
import { countOf } from "../stores/inbox-store.ts";
import { isProblem } from "../stores/outbox-store.ts";
import { t } from "../i18n.ts";
import { SyncBar } from "./sync-status.tsx";
import { Hint } from "./ui.tsx";
import "./sidebar.css";

const ICON = { "aria-hidden": true, size: "1.231rem", strokeWidth: 1.75 } as const;
const VIEW_ICONS: readonly (readonly [View, LucideIcon])[] = [
  ["all", Inbox],
  ["needs_reply", CornerUpLeft],
  ["unread", CircleDot],
  ["snoozed", AlarmClock],
  ["done", CheckCheck],
];
/** A rail has room for two digits. */
const RAIL_MAX = 99;
/** Views whose size asks for something to be done; the others would only be noise. */
const COUNTED: ReadonlySet<View> = new Set(["needs_reply", "unread", "snoozed"]);

export function Sidebar() {
  const stores = useStores();
  const { inbox, nav, format } = stores;
  const accounts = visibleAccounts(useAccounts((state) => state));
  // One by one: rows come and go with every scroll, and nothing here shows them.
  const scope = useInbox((state) => state.scope);
  const numberId = useInbox((state) => state.numberId);
  const counts = useInbox((state) => state.counts);
  const listView = useInbox((state) => state.view);
  const view = useNav((state) => state.view);
  const waiting = useOutbox((state) => state.entries.length);
  const problems = useOutbox((state) => state.entries.filter(({ item }) => isProblem(item)).length);
  const isInbox = view === "inbox";
  const unreadOf = (...place: [Account["id"] | null, NumberId?]) => {
    const count = countOf(counts, "unread", ...place);
    return { count, shown: format.count(count), counted: t("sidebar.unread", { count }) };
  };
  const goTo = (to: Account["id"] | null, number: NumberId | null = null) => {
    inbox.setScope(to, number);
    showList(stores);
  };

  return (
    <nav className="sidebar" aria-label={t("sidebar.label")}>
      <ul className="sidebar-list sidebar-views" aria-label={t("sidebar.views")}>
        {VIEW_ICONS.map(([id, Icon]) => {
          const count = COUNTED.has(id) ? countOf(counts, id, scope, numberId) : 0;
          return (
            <Item
              key={id}
              icon={<Icon {...ICON} />}
              text={t(`views.${id}`)}
              isCurrent={isInbox && listView === id}
              count={count}
              shown={format.count(count)}
              counted={t("sidebar.count", { count })}
              onPress={() => {
                inbox.setView(id);
                showList(stores);
              }}
            />
          );
        })}
      </ul>
      <ul className="sidebar-list sidebar-scopes" aria-label={t("sidebar.label")}>
        <Item
          icon={<Layers {...ICON} />}
          text={t("sidebar.all")}
          isCurrent={isInbox && scope === null}
          {...unreadOf(null)}
          onPress={() => goTo(null)}
        />
        {accounts.map((account) => {
          const numbers = counts.filter((row) => row.accountId === account.id);
          return (
            <Fragment key={account.id}>
              <Item
                icon={<Initial account={account} />}
                text={cleanLine(account.name)}
                isCurrent={isInbox && scope === account.id && numberId === null}
                {...unreadOf(account.id)}
                needsAttention={account.state === "needs_key" || account.state === "missing_scope"}
                onPress={() => goTo(account.id)}
              />
              {numbers.length > 1 &&
                scope === account.id &&
                numbers.map((row) => (
                  <Item
                    key={row.numberId}
                    icon={<Hash {...ICON} size="1rem" />}
                    isNested
                    text={row.label === null ? format.phone(row.number, row.number) : cleanLine(row.label)}
                    isCurrent={isInbox && numberId === row.numberId}
                    {...unreadOf(account.id, row.numberId)}
                    onPress={() => goTo(account.id, row.numberId)}
                  />
                ))}
            </Fragment>
          );
        })}
      </ul>
      <ul className="sidebar-list sidebar-end">
        {(waiting > 0 || view === "outbox") && (
          <Item
            icon={<SendHorizontal aria-hidden size="1.231rem" strokeWidth={1.75} />}
            text={t("sidebar.outbox")}
            count={waiting}
            shown={format.count(waiting)}
            counted={t("sidebar.waiting", { count: waiting })}
            isCurrent={view === "outbox"}
            needsAttention={problems > 0}
            onPress={() => nav.show("outbox")}
          />
        )}
        <Item
          icon={<Settings2 aria-hidden size="1.231rem" strokeWidth={1.75} />}
          text={t("sidebar.accounts")}
          isCurrent={view === "accounts"}
          needsAttention={accounts.some(({ state }) => state === "needs_key" || state === "missing_scope")}
          onPress={() => nav.show("accounts")}
        />
        <Item
          icon={<HardDrive aria-hidden size="1.231rem" strokeWidth={1.75} />}
          text={t("storage.title")}
          isCurrent={view === "storage"}
          onPress={() => nav.show("storage")}
        />
        <Item
          icon={<SlidersHorizontal aria-hidden size="1.231rem" strokeWidth={1.75} />}
          text={t("sidebar.settings")}
          isCurrent={view === "settings"}
          onPress={() => nav.show("settings")}
        />
      </ul>
      <SyncBar />
    </nav>
  );
}

function Initial({ account }: { account: Account }) {
  const letter = cleanLine(account.name).match(/\p{L}|\p{N}/u)?.[0] ?? "•";
  return <span className="sidebar-initial" data-initial={letter.toLocaleUpperCase()} aria-hidden />;
}

interface ItemProps {
  readonly icon: ReactNode;
  readonly text: string;
  readonly isCurrent: boolean;
  readonly isNested?: boolean;
  readonly count?: number;
  readonly shown?: string;
  /** The count in words, for the name. */
  readonly counted?: string;
  readonly needsAttention?: boolean;
  readonly onPress: () => void;
}

function Item(props: ItemProps) {
  const { format } = useStores();
  const { icon, text, isCurrent, isNested = false, count = 0, shown = "", counted, needsAttention = false } = props;
  const label = [text, count > 0 && counted !== undefined ? counted : "", needsAttention ? t("sidebar.attention") : ""]
    .filter((part) => part !== "")
    .join(t("common.separator"));
  return (
    <li>
      <Hint text={label}>
        <Button
          className="sidebar-item"
          data-nested={isNested}
          aria-label={label}
          {...(isCurrent ? { "aria-current": "page" as const } : {})}
          onPress={props.onPress}
        >
          {icon}
          <bdi className="sidebar-text">{text}</bdi>
          {needsAttention && <TriangleAlert aria-hidden size="1.077rem" className="sidebar-alert" />}
          {count > 0 && (
            <>
              <span className="sidebar-count" data-count={shown} aria-hidden />
              <span
                className="sidebar-short"
                data-short={count > RAIL_MAX ? `${format.count(RAIL_MAX)}+` : shown}
                aria-hidden
              />
            </>
          )}
        </Button>
      </Hint>
    </li>
  );
}
