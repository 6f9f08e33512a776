/**
 * The Quo adapter (API v1): its routes, its headers, its errors.
 *
 * Source: the vendor's public API reference. Must not touch the database or Electron, and must not retry.
 * Invariants: the key stands plain in the Authorization header, without "Bearer", and nowhere else; `maxResults` goes
 * with every list; the `since` parameter of messages is never used (it means "before").
 */
import { ProviderError } from "../../../shared/errors.ts";
import type { Clock, PageRequest, Provider, RemoteNumber } from "../../sync/ports.ts";
import { createHttp, urlPart } from "../http.ts";
import type { Fetch, HttpAnswer, HttpRequest } from "../http.ts";
import { statusError } from "../status-errors.ts";
import { readRecords } from "../wire.ts";
import { mapConversation, mapMessage, mapNumber, mapStatus, contactNameOf, readRef } from "./map.ts";
import type { Directory, QuoRef } from "./map.ts";
import {
  ErrorBody,
  ListEnvelope,
  SentEnvelope,
  WireContact,
  WireConversation,
  WireMessage,
  WireNumber,
} from "./wire.ts";

export interface QuoOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
}

const MAX_RESULTS = 100;
const CONTACTS_PER_PAGE = 50;
/** Names are a comfort: a larger address book is read to here and no further. */
const MAX_CONTACT_PAGES = 40;
const DIRECTORY_TTL_MS = 6 * 3_600_000;
/** A status may still change this long after a message was sent; only listing it again tells. */
const STATUS_WINDOW_MS = 48 * 3_600_000;

type Query = NonNullable<HttpRequest["query"]>;

export function createQuo(options: QuoOptions): Provider {
  const { clock } = options;
  const http = createHttp(options);
  let directory: { readonly at: number; readonly value: Directory } | null = null;
  /** A walk that met the rate limit goes on from there: begun anew, a long one would meet it every time. */
  let contactsSoFar: { names: Map<string, string>; page: number; pageToken: string | null } | null = null;

  async function ask(scope: string, request: Omit<HttpRequest, "headers">, isRecord = false): Promise<HttpAnswer> {
    const answer = await http.request({ ...request, headers: { Authorization: options.apiKey } });
    if (answer.status < 400) return answer;
    const body = ErrorBody.safeParse(answer.json);
    const hasCursor = request.query?.some(([name, value]) => name === "pageToken" && value != null) ?? false;
    throw statusError(
      answer,
      { scope, isWrite: request.method !== "GET", hasCursor, isRecord },
      {
        reason: body.success && body.data.code !== undefined ? String(body.data.code) : null,
        requestId: body.success ? (body.data.trace ?? null) : null,
      },
      clock.now(),
    );
  }

  async function list(scope: string, path: string, query: Query, signal: AbortSignal, isRecord = false) {
    const { json } = await ask(scope, { method: "GET", path, query, signal }, isRecord);
    const envelope = ListEnvelope.safeParse(json);
    if (!envelope.success) throw new ProviderError("invalid_response", { cause: envelope.error });
    return { data: envelope.data.data, nextCursor: envelope.data.nextPageToken || null };
  }

  async function listNumbers(signal: AbortSignal): Promise<RemoteNumber[]> {
    const { json } = await ask("phone numbers", { method: "GET", path: "/v1/phone-numbers", signal });
    const envelope = ListEnvelope.safeParse(json);
    if (!envelope.success) throw new ProviderError("invalid_response", { cause: envelope.error });
    return readRecords(envelope.data.data, WireNumber, mapNumber).items;
  }

  /** What the list does not say: which number an id is, and who a number is. */
  async function getDirectory(signal: AbortSignal): Promise<Directory> {
    if (directory !== null && clock.now() < directory.at + DIRECTORY_TTL_MS) return directory.value;
    const numbers = await comfort(() => listNumbers(signal), []);
    const nameOfNumber = await comfort(() => readContacts(signal), new Map<string, string>());
    const numberOf = new Map(numbers.map(({ remoteId, number }) => [remoteId ?? number, number]));
    directory = { at: clock.now(), value: { numberOf, nameOf: nameOfNumber } };
    return directory.value;
  }

  async function readContacts(signal: AbortSignal): Promise<Map<string, string>> {
    const { names, ...from } = contactsSoFar ?? { names: new Map<string, string>(), page: 0, pageToken: null };
    contactsSoFar = null;
    let { pageToken } = from;
    for (let { page } = from; page < MAX_CONTACT_PAGES; page += 1) {
      const query: Query = [
        ["maxResults", CONTACTS_PER_PAGE],
        ["pageToken", pageToken],
      ];
      const answer: { data: unknown[]; nextCursor: string | null } = await list(
        "contacts",
        "/v1/contacts",
        query,
        signal,
      ).catch((error: unknown) => {
        const isTooFast = error instanceof ProviderError && error.code === "rate_limited";
        if (isTooFast) contactsSoFar = { names, page, pageToken };
        throw error;
      });
      for (const contact of readRecords(answer.data, WireContact, (wire) => wire).items) {
        const name = contactNameOf(contact);
        for (const { value } of contact.defaultFields.phoneNumbers) if (value && name !== null) names.set(value, name);
      }
      if (answer.nextCursor === null || answer.nextCursor === pageToken) break;
      pageToken = answer.nextCursor;
    }
    return names;
  }

  function messageQuery(ref: QuoRef, extra: Query): Query {
    return [
      ["phoneNumberId", ref.phoneNumberId],
      ...ref.participants.map((number) => ["participants", number] as const),
      ...extra,
    ];
  }

  return {
    messageOrder: "unordered",
    listOrder: "since_filter",
    listIsSilent: true,
    clockOffsetMs: http.clockOffsetMs,

    async check(signal) {
      await list("conversations", "/v1/conversations", [["maxResults", 1]], signal);
    },

    async listConversations({ cursor, limit, signal, since }: PageRequest) {
      const names = await getDirectory(signal);
      const query: Query = [
        ["updatedAfter", since == null ? null : new Date(since).toISOString()],
        ["maxResults", Math.min(limit, MAX_RESULTS)],
        ["pageToken", cursor],
      ];
      const { data, nextCursor } = await list("conversations", "/v1/conversations", query, signal);
      const { items, rejected } = readRecords(data, WireConversation, (wire) => wire);
      const kept = items.filter(({ deletedAt }) => deletedAt === null).map((wire) => mapConversation(wire, names));
      const gone = items
        .filter(({ deletedAt }) => deletedAt !== null)
        .map((wire) => mapConversation(wire, names).remoteId);
      return { items: kept, rejected, nextCursor, gone };
    },

    async listMessages(conversation, { cursor, limit, signal, since }) {
      const query = messageQuery(getRef(conversation.remoteId), [
        ["createdAfter", since == null ? null : new Date(since - STATUS_WINDOW_MS).toISOString()],
        ["maxResults", Math.min(limit, MAX_RESULTS)],
        ["pageToken", cursor],
      ]);
      const { data, nextCursor } = await list("messages", "/v1/messages", query, signal, true);
      return { ...readRecords(data, WireMessage, mapMessage), nextCursor };
    },

    listNumbers,

    async send({ conversation, text, signal }) {
      const ref = getRef(conversation?.remoteId ?? "");
      const json = { content: text, from: ref.phoneNumberId, to: ref.participants };
      const answer = await ask("messages", { method: "POST", path: "/v1/messages", json, signal }, true);
      const parsed = SentEnvelope.safeParse(answer.json);
      // Accepted, but we cannot say as what: the thread will tell.
      if (!parsed.success) throw new ProviderError("invalid_response", { mayHaveArrived: true, cause: parsed.error });
      return receiptOf(parsed.data.data);
    },

    /** The vendor keeps no mark of ours: only the thread itself can tell, with everything known of it. */
    findSent: () => Promise.resolve(null),

    async markRead(conversation, signal) {
      const id = urlPart(getRef(conversation.remoteId).conversationId);
      await ask("conversations", { method: "POST", path: `/v1/conversations/${id}/mark-as-read`, signal }, true);
    },
  };
}

const receiptOf = (wire: WireMessage) => ({
  remoteId: wire.id,
  status: wire.status ? mapStatus(wire.status) : ("queued" as const),
  createdAt: wire.createdAt,
});

function getRef(remoteId: string): QuoRef {
  const ref = readRef(remoteId);
  if (ref === null) throw new ProviderError("internal");
  return ref;
}

/** What only adds comfort must not stop sync: a refusal gives the fallback. What passes is waited for, as always. */
async function comfort<T>(work: () => Promise<T>, fallback: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const optional = ["scope_missing", "wrong_address", "rejected", "invalid_response", "cursor_invalid"];
    if (error instanceof ProviderError && optional.includes(error.code)) return fallback;
    throw error;
  }
}
