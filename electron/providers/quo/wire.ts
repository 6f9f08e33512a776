/**
 * Quo's JSON (API v1) as it is sent: strict on what we use, loose on everything else.
 *
 * Source: the vendor's public API reference and its OpenAPI files. `totalItems` is declared wrong by the vendor:
 * nobody may read it.
 */
import { z } from "zod";
import { isoMillis, joinedId } from "../wire.ts";

const nullableTime = isoMillis
  .nullish()
  .transform((ms) => ms ?? null)
  .catch(null);
const nullableText = z.string().nullish().catch(null);

export const ListEnvelope = z.looseObject({ data: z.array(z.unknown()), nextPageToken: z.string().nullish() });

export const ErrorBody = z.looseObject({
  code: z.union([z.string(), z.number()]).optional().catch(undefined),
  trace: z.string().optional().catch(undefined),
});

export const WireConversation = z
  .looseObject({
    id: joinedId,
    phoneNumberId: joinedId,
    participants: z.array(z.string().regex(/^[^~,]+$/)).min(1),
    name: nullableText,
    createdAt: nullableTime,
    updatedAt: nullableTime,
    lastActivityAt: nullableTime,
    deletedAt: nullableTime,
  })
  .transform(({ createdAt, updatedAt, lastActivityAt, ...rest }, context) => {
    const activeAt = lastActivityAt ?? updatedAt ?? createdAt;
    if (activeAt !== null) return { ...rest, activeAt };
    context.addIssue({ code: "custom", message: "no date at all", path: ["lastActivityAt"] });
    return z.NEVER;
  });
export type WireConversation = z.infer<typeof WireConversation>;

export const WireMessage = z.looseObject({
  id: z.string().min(1),
  from: z.string().catch(""),
  to: z.array(z.string()).catch([]),
  text: z.string().nullish(),
  direction: z.enum(["incoming", "outgoing"]),
  status: nullableText,
  createdAt: isoMillis,
});
export type WireMessage = z.infer<typeof WireMessage>;

export const SentEnvelope = z.looseObject({ data: WireMessage });

export const WireNumber = z.looseObject({ id: z.string().min(1), number: z.string().min(1), name: nullableText });
export type WireNumber = z.infer<typeof WireNumber>;

export const WireContact = z.looseObject({
  id: nullableText,
  defaultFields: z.looseObject({
    firstName: nullableText,
    lastName: nullableText,
    company: nullableText,
    phoneNumbers: z.array(z.looseObject({ value: nullableText })).catch([]),
  }),
});
export type WireContact = z.infer<typeof WireContact>;
