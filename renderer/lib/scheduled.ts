/** Replies for later: which they are, and taking one out of the outbox with the way back in a toast. */
import type { OutboxItem } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import { t } from "../i18n.ts";
import type { Stores } from "../stores/stores.ts";
import { errorSentence } from "./error-words.ts";

const UNDO_MS = 8_000;

/** Waits for the moment a person chose, and no attempt was made yet. */
export const isScheduled = ({ state, scheduledAt, attempts }: OutboxItem): boolean =>
  state === "queued" && scheduledAt !== null && attempts === 0;

/** At once: a reply that is only hidden could leave while the toast is still there. */
export async function cancelScheduled(
  { bridge, toasts, threadOf, outbox }: Pick<Stores, "bridge" | "toasts" | "threadOf" | "outbox">,
  { id, conversationId, scheduledAt }: OutboxItem,
): Promise<void> {
  const complain = (error: unknown) =>
    void toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: UNDO_MS });
  const refresh = () => {
    outbox.refresh();
    void threadOf(conversationId).refresh();
  };
  try {
    const { text, files } = await bridge.call("outbox.discard", { id, keepsFiles: true });
    let isBack = false;
    const putBack = () => {
      isBack = true;
      void bridge
        .call("outbox.send", {
          conversationId,
          text,
          files,
          key: crypto.randomUUID(),
          sendAt: scheduledAt,
          again: true,
        })
        .then(({ error }) => {
          refresh();
          if (error?.code === "schedule_missed") {
            toasts.add({ text: t("schedule.missedUndo"), tone: "plain" }, { timeout: UNDO_MS });
          }
        })
        .catch(complain);
    };
    const onClose = () => {
      if (!isBack && files.length > 0) void bridge.call("attachments.remove", { ids: files }).catch(complain);
    };
    const action = { label: t("common.undo"), run: putBack };
    toasts.add({ text: t("schedule.canceled"), tone: "plain", action }, { timeout: UNDO_MS, onClose });
  } catch (error) {
    complain(error);
  }
  refresh();
}
