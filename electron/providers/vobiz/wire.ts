/**
 * Vobiz's WhatsApp JSON in both documented generations: strict on what we use, loose on everything else.
 *
 * Source: the vendor's public API reference, older and newer edition. They differ in envelope (`data`, `items`),
 * cursor (`cursor`, `next_cursor`), and names; every schema here accepts either.
 */
import { z } from "zod";
import { isoMillis, joinedId, nextPlaceOf } from "../wire.ts";

const nullableText = z.string().nullish().catch(null);
const nullableTime = isoMillis
  .nullish()
  .transform((ms) => ms ?? null)
  .catch(null);

export const ListEnvelope = z
  .looseObject({
    data: z.array(z.unknown()).optional(),
    items: z.array(z.unknown()).optional(),
    cursor: nextPlaceOf,
    next_cursor: nextPlaceOf,
  })
  .transform(({ data, items, cursor, next_cursor }, context) => {
    const rows = data ?? items;
    if (rows !== undefined) return { rows, nextCursor: next_cursor || cursor || null };
    context.addIssue({ code: "custom", message: "neither data nor items" });
    return z.NEVER;
  });

const Code = z.union([z.string(), z.number()]).transform(String);

/** Three documented shapes; the text of a message is nobody's to log, codes are. */
export const ErrorBody = z.looseObject({
  error: z
    .union([z.looseObject({ code: Code.optional().catch(undefined) }), z.string()])
    .optional()
    .catch(undefined),
  requestId: z.string().optional().catch(undefined),
  api_id: z.string().optional().catch(undefined),
});

/** The older generation: one row for each contact, with the last message and an unread count. */
export const ThreadRow = z.looseObject({
  id: joinedId,
  channel_id: joinedId,
  contact: z.looseObject({ id: nullableText, name: nullableText, phone: z.string().min(1) }),
  last_message: z
    .looseObject({
      body: nullableText,
      direction: z.enum(["inbound", "outbound"]).nullish().catch(null),
      timestamp: isoMillis,
    })
    .nullish()
    .catch(null),
  unread_count: z.int().nonnegative().nullish().catch(null),
  created_at: nullableTime,
});
export type ThreadRow = z.infer<typeof ThreadRow>;

/** The newer generation: one row for each 24-hour window, several for each contact. */
export const WindowRow = z.looseObject({
  id: joinedId,
  channel_id: joinedId,
  contact_id: joinedId,
  started_at: isoMillis,
  expires_at: nullableTime,
  status: nullableText,
});
export type WindowRow = z.infer<typeof WindowRow>;

export const ConversationRow = z.union([
  ThreadRow.transform((row) => ({ kind: "thread" as const, row })),
  WindowRow.transform((row) => ({ kind: "window" as const, row })),
]);
export type ConversationRow = z.infer<typeof ConversationRow>;

const Media = z.looseObject({ link: nullableText, url: nullableText, caption: nullableText });

/** A text is a string, or an object named after its type. */
const Content = z.union([
  z.string(),
  z.looseObject({
    body: nullableText,
    caption: nullableText,
    text: z
      .union([z.string(), z.looseObject({ body: nullableText })])
      .nullish()
      .catch(null),
  }),
]);

export const WireMessage = z
  .looseObject({
    id: z.string().min(1),
    type: z.string().catch("text"),
    direction: z.enum(["inbound", "outbound"]),
    body: nullableText,
    content: Content.nullish().catch(null),
    media: Media.nullish().catch(null),
    image: Media.nullish().catch(null),
    video: Media.nullish().catch(null),
    document: Media.nullish().catch(null),
    audio: Media.nullish().catch(null),
    status: nullableText,
    timestamp: nullableTime,
    created_at: nullableTime,
  })
  .transform((wire, context) => {
    const at = wire.timestamp ?? wire.created_at;
    if (at !== null) return { ...wire, at };
    context.addIssue({ code: "custom", message: "no date", path: ["timestamp"] });
    return z.NEVER;
  });
export type WireMessage = z.infer<typeof WireMessage>;

const Sent = z.looseObject({
  id: z.string().min(1),
  status: nullableText,
  timestamp: nullableTime,
  created_at: nullableTime,
});
export const SentEnvelope = z.union([z.looseObject({ data: Sent }).transform(({ data }) => data), Sent]);

export const WireChannel = z.looseObject({
  id: z.string().min(1),
  phone_number: z.string().min(1),
  display_name: nullableText,
  waba_id: nullableText,
});
export type WireChannel = z.infer<typeof WireChannel>;

const Contact = z.looseObject({ name: nullableText, phone: nullableText, phone_number: nullableText });
export const ContactEnvelope = z.union([z.looseObject({ data: Contact }).transform(({ data }) => data), Contact]);
