/**
 * A place in a thread where messages are missing, with the button that fetches them and what becomes of it.
 *
 * Must not guess: what is said while loading is the account's own sync status; done is when the coverage says so.
 */
import { CloudDownload } from "lucide-react";
import { useEffect, useState } from "react";
import type { Conversation, Coverage, SyncPhase } from "../../shared/domain.ts";
import { t } from "../i18n.ts";
import type { Format } from "../lib/format.ts";
import { useNow, useStores, useSync } from "../stores/context.tsx";
import type { ThreadStore } from "../stores/thread-store.ts";
import { Spinner, TextButton } from "./ui.tsx";

interface Props {
  readonly thread: ThreadStore;
  readonly conversation: Conversation;
  readonly gap: NonNullable<Coverage["gap"]>;
}

/** How long after the wish a quiet sync counts as "nothing came of it". */
const GIVE_UP_MS = 4_000;

export function MissingMessages({ thread, conversation, gap }: Props) {
  const { format } = useStores();
  const now = useNow();
  const phase = useSync(
    (state) => state.statuses.find(({ accountId }) => accountId === conversation.accountId)?.phase ?? null,
  );
  const [asked, setAsked] = useState(false);
  const [isOver, setOver] = useState(false);
  const isQuiet = phase === null || phase.kind === "up_to_date";
  useEffect(() => {
    if (!asked || !isQuiet) return;
    const timer = setTimeout(() => setOver(true), GIVE_UP_MS);
    return () => clearTimeout(timer);
  }, [asked, isQuiet]);

  const load = () => {
    setAsked(true);
    setOver(false);
    // What keeps it from being fetched is in the sync status.
    void thread.fetchMissing().catch(() => setOver(true));
  };
  const failure = asked ? failureWords(phase, isOver, format) : null;
  return (
    <div className="gap" role="group" aria-label={t("timeline.gap")}>
      <p>{gapWords(gap, format, now)}</p>
      {asked && failure === null ? (
        <p className="gap-state" role="status">
          <Spinner /> {t("timeline.loading")}
        </p>
      ) : (
        <>
          {failure !== null && (
            <p className="gap-state" role="status">
              {failure}
            </p>
          )}
          <TextButton tone="quiet" onPress={load}>
            <CloudDownload aria-hidden size="1.077rem" /> {failure === null ? t("timeline.load") : t("common.retry")}
          </TextButton>
        </>
      )}
    </div>
  );
}

function gapWords({ after, before }: NonNullable<Coverage["gap"]>, format: Format, now: number): string {
  if (after === null) return t("coverage.partial");
  if (before === null) return t("timeline.gapAfter", { from: format.date(after, now) });
  if (format.dayKey(after) === format.dayKey(before)) return t("timeline.gap");
  return t("timeline.gapBetween", { from: format.date(after, now), to: format.date(before, now) });
}

/** Null: it is still on its way. */
function failureWords(phase: SyncPhase | null, isOver: boolean, format: Format): string | null {
  switch (phase?.kind) {
    case "offline":
      return t("timeline.failed.offline");
    case "attention":
      return t("timeline.failed.attention");
    case "waiting":
      return t("timeline.failed.waiting", { time: format.time(phase.until) });
    default:
      return isOver ? t("timeline.failed.ended") : null;
  }
}
