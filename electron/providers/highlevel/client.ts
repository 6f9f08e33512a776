/**
 * The HighLevel adapter: its routes, its headers, its errors.
 *
 * Source: the vendor's public OpenAPI files. Must not touch the database or Electron, and must not retry.
 * Invariants: the token appears in the Authorization header only; every request carries the `Version` its family
 * of routes is documented with; `sort` and `sortBy` are always sent, because no default is documented.
 */
import { ProviderError } from "../../../shared/errors.ts";
import type { Clock, ConversationRef, Page, Provider, RemoteMessage, RemoteNumber } from "../../sync/ports.ts";
import { createHttp, urlPart } from "../http.ts";
import type { Fetch, HttpAnswer, HttpRequest } from "../http.ts";
import { createMediaFetch } from "../media.ts";
import { beforeSend, statusError } from "../status-errors.ts";
import { readRecords } from "../wire.ts";
import { exportQuery, readExport } from "./export.ts";
import { channelOf, mapConversation, mapMessage, mapNumber, readRef, sendTypeOf } from "./map.ts";
import type { HighLevelRef } from "./map.ts";
import { PAGE_LIMIT, nextSortCursor, readSortCursor } from "./paging.ts";
import {
  ErrorBody,
  ListEnvelope,
  MessagesEnvelope,
  NumbersEnvelope,
  WireConversation,
  WireMessage,
  WireNumber,
  WireSent,
  WireUpload,
} from "./wire.ts";

export interface HighLevelOptions {
  readonly baseUrl: string;
  readonly accessToken: string;
  readonly locationId: string;
  /** For the routes of conversations; the vendor documents "2021-04-15" and "v3". */
  readonly apiVersion: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
}

export const DEFAULT_API_VERSION = "2021-04-15";
/** Of contacts and phone numbers. */
const OTHER_VERSION = "2021-07-28";

/** Permissions by route, in the vendor's words. */
const SCOPES = {
  conversations: "conversations.readonly",
  edit: "conversations.write",
  messages: "conversations/message.readonly",
  send: "conversations/message.write",
  numbers: "phonenumbers.read",
} as const;
type Scope = (typeof SCOPES)[keyof typeof SCOPES];

/** The vendor's search is known to be slow. */
const DEADLINE_MS = 30_000;
/** Five megabytes over a slow line. */
const UPLOAD_DEADLINE_MS = 180_000;

export function createHighLevel(options: HighLevelOptions): Provider {
  const { clock, locationId } = options;
  const http = createHttp({ ...options, deadlineMs: DEADLINE_MS });
  const keyHeaders = (version: string) => ({ Authorization: `Bearer ${options.accessToken}`, Version: version });
  const fetchBytes = createMediaFetch({
    ...options,
    headers: () => keyHeaders(options.apiVersion),
    scope: SCOPES.messages,
  });
  /** Channel of each thread's newest message, as lists and threads pass by: a reply answers where it was asked. */
  const channels = new Map<string, string>();
  let ownNumber: string | null = null;

  interface Ask extends Omit<HttpRequest, "headers"> {
    readonly isRecord?: boolean;
    readonly hasCursor?: boolean;
  }

  async function ask(scope: Scope, { isRecord = false, hasCursor = false, ...request }: Ask): Promise<HttpAnswer> {
    const version = request.path.startsWith("/conversations/") ? options.apiVersion : OTHER_VERSION;
    const answer = await http.request({ ...request, headers: keyHeaders(version) });
    if (answer.status < 400) return answer;
    const body = ErrorBody.safeParse(answer.json);
    throw statusError(
      answer,
      { scope, isWrite: request.method !== "GET", hasCursor, isRecord },
      {
        requestId: body.success ? (body.data.traceId ?? null) : null,
        waitMs: announcedWaitMs(answer.headers, clock.now()),
      },
      clock.now(),
    );
  }

  async function listNumbers(signal: AbortSignal): Promise<RemoteNumber[]> {
    const path = `/phone-system/numbers/location/${urlPart(locationId)}`;
    let json: unknown;
    try {
      ({ json } = await ask(SCOPES.numbers, { method: "GET", path, signal, isRecord: true }));
    } catch (error) {
      // Some locations have no phone system: no numbers, no failure.
      if (error instanceof ProviderError && error.code === "not_found") return [];
      throw error;
    }
    const envelope = NumbersEnvelope.safeParse(json);
    if (!envelope.success) throw new ProviderError("invalid_response", { cause: envelope.error });
    const { items } = readRecords(envelope.data.numbers, WireNumber, (wire) => wire, "phoneNumber");
    ownNumber = (items.find(({ isDefaultNumber }) => isDefaultNumber) ?? items[0])?.phoneNumber ?? null;
    return items.map(mapNumber);
  }

  /** The list does not say which own number a thread runs on: the location's default stands for it. */
  async function getOwnNumber(signal: AbortSignal): Promise<string> {
    if (ownNumber !== null) return ownNumber;
    try {
      await listNumbers(signal);
    } catch (error) {
      const optional = ["scope_missing", "invalid_response", "rejected"];
      if (!(error instanceof ProviderError) || !optional.includes(error.code)) throw error;
    }
    ownNumber ??= locationId;
    return ownNumber;
  }

  async function search(query: NonNullable<HttpRequest["query"]>, signal: AbortSignal, hasCursor: boolean) {
    const { json } = await ask(SCOPES.conversations, {
      method: "GET",
      path: "/conversations/search",
      query: [
        ["locationId", locationId],
        ["sort", "desc"],
        ["sortBy", "last_message_date"],
        ["status", "all"],
        ...query,
      ],
      signal,
      hasCursor,
    });
    const envelope = ListEnvelope.safeParse(json);
    if (!envelope.success) throw new ProviderError("invalid_response", { cause: envelope.error });
    return envelope.data.conversations;
  }

  async function listMessages(
    conversation: Pick<ConversationRef, "remoteId">,
    { cursor, limit, signal }: { cursor: string | null; limit: number; signal: AbortSignal },
  ): Promise<Page<RemoteMessage>> {
    const { conversationId } = getRef(conversation.remoteId);
    const { json } = await ask(SCOPES.messages, {
      method: "GET",
      path: `/conversations/${urlPart(conversationId)}/messages`,
      query: [
        ["limit", Math.min(limit, PAGE_LIMIT)],
        ["lastMessageId", cursor],
      ],
      signal,
      isRecord: true,
      hasCursor: cursor !== null,
    });
    const envelope = MessagesEnvelope.safeParse(json);
    if (!envelope.success) throw new ProviderError("invalid_response", { cause: envelope.error });
    const { messages, nextPage, lastMessageId } = envelope.data;
    const { items, rejected } = readRecords(messages, WireMessage, mapMessage);
    const real = items.filter((item) => item !== null);
    if (cursor === null) rememberChannel(conversation.remoteId, real);
    return { items: real, rejected, nextCursor: nextPage === true ? lastMessageId || null : null };
  }

  function rememberChannel(remoteId: string, items: readonly RemoteMessage[]): void {
    const answerable = items.filter(({ channel }) => sendTypeOf(channel) !== null);
    const newestFirst = answerable.toSorted((a, b) => b.createdAt - a.createdAt);
    const asked = newestFirst.find(({ direction }) => direction === "inbound") ?? newestFirst[0];
    if (asked !== undefined) channels.set(remoteId, asked.channel);
  }

  return {
    messageOrder: "newest_first",
    listOrder: "newest_first",
    // A reply tried again there replaces the failed one without a word; a person may delete one, too.
    messagesVanish: true,
    // When the last row is no message, the list speaks of something people do not see.
    listIsSilent: true,
    clockOffsetMs: http.clockOffsetMs,

    async check(signal) {
      await search([["limit", 1]], signal, false);
    },

    async listConversations({ cursor, limit: wanted, signal }) {
      const asked = cursor === null ? null : readSortCursor(cursor);
      if (cursor !== null && asked === null) throw new ProviderError("cursor_invalid");
      const own = await getOwnNumber(signal);
      const limit = asked?.limit ?? Math.min(wanted, PAGE_LIMIT);
      const query = [
        ["limit", limit],
        ["startAfterDate", asked?.before],
      ] as const;
      const rows = await search(query, signal, asked !== null);
      const { items, rejected } = readRecords(rows, WireConversation, (wire) => wire);
      // Without one date there is no way on, and ending here would pass over what follows.
      if (items.length === 0 && rows.length >= limit) throw new ProviderError("invalid_response");
      const values = items.map(({ sortValue }) => sortValue);
      const listed = items.filter(({ deleted }) => deleted !== true).map((wire) => mapConversation(wire, own));
      const gone = items.filter(({ deleted }) => deleted === true).map((wire) => mapConversation(wire, own).remoteId);
      return { items: listed, rejected, gone, nextCursor: nextSortCursor(asked, limit, rows.length, values) };
    },

    listMessages,
    listNumbers,

    async listChanges({ cursor, limit, signal }) {
      const path = "/conversations/messages/export";
      const query = exportQuery(locationId, { cursor, limit });
      const { json } = await ask(SCOPES.messages, { method: "GET", path, query, signal, hasCursor: cursor !== null });
      return readExport(json);
    },

    async upload({ conversation, name, contentType, bytes, signal }) {
      const form = new FormData();
      form.set("conversationId", getRef(conversation.remoteId).conversationId);
      form.set("locationId", locationId);
      form.set("fileAttachment", new Blob([new Uint8Array(bytes)], { type: contentType }), name);
      const path = "/conversations/messages/upload";
      const request = { method: "POST", path, form, signal, isRecord: true, deadlineMs: UPLOAD_DEADLINE_MS } as const;
      const { json } = await ask(SCOPES.send, request).catch((error: unknown) => {
        throw uploadRefusal(error);
      });
      const parsed = WireUpload.safeParse(json);
      if (!parsed.success) throw new ProviderError("invalid_response", { cause: parsed.error });
      return { url: parsed.data };
    },

    async send({ conversation, text, attachments = [], signal }) {
      const remoteId = conversation?.remoteId ?? "";
      const { contactId } = getRef(remoteId);
      if (!channels.has(remoteId)) await beforeSend(listMessages({ remoteId }, { cursor: null, limit: 20, signal }));
      const type = sendTypeOf(channels.get(remoteId) ?? channelOf(null));
      const json = {
        type,
        contactId,
        // Files alone have no words: whether the vendor takes an empty text is not documented.
        ...(text === "" ? {} : { message: text }),
        ...(attachments.length === 0 ? {} : { attachments }),
      };
      const answer = await ask(SCOPES.send, {
        method: "POST",
        path: "/conversations/messages",
        json,
        signal,
        isRecord: true,
      });
      const parsed = WireSent.safeParse(answer.json);
      // Accepted, but we cannot say as what: the thread will tell.
      if (!parsed.success) throw new ProviderError("invalid_response", { mayHaveArrived: true, cause: parsed.error });
      return {
        remoteId: parsed.data.messageId,
        status: "queued",
        createdAt: clock.now() + (http.clockOffsetMs() ?? 0),
      };
    },

    /** The vendor keeps no mark of ours: only the thread itself can tell. */
    findSent: () => Promise.resolve(null),

    fetchMedia: async (request) => ({ bytes: await fetchBytes(request) }),

    async markRead(conversation, signal) {
      const path = `/conversations/${urlPart(getRef(conversation.remoteId).conversationId)}`;
      await ask(SCOPES.edit, { method: "PUT", path, json: { locationId, unreadCount: 0 }, signal, isRecord: true });
    },
  };
}

/** A refusal of the file itself says which of its sides is wrong. */
function uploadRefusal(error: unknown): unknown {
  const status = error instanceof ProviderError ? error.detail["status"] : undefined;
  if (status === "413") return new ProviderError("file_too_large", { detail: { status }, cause: error });
  if (status === "415") return new ProviderError("file_type", { detail: { status }, cause: error });
  return error;
}

function getRef(remoteId: string): HighLevelRef {
  const ref = readRef(remoteId);
  if (ref === null) throw new ProviderError("internal");
  return ref;
}

const MAX_WAIT_MS = 3_600_000;

/** The vendor sends no Retry-After: a spent day lasts until its reset, a spent interval as long as it says. */
function announcedWaitMs(headers: Headers, now: number): number | null {
  const read = (name: string): number | null => {
    const value = headers.get(name);
    return value === null || !/^\d+$/.test(value.trim()) ? null : Number(value);
  };
  if (read("x-ratelimit-daily-remaining") === 0) {
    const resetAt = read("x-ratelimit-daily-reset");
    return resetAt !== null && resetAt > now ? Math.min(MAX_WAIT_MS, resetAt - now) : MAX_WAIT_MS;
  }
  const intervalMs = read("x-ratelimit-interval-milliseconds");
  return intervalMs === null ? null : Math.min(MAX_WAIT_MS, intervalMs);
}
