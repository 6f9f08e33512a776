/**
 * AgentMessage's JSON as it is sent: strict on what we use, loose on everything else.
 *
 * Source: the vendor's public API reference (conversations, messages, phone numbers, errors). Unknown fields
 * and enum values are tolerated; a value whose loss only costs comfort falls back to null.
 */
import { z } from "zod";
import { isoMillis } from "../wire.ts";

const nullableTime = isoMillis.nullish().transform((ms) => ms ?? null);
const nullableText = z.string().nullish().catch(null);
const nullableCount = z.int().nonnegative().nullish().catch(null);

/** `total` and `offset` exist but lie (`total: 0` beside rows): nobody may read them. */
export const Envelope = z.looseObject({
  success: z.literal(true),
  data: z.array(z.unknown()),
  meta: z.looseObject({ next_cursor: z.string().nullish() }),
});

export const ErrorEnvelope = z.looseObject({
  error: z.looseObject({
    code: z.string().catch(""),
    message: z.string().catch(""),
    request_id: z.string().optional().catch(undefined),
    details: z.record(z.string(), z.unknown()).optional().catch(undefined),
  }),
});

export const WireConversation = z.looseObject({
  id: z.string().min(1),
  phone_number_id: nullableText,
  phone_number: z.string().min(1),
  contact_number: z.string().min(1),
  last_message_at: isoMillis,
  last_message_direction: z.enum(["inbound", "outbound"]).nullish().catch(null),
  last_message_preview: nullableText,
  last_message_body_redacted_at: nullableTime,
  message_count: nullableCount,
  consent: z
    .looseObject({ opted_in: z.boolean(), opted_in_at: nullableTime.catch(null) })
    .nullish()
    // An unreadable record is no permission: unknown.
    .catch(null),
});
export type WireConversation = z.infer<typeof WireConversation>;

export const WireMessage = z.looseObject({
  id: z.string().min(1),
  direction: z.enum(["inbound", "outbound"]),
  from_number: z.string().catch(""),
  to_number: z.string().catch(""),
  body: z.string().nullish(),
  media_urls: z.array(z.string()).catch([]),
  channel: z.string().catch("sms"),
  segment_count: nullableCount,
  status: nullableText,
  created_at: isoMillis,
  redacted_at: nullableTime,
});
export type WireMessage = z.infer<typeof WireMessage>;

/** A message as `POST /v1/messages` and `GET /v1/messages` show it: other field names than in a conversation. */
export const WireSent = z.looseObject({
  id: z.string().min(1),
  tag: nullableText,
  status: nullableText,
  created_at: isoMillis.nullish().catch(null),
});
export type WireSent = z.infer<typeof WireSent>;

export const SentEnvelope = z.looseObject({ success: z.literal(true), data: WireSent });

export const WireNumber = z.looseObject({
  id: nullableText,
  number: z.string().min(1),
  label: nullableText,
});
export type WireNumber = z.infer<typeof WireNumber>;
