/**
 * Twilio Conversations v2 JSON as it is sent: strict on what we use, loose on everything else.
 *
 * Source: the vendor's public API reference and its generated client library. The property that holds a list's
 * items is named by `meta.key`.
 */
import { z } from "zod";
import { isoMillis, nextPlaceOf } from "../wire.ts";

const nullableText = z.string().nullish().catch(null);
const nullableTime = isoMillis
  .nullish()
  .transform((ms) => ms ?? null)
  .catch(null);

const Envelope = z.looseObject({ meta: z.looseObject({ key: nullableText, nextToken: nextPlaceOf }) });

/** Null for what is no list: neither the named property nor the documented one holds items. */
export function readEnvelope(
  json: unknown,
  documentedKey: string,
): { rows: unknown[]; nextCursor: string | null } | null {
  const parsed = Envelope.safeParse(json);
  if (!parsed.success) return null;
  const { meta, ...rest } = parsed.data;
  const named = [meta.key, documentedKey].find((key) => key && Object.hasOwn(rest, key) && Array.isArray(rest[key]));
  return named ? { rows: rest[named] as unknown[], nextCursor: meta.nextToken || null } : null;
}

/** RFC 9457 and the older shape both carry a code. */
export const ErrorBody = z.looseObject({
  code: z.union([z.string(), z.number()]).optional().catch(undefined),
  instance: z.string().optional().catch(undefined),
});

const Address = z.looseObject({ channel: z.string().catch(""), address: z.string().min(1) });

const Participant = z.looseObject({
  id: nullableText,
  name: nullableText,
  type: z.string().catch("UNKNOWN"),
  addresses: z.array(Address).nullish().catch(null),
});
export type Participant = z.infer<typeof Participant>;

export const WireConversation = z
  .looseObject({
    id: z.string().min(1),
    status: z.string().catch("ACTIVE"),
    name: nullableText,
    createdAt: nullableTime,
    updatedAt: nullableTime,
    participants: z.array(Participant).nullish().catch(null),
  })
  .transform((wire, context) => {
    const activeAt = wire.updatedAt ?? wire.createdAt;
    if (activeAt !== null) return { ...wire, activeAt };
    context.addIssue({ code: "custom", message: "no date at all", path: ["updatedAt"] });
    return z.NEVER;
  });
export type WireConversation = z.infer<typeof WireConversation>;

const Party = z.looseObject({ address: nullableText, channel: nullableText, participantId: nullableText });

export const WireCommunication = z
  .looseObject({
    id: z.string().min(1),
    author: Party,
    content: z.looseObject({ type: nullableText, text: nullableText }).nullish().catch(null),
    recipients: z
      .array(Party.extend({ deliveryStatus: nullableText }))
      .nullish()
      .catch(null),
    resourceId: nullableText,
    createdAt: nullableTime,
    occurredAt: nullableTime,
  })
  .transform((wire, context) => {
    const at = wire.occurredAt ?? wire.createdAt;
    if (at !== null) return { ...wire, at };
    context.addIssue({ code: "custom", message: "no date at all", path: ["occurredAt"] });
    return z.NEVER;
  });
export type WireCommunication = z.infer<typeof WireCommunication>;

export const WireAction = z.looseObject({
  id: z.string().min(1),
  status: z.string().catch("PENDING"),
  createdAt: nullableTime,
  related: z.looseObject({ messageSid: nullableText, communicationId: nullableText }).nullish().catch(null),
});
export type WireAction = z.infer<typeof WireAction>;

/** Of one message, on the vendor's older host. */
export const MediaEnvelope = z.looseObject({ media_list: z.array(z.looseObject({ uri: z.string() })) });

export const NumbersEnvelope = z.looseObject({
  incoming_phone_numbers: z.array(z.unknown()),
  next_page_uri: nullableText,
});

export const WireNumber = z.looseObject({
  sid: nullableText,
  phone_number: z.string().min(1),
  friendly_name: nullableText,
});
export type WireNumber = z.infer<typeof WireNumber>;
