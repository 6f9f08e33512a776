/**
 * The part of the contract that writing needs: saved replies and a person's decisions about consent.
 *
 * Spread into `calls` of ipc.ts; the same rules hold.
 */
import { z } from "zod";
import { ConversationId, MessageId } from "./domain.ts";
import { TemplateList, TemplateListInput } from "./templates.ts";

/** `opted_out`: no more messages to this contact. `dismissed`: the text was looked at and asks for no such thing. */
export const ConsentDecision = z.enum(["opted_out", "dismissed"]);
export type ConsentDecision = z.infer<typeof ConsentDecision>;

const decision = z.strictObject({
  id: ConversationId,
  decision: ConsentDecision,
  /** The text it is about; null: none, the person knows it otherwise. */
  messageId: MessageId.nullable(),
});

export const composerCalls = {
  "templates.list": { input: z.undefined(), output: TemplateList },
  /** The whole list in its order. */
  "templates.save": { input: z.strictObject({ templates: TemplateListInput }), output: TemplateList },
  /** Kept on this device, over whatever the provider says. */
  "consent.decide": { input: decision, output: z.void() },
  "consent.undo": { input: decision, output: z.void() },
} as const;
