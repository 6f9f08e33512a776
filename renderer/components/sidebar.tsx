/** The left edge: inboxes with unread counts, accounts, sync. Becomes a rail of icons in narrow windows. */
import { Bell, Inbox, SendHorizontal, Settings2, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import type { Account } from "../../shared/domain.ts";
import { cleanLine } from "../lib/bidi.ts";
import { useAccounts, useInbox, useNav, useOutbox, useStores } from "../stores/context.tsx";
import { visibleAccounts } from "../stores/accounts-store.ts";
import { isProblem } from "../stores/outbox-store.ts";
import { strings } from "../strings.ts";
import { SyncBar } from "./sync-status.tsx";
import { Hint } from "./ui.tsx";
import "./sidebar.css";

export function Sidebar() {
  const { inbox, nav, format } = useStores();
  const accounts = visibleAccounts(useAccounts((state) => state));
  const { scope, unread } = useInbox((state) => state);
  const view = useNav((state) => state.view);
  const waiting = useOutbox((state) => state.entries.length);
  const problems = useOutbox((state) => state.entries.filter(({ item }) => isProblem(item)).length);
  const all = accounts.reduce((sum, account) => sum + (unread.get(account.id) ?? 0), 0);
  const goTo = (to: Account["id"] | null) => {
    nav.show("inbox");
    inbox.setScope(to);
  };

  return (
    <nav className="sidebar" aria-label={strings.sidebar.label}>
      <ul className="sidebar-list">
        <Item
          icon={<Inbox aria-hidden size="1.231rem" strokeWidth={1.75} />}
          text={strings.sidebar.all}
          isCurrent={view === "inbox" && scope === null}
          unread={all}
          shown={format.count(all)}
          onPress={() => goTo(null)}
        />
        {accounts.map((account) => (
          <Item
            key={account.id}
            icon={<Initial account={account} />}
            text={cleanLine(account.name)}
            isCurrent={view === "inbox" && scope === account.id}
            unread={unread.get(account.id) ?? 0}
            shown={format.count(unread.get(account.id) ?? 0)}
            needsAttention={account.state === "needs_key" || account.state === "missing_scope"}
            onPress={() => goTo(account.id)}
          />
        ))}
      </ul>
      <ul className="sidebar-list sidebar-end">
        {(waiting > 0 || view === "outbox") && (
          <Item
            icon={<SendHorizontal aria-hidden size="1.231rem" strokeWidth={1.75} />}
            text={strings.sidebar.outbox(waiting)}
            isCurrent={view === "outbox"}
            needsAttention={problems > 0}
            onPress={() => nav.show("outbox")}
          />
        )}
        <Item
          icon={<Settings2 aria-hidden size="1.231rem" strokeWidth={1.75} />}
          text={strings.sidebar.accounts}
          isCurrent={view === "accounts"}
          needsAttention={accounts.some(({ state }) => state === "needs_key" || state === "missing_scope")}
          onPress={() => nav.show("accounts")}
        />
        <Item
          icon={<Bell aria-hidden size="1.231rem" strokeWidth={1.75} />}
          text={strings.sidebar.notifications}
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
  readonly unread?: number;
  readonly shown?: string;
  readonly needsAttention?: boolean;
  readonly onPress: () => void;
}

function Item({ icon, text, isCurrent, unread = 0, shown = "", needsAttention = false, onPress }: ItemProps) {
  const label = [
    text,
    unread > 0 ? strings.sidebar.unread(unread, shown) : "",
    needsAttention ? strings.sidebar.attention : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
  return (
    <li>
      <Hint text={label}>
        <Button
          className="sidebar-item"
          aria-label={label}
          {...(isCurrent ? { "aria-current": "page" as const } : {})}
          onPress={onPress}
        >
          {icon}
          <bdi className="sidebar-text">{text}</bdi>
          {needsAttention && <TriangleAlert aria-hidden size="1.077rem" className="sidebar-alert" />}
          {unread > 0 && <span className="sidebar-count" data-count={shown} aria-hidden />}
        </Button>
      </Hint>
    </li>
  );
}
