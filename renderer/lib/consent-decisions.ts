/** A person's decision about consent, told to main, with the way back in a toast. */
import type { Conversation, MessageId } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import type { CallInput } from "../../shared/ipc.ts";
import { t } from "../i18n.ts";
import type { Stores } from "../stores/stores.ts";
import { errorSentence } from "./error-words.ts";
import { contactTitle } from "./names.ts";

const UNDO_MS = 8_000;

type Input = CallInput<"consent.decide">;

export async function decideConsent(
  { bridge, toasts, format }: Pick<Stores, "bridge" | "toasts" | "format">,
  conversation: Conversation,
  decision: Input["decision"],
  messageId: MessageId | null,
): Promise<void> {
  const input: Input = { id: conversation.id, decision, messageId };
  const complain = (error: unknown) =>
    void toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: UNDO_MS });
  try {
    await bridge.call("consent.decide", input);
  } catch (error) {
    return complain(error);
  }
  const contact = contactTitle(conversation, format);
  toasts.add(
    {
      text: decision === "opted_out" ? t("consent.marked", { contact }) : t("consent.dismissed"),
      tone: "plain",
      action: { label: t("common.undo"), run: () => void bridge.call("consent.undo", input).catch(complain) },
    },
    { timeout: UNDO_MS },
  );
}

/** Takes back an opt-out that was marked here. */
export async function allowAgain(
  { bridge, toasts, format }: Pick<Stores, "bridge" | "toasts" | "format">,
  conversation: Conversation,
): Promise<void> {
  try {
    await bridge.call("consent.undo", { id: conversation.id, decision: "opted_out", messageId: null });
    const text = t("consent.allowed", { contact: contactTitle(conversation, format) });
    toasts.add({ text, tone: "plain" }, { timeout: UNDO_MS });
  } catch (error) {
    toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: UNDO_MS });
  }
}
