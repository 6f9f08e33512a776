/** The listbox "Conversations" over the inbox store: rows by index, skeletons where a page is on its way. */
import { Inbox } from "lucide-react";
import { useEffect } from "react";
import { errorSentence } from "../lib/error-words.ts";
import { rowAt } from "../lib/page-cache.ts";
import { focusList, isAtListTitle } from "../lib/places.ts";
import { useLate } from "../lib/use-late.ts";
import { useAccounts, useInbox, useNow, useStores, useSync, useTriage } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { ConversationRow, PlaceholderRow } from "./conversation-row.tsx";
import { EmptyState } from "./empty-state.tsx";
import { TextButton } from "./ui.tsx";
import { VirtualListbox } from "./virtual-listbox.tsx";

const ROW_HEIGHT = 64;
const SKELETON_ROWS = 9;
const QUARTER_MS = 15 * 60_000;

export function ConversationList({ onOpenAgain }: { onOpenAgain: () => void }) {
  const { inbox, triage, format } = useStores();
  const selected = useTriage((all) => all.selected);
  const cache = useInbox((state) => state.cache);
  const hasFailed = useInbox((state) => state.failure !== null);
  const activeIndex = useInbox((state) => state.activeIndex);
  const openId = useInbox((state) => state.openId);
  const view = useInbox((state) => state.view);
  const place = useInbox(({ scope, numberId }) => `${scope} ${numberId}`);
  // Rows show days and past times only: they need not be drawn anew every minute.
  const now = useNow(QUARTER_MS);
  const isScoped = useInbox(({ scope }) => scope !== null);
  const withAccount = useAccounts(({ accounts }) => (accounts?.length ?? 0) > 1) && !isScoped;
  const { total } = cache;
  const hasRows = total !== null && total > 0;
  // Whoever was led to a list that was still empty is led on to its rows.
  useEffect(() => {
    if (hasRows && isAtListTitle()) focusList();
  }, [hasRows]);

  if (total === null) return hasFailed ? <ListFailure /> : <ListSkeleton />;
  if (total === 0) return <EmptyList />;

  return (
    <VirtualListbox
      label={t("list.label")}
      length={total}
      activeIndex={Math.min(activeIndex, total - 1)}
      rowHeight={withAccount ? ROW_HEIGHT + 16 : ROW_HEIGHT}
      resetKey={`${view} ${place}`}
      onToggle={triage.toggle}
      onExtend={(index) => void triage.extendTo(index)}
      onEscape={() => {
        const hadSelection = selected.size > 0;
        triage.clear();
        return hadSelection;
      }}
      onActive={inbox.setActive}
      onRange={inbox.setRange}
      onOpen={(index) => {
        const row = rowAt(cache, index);
        if (row === null) return;
        if (row.id === openId) onOpenAgain();
        else inbox.open(row.id);
      }}
      renderRow={(index) => {
        const row = rowAt(cache, index);
        const isActive = index === Math.min(activeIndex, total - 1);
        const isOpen = row !== null && row.id === openId;
        const isSelected = row !== null && selected.has(row.id);
        const at = { index, total, isActive, isOpen, isSelected, hasSelection: selected.size > 0 };
        return row === null ? (
          <PlaceholderRow {...at} />
        ) : (
          <ConversationRow {...at} conversation={row} now={now} format={format} withAccount={withAccount} view={view} />
        );
      }}
    />
  );
}

/** Only after a moment: a list that is there in 50 ms should not flash. */
function ListSkeleton() {
  const isLate = useLate();
  return (
    <div className="listbox" aria-busy="true">
      <span className="visually-hidden">{t("list.loading")}</span>
      {isLate &&
        Array.from({ length: SKELETON_ROWS }, (_, index) => (
          <div key={index} className="row row-placeholder" aria-hidden>
            <span className="row-unread" />
            <span className="avatar skeleton" />
            <span className="row-text">
              <span className="skeleton skeleton-line" />
              <span className="skeleton skeleton-line skeleton-long" />
            </span>
          </div>
        ))}
    </div>
  );
}

function ListFailure() {
  const { inbox } = useStores();
  const failure = useInbox((state) => state.failure);
  return (
    <EmptyState
      icon={Inbox}
      title={t("list.failed")}
      {...(failure === null ? {} : { hint: errorSentence(failure) })}
      action={<TextButton onPress={inbox.refreshNow}>{t("common.retry")}</TextButton>}
    />
  );
}

function EmptyList() {
  const view = useInbox((state) => state.view);
  const held = useInbox((state) =>
    state.counts.reduce((sum, { views }) => sum + views.all + views.snoozed + views.done, 0),
  );
  const isSyncing = useSync(({ statuses }) => statuses.some((status) => status.phase.kind === "syncing"));
  return (
    <EmptyState
      icon={Inbox}
      title={held > 0 ? t(`list.empty.${view}.title`) : t("list.none")}
      hint={isSyncing ? t("list.emptySyncing") : held > 0 ? t(`list.empty.${view}.hint`) : t("list.noneHint")}
    />
  );
}
