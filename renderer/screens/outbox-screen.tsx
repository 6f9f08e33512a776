/** The outbox: every reply of every account that is not a message yet, why, and what can be done about it. */
import { SendHorizontal } from "lucide-react";
import { failureOf } from "../../shared/errors.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { OutboxCard } from "../components/outbox-card.tsx";
import { Page } from "../components/page.tsx";
import { TextButton } from "../components/ui.tsx";
import { t } from "../i18n.ts";
import { discardReply } from "../lib/discard-reply.ts";
import { errorSentence } from "../lib/error-words.ts";
import { cancelScheduled, isScheduled } from "../lib/scheduled.ts";
import type { OutboxEntry } from "../stores/outbox-store.ts";
import { useOutbox, useStores } from "../stores/context.tsx";
import "./outbox-screen.css";

export function OutboxScreen() {
  const stores = useStores();
  const { outbox, toasts, answer } = stores;
  const { entries, leaving, failure } = useOutbox((state) => state);
  const shown = entries.filter(({ item }) => !leaving.has(item.id));

  const complain = (error: unknown) =>
    toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: 8_000 });

  function leave({ item, conversation }: OutboxEntry): void {
    if (isScheduled(item)) void cancelScheduled(stores, item);
    else discardReply(stores, item.id, conversation);
  }

  const scheduled = shown
    .filter(({ item }) => isScheduled(item))
    .toSorted((a, b) => (a.item.scheduledAt ?? 0) - (b.item.scheduledAt ?? 0));
  const waiting = shown.filter(({ item }) => !isScheduled(item));
  const cards = (some: readonly OutboxEntry[]) => (
    <ul className="page-list">
      {some.map((entry) => (
        <OutboxCard
          key={entry.item.id}
          entry={entry}
          onOpen={() => answer(entry.conversation.id)}
          onRetry={() => void outbox.retry(entry.item.id).catch(complain)}
          onEdit={() => void outbox.edit(entry.item.id).then(answer).catch(complain)}
          onDiscard={() => leave(entry)}
        />
      ))}
    </ul>
  );

  return (
    <Page title={t("outboxView.title")} intro={<p>{t("outboxView.intro")}</p>}>
      {shown.length === 0 && failure !== null ? (
        <EmptyState
          icon={SendHorizontal}
          title={t("outboxView.failed")}
          hint={errorSentence(failure)}
          action={<TextButton onPress={outbox.refresh}>{t("common.retry")}</TextButton>}
        />
      ) : shown.length === 0 ? (
        <EmptyState icon={SendHorizontal} title={t("outboxView.empty")} hint={t("outboxView.emptyHint")} />
      ) : (
        <>
          {waiting.length > 0 && cards(waiting)}
          {scheduled.length > 0 && (
            <section aria-label={t("schedule.group")}>
              <h2 className="outbox-group">{t("schedule.group")}</h2>
              {cards(scheduled)}
            </section>
          )}
        </>
      )}
    </Page>
  );
}
