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

const DONE = { opted_out: "consent.marked", confirmed: "consent.confirmed" } as const;
const TAKEN_BACK = { opted_out: "consent.allowed", confirmed: "consent.unconfirmed" } as const;

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
      text: decision === "dismissed" ? t("consent.dismissed") : t(DONE[decision], { contact }),
      tone: "plain",
      action: { label: t("common.undo"), run: () => void bridge.call("consent.undo", input).catch(complain) },
    },
    { timeout: UNDO_MS },
  );
}

/** Takes back an opt-out that was marked here. */
export const allowAgain = (stores: Pick<Stores, "bridge" | "toasts" | "format">, conversation: Conversation) =>
  takeBack(stores, conversation, "opted_out");

/** Takes back what was decided here of a contact, at any time. */
export async function takeBack(
  { bridge, toasts, format }: Pick<Stores, "bridge" | "toasts" | "format">,
  conversation: Conversation,
  decision: "opted_out" | "confirmed",
): Promise<void> {
  try {
    await bridge.call("consent.undo", { id: conversation.id, decision, messageId: null });
    const text = t(TAKEN_BACK[decision], { contact: contactTitle(conversation, format) });
    toasts.add({ text, tone: "plain" }, { timeout: UNDO_MS });
  } catch (error) {
    toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: UNDO_MS });
  }
}
