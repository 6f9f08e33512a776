/**
 * The part of the contract that writing needs: outbox, drafts, saved replies and a person's decisions about consent.
 *
 * Spread into `calls` of ipc.ts; the same rules hold.
 */
import { z } from "zod";
import { Conversation, ConversationId, MessageId, Millis, OutboxId, OutboxItem } from "./domain.ts";
import { MediaId } from "./media.ts";
import { TemplateList, TemplateListInput } from "./templates.ts";

const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });
const nothing = z.void();
const noInput = z.undefined();

/**
 * `opted_out`: no more messages to this contact. `dismissed`: the text was looked at and asks for no such thing.
 * `confirmed`: the provider knows of no consent, and the person says they have it.
 */
export const ConsentDecision = z.enum(["opted_out", "dismissed", "confirmed"]);
export type ConsentDecision = z.infer<typeof ConsentDecision>;

const decision = z.strictObject({
  id: ConversationId,
  decision: ConsentDecision,
  /** The text it is about; null: none, the person knows it otherwise. */
  messageId: MessageId.nullable(),
});

export const composerCalls = {
  /**
   * Puts a reply into the durable outbox; answers when the row is on disk, before anything is sent.
   * `key` is made by the composer, once per intent: the same key twice is one reply.
   */
  "outbox.send": call(
    z
      .strictObject({
        conversationId: ConversationId,
        /** May be empty where files go along. */
        text: z.string().max(20_000),
        /** Files of the thread's draft that go along; those not named stay in it. */
        files: z.array(MediaId).max(100).optional(),
        key: z.uuid(),
        /** Not before this moment; null or absent: now. */
        sendAt: Millis.nullable().optional(),
        /** Others' replies up to this message were seen: send all the same. */
        seenUpTo: MessageId.nullable().optional(),
        /** A reply that was taken out of the outbox goes back into it: the thread's draft is another. */
        again: z.boolean().optional(),
      })
      .refine(({ text, files = [] }) => text !== "" || files.length > 0),
    OutboxItem,
  ),
  /** Every reply of every account that is not a message yet, oldest first. */
  "outbox.list": call(noInput, z.array(z.object({ item: OutboxItem, conversation: Conversation }))),
  /** Takes the reply out of the outbox and puts its text in front of the thread's draft, in one step. */
  "outbox.toDraft": call(z.strictObject({ id: OutboxId }), z.object({ conversationId: ConversationId })),
  "outbox.retry": call(z.strictObject({ id: OutboxId }), nothing),
  /**
   * Takes the reply out of the outbox (not while it is being sent) and gives its text back. With `keepsFiles` its files can
   * go back with it, by their ids, until they are removed or the app ends.
   */
  "outbox.discard": call(
    z.strictObject({ id: OutboxId, keepsFiles: z.boolean().optional() }),
    z.object({ text: z.string(), files: z.array(MediaId) }),
  ),

  "drafts.get": call(z.strictObject({ conversationId: ConversationId }), z.string()),
  "drafts.save": call(z.strictObject({ conversationId: ConversationId, text: z.string().max(20_000) }), nothing),

  "templates.list": call(noInput, TemplateList),
  /** The whole list in its order. */
  "templates.save": call(z.strictObject({ templates: TemplateListInput }), TemplateList),
  /** Kept on this device, over whatever the provider says. */
  "consent.decide": call(decision, nothing),
  "consent.undo": call(decision, nothing),
} as const;
