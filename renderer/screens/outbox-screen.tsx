/** The outbox: every reply of every account that is not a message yet, why, and what can be done about it. */
import { SendHorizontal } from "lucide-react";
import { failureOf } from "../../shared/errors.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { OutboxCard } from "../components/outbox-card.tsx";
import { t } from "../i18n.ts";
import { errorSentence } from "../lib/error-words.ts";
import { contactTitle } from "../lib/names.ts";
import type { OutboxEntry } from "../stores/outbox-store.ts";
import { useOutbox, useStores } from "../stores/context.tsx";
import "./outbox-screen.css";

const UNDO_MS = 6_000;

export function OutboxScreen() {
  const { outbox, toasts, format, answer } = useStores();
  const { entries, leaving } = useOutbox((state) => state);
  const shown = entries.filter(({ item }) => !leaving.has(item.id));

  const complain = (error: unknown) =>
    toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: 8_000 });

  function discard({ item, conversation }: OutboxEntry): void {
    outbox.prepareDiscard(item.id);
    toasts.add(
      {
        text: t("outboxView.discarded", { contact: contactTitle(conversation, format) }),
        tone: "plain",
        action: { label: t("common.undo"), run: () => outbox.undoDiscard(item.id) },
      },
      { timeout: UNDO_MS, onClose: () => void outbox.commitDiscard(item.id).catch(complain) },
    );
  }

  return (
    <main className="outbox" aria-label={t("outboxView.title")}>
      <div className="outbox-body">
        <header className="outbox-header">
          <h1>{t("outboxView.title")}</h1>
          <p>{t("outboxView.intro")}</p>
        </header>
        {shown.length === 0 ? (
          <EmptyState icon={SendHorizontal} title={t("outboxView.empty")} hint={t("outboxView.emptyHint")} />
        ) : (
          <ul className="outbox-list">
            {shown.map((entry) => (
              <OutboxCard
                key={entry.item.id}
                entry={entry}
                onOpen={() => answer(entry.conversation.id)}
                onRetry={() => void outbox.retry(entry.item.id).catch(complain)}
                onEdit={() => void outbox.edit(entry.item.id).then(answer).catch(complain)}
                onDiscard={() => discard(entry)}
              />
            ))}
          </ul>
        )}
      </div>
    </main>
  );
}
