/**
 * HighLevel's JSON as it is sent: strict on what we use, loose on everything else.
 *
 * Source: the vendor's public OpenAPI files and what its servers are known to answer. Real rows lack documented
 * fields and carry undocumented ones, so that only ids and dates are required.
 */
import { z } from "zod";
import { isoMillis, joinedId, nextPlaceOf } from "../wire.ts";

const nullableText = z.string().nullish().catch(null);

/** Of what a date can be. */
const LAST_MILLIS = 8.64e15;

/** Dates come as Unix milliseconds in lists and as ISO texts in threads; both are accepted in either. */
const anyMillis = z.union([z.int().nonnegative().max(LAST_MILLIS), isoMillis]);

export const ListEnvelope = z.looseObject({ conversations: z.array(z.unknown()) });

const MessagePage = z
  .looseObject({ messages: z.array(z.unknown()), lastMessageId: nextPlaceOf, nextPage: z.boolean().nullish() })
  // More, and nowhere to find it.
  .refine(({ nextPage, lastMessageId }) => nextPage !== true || !!lastMessageId);
export type MessagePage = z.infer<typeof MessagePage>;

/** The documented envelope is flat, the server's wraps it once more. */
export const MessagesEnvelope = z.union([
  z.looseObject({ messages: MessagePage }).transform(({ messages }) => messages),
  MessagePage,
]);

export const ErrorBody = z.looseObject({ traceId: z.string().optional().catch(undefined) });

export const WireConversation = z
  .looseObject({
    id: joinedId,
    contactId: joinedId,
    lastMessageBody: nullableText,
    lastMessageType: nullableText,
    lastMessageDirection: z.enum(["inbound", "outbound"]).nullish().catch(null),
    unreadCount: z.int().nonnegative().nullish().catch(null),
    fullName: nullableText,
    contactName: nullableText,
    email: nullableText,
    phone: nullableText,
    lastMessageDate: anyMillis.nullish().catch(null),
    dateUpdated: anyMillis.nullish().catch(null),
    dateAdded: anyMillis.nullish().catch(null),
    sort: z.tuple([anyMillis], z.unknown()).nullish().catch(null),
    deleted: z.boolean().nullish().catch(null),
  })
  .transform((wire, context) => {
    const sortValue = wire.sort?.[0] ?? null;
    const activeAt = wire.lastMessageDate ?? sortValue ?? wire.dateUpdated ?? wire.dateAdded ?? null;
    if (activeAt !== null) return { ...wire, activeAt, sortValue: sortValue ?? wire.lastMessageDate ?? activeAt };
    context.addIssue({ code: "custom", message: "no date at all", path: ["lastMessageDate"] });
    return z.NEVER;
  });
export type WireConversation = z.infer<typeof WireConversation>;

export const WireMessage = z.looseObject({
  id: z.string().min(1),
  messageType: nullableText,
  direction: z.enum(["inbound", "outbound"]).nullish().catch(null),
  body: nullableText,
  status: nullableText,
  dateAdded: anyMillis,
  attachments: z.array(z.string()).nullish().catch(null),
});
export type WireMessage = z.infer<typeof WireMessage>;

export const ExportEnvelope = z.looseObject({ messages: z.array(z.unknown()), nextCursor: nextPlaceOf });

/** A row of the export: a message that names its thread, and says when it changed if it says so at all. */
export const WireExported = WireMessage.extend({
  conversationId: nullableText,
  contactId: nullableText,
  dateUpdated: anyMillis.nullish().catch(null),
});
export type WireExported = z.infer<typeof WireExported>;

export const WireSent = z.looseObject({ messageId: z.string().min(1) });

/** The documented form is an object whose values are addresses; lists under other names are taken as well. */
const Addresses = z.union([
  z.string().transform((one) => [one]),
  z.array(z.union([z.string(), z.looseObject({ url: z.string() }).transform(({ url }) => url)])),
  z.record(z.string(), z.unknown()).transform((map) => Object.values(map).filter((value) => typeof value === "string")),
]);
const optional = Addresses.nullish().catch(null);

/** What an upload answers: the first https address in it. Anything else, or anything with a user name in it, is none. */
export const WireUpload = z
  .looseObject({ uploadedFiles: optional, urls: optional, attachments: optional, url: optional })
  .transform(({ uploadedFiles, urls, attachments, url }, context) => {
    const [found] = [uploadedFiles, urls, attachments, url].flatMap((list) => list ?? []).flatMap(safeAddress);
    if (found !== undefined) return found;
    context.addIssue({ code: "custom", message: "no https address", path: ["uploadedFiles"] });
    return z.NEVER;
  });

const MAX_ADDRESS_CHARS = 2_048;

function safeAddress(text: string): string[] {
  const url = text.length > MAX_ADDRESS_CHARS ? null : URL.parse(text);
  return url?.protocol === "https:" && url.username === "" && url.password === "" ? [text] : [];
}

export const NumbersEnvelope = z.looseObject({ numbers: z.array(z.unknown()) });

export const WireNumber = z.looseObject({
  phoneNumber: z.string().min(1),
  friendlyName: nullableText,
  sid: nullableText,
  isDefaultNumber: z.boolean().nullish().catch(null),
});
export type WireNumber = z.infer<typeof WireNumber>;
