/** Discards a reply that needs the person: out of sight at once, out of the outbox when the time for undo is over. */
import type { Conversation, OutboxId } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import { t } from "../i18n.ts";
import type { Stores } from "../stores/stores.ts";
import { errorSentence } from "./error-words.ts";
import { contactTitle } from "./names.ts";

const UNDO_MS = 6_000;

export function discardReply(
  { outbox, toasts, format }: Pick<Stores, "outbox" | "toasts" | "format">,
  id: OutboxId,
  conversation: Conversation,
): void {
  const complain = (error: unknown) =>
    void toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: 8_000 });
  outbox.prepareDiscard(id);
  toasts.add(
    {
      text: t("outboxView.discarded", { contact: contactTitle(conversation, format) }),
      tone: "plain",
      action: { label: t("common.undo"), run: () => outbox.undoDiscard(id) },
    },
    { timeout: UNDO_MS, onClose: () => void outbox.commitDiscard(id).catch(complain) },
  );
}
