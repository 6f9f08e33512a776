/** Replies for later: which they are, and taking one out of the outbox with the way back in a toast. */
import type { OutboxItem } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import { t } from "../i18n.ts";
import type { Stores, ToastContent } from "../stores/stores.ts";
import { errorSentence } from "./error-words.ts";

const UNDO_MS = 8_000;

/** Waits for the moment a person chose, and nothing was tried yet: neither the reply nor bringing its files. */
export const isScheduled = ({ state, scheduledAt, attempts, error }: OutboxItem): boolean =>
  state === "queued" && scheduledAt !== null && attempts === 0 && error === null;

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
    const key = crypto.randomUUID();
    let isBack = false;
    const offer = (said: Omit<ToastContent, "action">, label: string, timing: { readonly timeout?: number }) => {
      const onClose = () => {
        if (!isBack && files.length > 0) void bridge.call("attachments.remove", { ids: files }).catch(complain);
      };
      toasts.add({ ...said, action: { label, run: () => void putBack() } }, { ...timing, onClose });
    };
    const putBack = async () => {
      isBack = true;
      const reply = { conversationId, text, files, key, sendAt: scheduledAt, again: true };
      try {
        const { error } = await bridge.call("outbox.send", reply);
        if (error?.code === "schedule_missed") {
          toasts.add({ text: t("schedule.missedUndo"), tone: "plain" }, { timeout: UNDO_MS });
        }
      } catch (error) {
        // Its words are nowhere else: the way back stays until it worked or the person has closed it.
        isBack = false;
        offer({ text: errorSentence(failureOf(error)), tone: "alert" }, t("common.retry"), {});
      }
      refresh();
    };
    offer({ text: t("schedule.canceled"), tone: "plain" }, t("common.undo"), { timeout: UNDO_MS });
  } catch (error) {
    complain(error);
  }
  refresh();
}
