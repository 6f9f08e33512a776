/**
 * How fresh the inbox is, in the words of the interface contract, with the details of each account behind it.
 *
 * Background checks that are over in a moment are not shown as "Syncing": a status line that blinks every few
 * seconds tells nobody anything. Progress is not spoken, changes of state are.
 */
import { CheckCheck, CircleAlert, CloudOff, Hourglass, RefreshCw } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import type { Account, SyncStatus } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import { errorSentence } from "../lib/error-words.ts";
import { cleanLine } from "../lib/bidi.ts";
import type { SyncSummary } from "../lib/sync-summary.ts";
import { checkedWords, phaseSummary, syncSummary } from "../lib/sync-summary.ts";
import { useAccounts, useStores, useSync } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { IconButton, TextButton } from "./ui.tsx";
import "./sync-status.css";

const SHOW_SYNCING_AFTER_MS = 900;
const ICONS = { calm: CheckCheck, busy: RefreshCw, muted: CloudOff, alert: CircleAlert } as const;

export function SyncBar() {
  const { sync, toasts, format } = useStores();
  const detailsId = useId();
  const statuses = useCalmStatuses();
  const summary = syncSummary(statuses, format);
  const isBusy = summary?.tone === "busy";
  const checkNow = () =>
    void sync.now().catch((error: unknown) => {
      toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: 8000 });
    });
  return (
    <div className="sync">
      <div
        className="sync-status"
        role="status"
        aria-label={t("sync.label")}
        aria-live={isBusy ? "off" : "polite"}
        data-tone={summary?.tone ?? "calm"}
      >
        {summary !== null && (
          <button type="button" className="sync-button" popoverTarget={detailsId}>
            <SummaryLine summary={summary} isWaiting={summary.text === t("sync.waiting")} />
          </button>
        )}
      </div>
      <SyncDetails id={detailsId} statuses={statuses} />
      <IconButton
        className={isBusy ? "sync-now is-busy" : "sync-now"}
        label={t("sync.now")}
        icon={RefreshCw}
        onPress={checkNow}
      />
    </div>
  );
}

function SummaryLine({ summary, isWaiting }: { summary: SyncSummary; isWaiting: boolean }) {
  const Icon = isWaiting ? Hourglass : ICONS[summary.tone];
  return (
    <>
      <Icon aria-hidden size="1.077rem" strokeWidth={2} className="sync-icon" />
      <span className="sync-words">
        <span className="sync-text">
          {summary.text}
          {isWaiting && summary.hint !== null && ` ${summary.hint}`}
        </span>{" "}
        {summary.checked !== null && <span className="sync-checked">{summary.checked}</span>}
      </span>
    </>
  );
}

/** The browser's own popover: closes by Esc or a click elsewhere and gives the focus back. */
function SyncDetails({ id, statuses }: { id: string; statuses: readonly SyncStatus[] }) {
  const { nav } = useStores();
  const accounts = useAccounts((state) => state.accounts);
  const popover = useRef<HTMLDivElement>(null);
  return (
    <div ref={popover} id={id} popover="auto" role="dialog" aria-label={t("sync.details")} className="sync-details">
      <ul className="sync-list">
        {statuses.map((status) => (
          <SyncRow key={status.accountId} status={status} accounts={accounts ?? []} />
        ))}
      </ul>
      {statuses.some((status) => status.phase.kind === "attention") && (
        <TextButton
          onPress={() => {
            popover.current?.hidePopover();
            nav.show("accounts");
          }}
        >
          {t("sync.openAccounts")}
        </TextButton>
      )}
      <TextButton
        tone="quiet"
        onPress={() => {
          popover.current?.hidePopover();
          nav.show("storage");
        }}
      >
        {t("storage.title")}
      </TextButton>
    </div>
  );
}

function SyncRow({ status, accounts }: { status: SyncStatus; accounts: readonly Account[] }) {
  const { format } = useStores();
  const { tone, text, hint } = phaseSummary(status.phase, format);
  const account = accounts.find((candidate) => candidate.id === status.accountId);
  return (
    <li data-tone={tone}>
      <bdi className="sync-account">{account === undefined ? "" : cleanLine(account.name)}</bdi>
      <span className="sync-detail">
        {[
          status.phase.kind === "waiting" && hint !== null ? `${text} ${hint}` : text,
          checkedWords(status.lastCompletedAt, format) ?? t("sync.never"),
        ].join(" · ")}
      </span>
      {hint !== null && status.phase.kind !== "waiting" && <span className="sync-hint">{hint}</span>}
    </li>
  );
}

/** The statuses, where a background pass counts as "up to date" for its first moment. */
function useCalmStatuses(): readonly SyncStatus[] {
  const statuses = useSync((state) => state.statuses);
  const isBackground = (status: SyncStatus) =>
    status.phase.kind === "syncing" && !status.phase.first && status.lastCompletedAt !== null;
  const isBusy = statuses.some(isBackground);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isBusy) return;
    const timer = setTimeout(() => setLong(true), SHOW_SYNCING_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isBusy]);
  return isLong
    ? statuses
    : statuses.map((status) => (isBackground(status) ? { ...status, phase: { kind: "up_to_date" } } : status));
}
