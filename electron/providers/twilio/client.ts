/**
 * The Twilio Conversations v2 adapter: its routes, its headers, its errors.
 *
 * Source: the vendor's public API reference and its generated client library. Must not touch the database or
 * Electron, and must not retry. Invariants: the credentials appear in the Authorization header only; a reply is an
 * Action, never a Communication (which would only record it); once an Action was accepted, nothing makes a second.
 */
import { ProviderError } from "../../../shared/errors.ts";
import type { Clock, Page, PageRequest, Provider, RemoteMessage, RemoteNumber, SendReceipt } from "../../sync/ports.ts";
import { createHttp, urlPart } from "../http.ts";
import type { Fetch, Http, HttpAnswer, HttpRequest } from "../http.ts";
import { createMediaFetch } from "../media.ts";
import { beforeSend, statusError } from "../status-errors.ts";
import { createWindowIndex, readWindowCursor, writeWindowCursor } from "../window-index.ts";
import { readRecords } from "../wire.ts";
import { MEDIA_LIST, mapCommunication, mapConversation, mapNumber, partiesOf, threadIdOf } from "./map.ts";
import type { Parties } from "./map.ts";
import {
  ErrorBody,
  MediaEnvelope,
  NumbersEnvelope,
  WireAction,
  WireCommunication,
  WireConversation,
  WireNumber,
  readEnvelope,
} from "./wire.ts";

export interface TwilioOptions {
  readonly baseUrl: string;
  /** The account's SID; the second half of the pair may be its auth token, or "SK…:secret" of an API key. */
  readonly accountSid: string;
  readonly authToken: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
}

const MAX_PAGE = 1_000;
const MAX_INDEX_PAGES = 200;
const MAX_NUMBER_PAGES = 20;
const LIVE = ["ACTIVE", "INACTIVE"] as const;
const ALL = [...LIVE, "CLOSED"] as const;
/** When to ask what became of an Action. After the last, the thread tells. */
const ACTION_LOOKS_MS = [500, 1_000, 2_000, 4_000] as const;

/** The address of one medium, as its list gives it; without the ending it is the medium itself. */
const MEDIA_URI = /^\/2010-04-01\/Accounts\/\w+\/Messages\/\w+\/Media\/\w+\.json$/;

interface WindowFacts {
  readonly status: string;
  readonly parties: Parties;
}

export function createTwilio(options: TwilioOptions): Provider {
  const { clock, accountSid } = options;
  const http = createHttp(options);
  const messagingUrl = messagingBaseUrl(options.baseUrl);
  const messagingHttp = createHttp({ ...options, baseUrl: messagingUrl });
  const keyHeaders = () => ({ Authorization: `Basic ${credentialsOf(accountSid, options.authToken)}` });
  const fetchBytes = createMediaFetch({
    ...options,
    baseUrl: messagingUrl,
    headers: keyHeaders,
    scope: "messages",
  });
  const windows = createWindowIndex<WindowFacts>();
  /** The whole list was read for a thread's sake, as far as a list is read at all. */
  let hasWalked = false;
  /** Closed conversations are not on the everyday list: a thread is only known after the whole list was read once. */
  const isIndexed = () => hasWalked || windows.isWhole();

  async function ask(via: Http, request: Omit<HttpRequest, "headers">, isRecord = false): Promise<HttpAnswer> {
    const answer = await via.request({ ...request, headers: keyHeaders() });
    if (answer.status < 400) return answer;
    const body = ErrorBody.safeParse(answer.json);
    const hasCursor = request.query?.some(([name, value]) => name === "pageToken" && value != null) ?? false;
    throw statusError(
      answer,
      { scope: "conversations", isWrite: request.method !== "GET", hasCursor, isRecord },
      {
        reason: body.success && body.data.code !== undefined ? String(body.data.code) : null,
        requestId: answer.headers.get("twilio-request-id"),
      },
      clock.now(),
    );
  }

  async function list(path: string, key: string, query: NonNullable<HttpRequest["query"]>, signal: AbortSignal) {
    const { json } = await ask(http, { method: "GET", path, query, signal }, key === "communications");
    const envelope = readEnvelope(json, key);
    if (envelope === null) throw new ProviderError("invalid_response");
    return envelope;
  }

  async function readConversations(
    statuses: readonly string[],
    cursor: string | null,
    limit: number,
    signal: AbortSignal,
  ) {
    const query = [
      ...statuses.map((status) => ["status", status] as const),
      ["pageSize", Math.min(limit, MAX_PAGE)] as const,
      ["pageToken", cursor] as const,
    ];
    const { rows, nextCursor } = await list("/v2/Conversations", "conversations", query, signal);
    const { items, rejected } = readRecords(rows, WireConversation, (wire) => wire);
    for (const wire of items) {
      const parties = partiesOf(wire);
      const facts = { status: wire.status, parties };
      windows.add(threadIdOf(wire, parties), { id: wire.id, startedAt: wire.createdAt ?? wire.activeAt, facts });
    }
    if (statuses === ALL) windows.passed(cursor, nextCursor);
    return { items: items.map(mapConversation), rejected, nextCursor };
  }

  async function indexAll(signal: AbortSignal): Promise<void> {
    let cursor: string | null = null;
    for (let page = 0; page < MAX_INDEX_PAGES; page += 1) {
      const next: string | null = (await readConversations(ALL, cursor, MAX_PAGE, signal)).nextCursor;
      if (next === null || next === cursor) break;
      cursor = next;
    }
    hasWalked = true;
  }

  async function windowsOf(threadId: string, signal: AbortSignal) {
    if (!isIndexed() || windows.of(threadId).length === 0) await indexAll(signal);
    const known = windows.of(threadId);
    if (known.length === 0) throw new ProviderError("not_found");
    return known;
  }

  async function listMessages(threadId: string, { cursor, limit, signal }: PageRequest): Promise<Page<RemoteMessage>> {
    const known = await windowsOf(threadId, signal);
    const place = cursor === null ? { windowId: known[0]!.id, inner: null } : readWindowCursor(cursor);
    const at = known.findIndex(({ id }) => id === place?.windowId);
    if (place === null || at < 0) throw new ProviderError("cursor_invalid");
    const { id, facts } = known[at]!;
    const path = `/v2/Conversations/${urlPart(id)}/Communications`;
    const query = [
      ["pageSize", Math.min(limit, MAX_PAGE)],
      ["pageToken", place.inner],
    ] as const;
    const after = known[at + 1];
    const nextWindow = after === undefined ? null : writeWindowCursor({ windowId: after.id, inner: null });
    try {
      const page = await list(path, "communications", query, signal);
      const records = readRecords(page.rows, WireCommunication, (wire) =>
        mapCommunication(wire, facts.parties, accountSid),
      );
      const inner = page.nextCursor;
      return { ...records, nextCursor: inner === null ? nextWindow : writeWindowCursor({ windowId: id, inner }) };
    } catch (error) {
      if (!(error instanceof ProviderError) || error.code !== "not_found") throw error;
      // This conversation was deleted; the thread lives on while another one is left.
      windows.remove(threadId, id);
      if (windows.of(threadId).length === 0) throw error;
      return { items: [], rejected: [], nextCursor: nextWindow };
    }
  }

  async function readAction(path: string, signal: AbortSignal): Promise<WireAction | null> {
    const parsed = WireAction.safeParse((await ask(http, { method: "GET", path, signal }, true)).json);
    return parsed.success ? parsed.data : null;
  }

  /** What an accepted Action became. An answer that does not come is no failure: it is asked again later. */
  async function follow(conversationId: string, accepted: WireAction, signal: AbortSignal): Promise<SendReceipt> {
    let action = accepted;
    const path = `/v2/Conversations/${urlPart(conversationId)}/Actions/${urlPart(action.id)}`;
    for (const delayMs of ACTION_LOOKS_MS) {
      if (action.status !== "PENDING") break;
      await new Promise<void>((resolve) => clock.schedule(delayMs, resolve));
      if (signal.aborted) break;
      try {
        action = (await readAction(path, signal)) ?? action;
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        break;
      }
    }
    if (action.status === "FAILED") throw new ProviderError("rejected", { detail: { reason: "FAILED" } });
    return { ...receiptOf(action, accepted.createdAt), follow: action.status === "COMPLETED" ? null : path };
  }

  const receiptOf = (action: WireAction, acceptedAt: number | null): SendReceipt => ({
    remoteId: action.related?.communicationId || action.related?.messageSid || action.id,
    status: action.status === "COMPLETED" ? "sent" : "queued",
    createdAt: acceptedAt ?? clock.now(),
  });

  /** Everything behind one message's list of media, as paths of their own. */
  async function listMedia(path: string, signal: AbortSignal): Promise<string[]> {
    const envelope = MediaEnvelope.safeParse((await ask(messagingHttp, { method: "GET", path, signal }, true)).json);
    if (!envelope.success) throw new ProviderError("invalid_response", { cause: envelope.error });
    return envelope.data.media_list.flatMap(({ uri }) => (MEDIA_URI.test(uri) ? [uri.slice(0, -".json".length)] : []));
  }

  return {
    messageOrder: "unordered",
    listOrder: "unordered",
    listIsSilent: true,
    clockOffsetMs: http.clockOffsetMs,

    async check(signal) {
      await list("/v2/Conversations", "conversations", [["pageSize", 1]], signal);
    },

    async listConversations({ cursor, limit, signal, purpose }) {
      // The everyday list leaves closed conversations out, once the first pass of this process has seen them.
      const place = cursor === null ? null : readWindowCursor(cursor);
      if (cursor !== null && place === null) throw new ProviderError("cursor_invalid");
      // A walk ends over the list it began.
      const scope = place?.windowId ?? (purpose === "sweep" || !isIndexed() ? "all" : "live");
      const page = await readConversations(scope === "all" ? ALL : LIVE, place?.inner ?? null, limit, signal);
      const inner = page.nextCursor;
      return { ...page, nextCursor: inner === null ? null : writeWindowCursor({ windowId: scope, inner }) };
    },

    listMessages: (conversation, request) => listMessages(conversation.remoteId, request),

    async listNumbers(signal) {
      const numbers: RemoteNumber[] = [];
      let path: string | null = `/2010-04-01/Accounts/${urlPart(accountSid)}/IncomingPhoneNumbers.json`;
      for (let page = 0; page < MAX_NUMBER_PAGES && path !== null; page += 1) {
        const { json }: HttpAnswer = await ask(messagingHttp, { method: "GET", path, signal });
        const envelope = NumbersEnvelope.safeParse(json);
        if (!envelope.success) throw new ProviderError("invalid_response", { cause: envelope.error });
        numbers.push(...readRecords(envelope.data.incoming_phone_numbers, WireNumber, mapNumber, "sid").items);
        const next: string | null = envelope.data.next_page_uri ?? null;
        path = next !== null && next.startsWith("/2010-04-01/") && next !== path ? next : null;
      }
      return numbers;
    },

    async send({ conversation, text, signal }) {
      const known = await beforeSend(windowsOf(conversation?.remoteId ?? "", signal));
      const { id, facts } = known.find((window) => window.facts.status !== "CLOSED") ?? known[0]!;
      const { own, customers, channel } = facts.parties;
      if (own === null || customers.length === 0)
        throw new ProviderError("rejected", { detail: { reason: "no_address" } });
      const json = {
        type: "SEND_MESSAGE",
        payload: {
          from: { address: own, channel },
          to: customers.map((address) => ({ address, channel })),
          content: { text },
        },
      };
      const path = `/v2/Conversations/${urlPart(id)}/Actions`;
      const answer = await ask(http, { method: "POST", path, json, signal }, true);
      const parsed = WireAction.safeParse(answer.json);
      // Accepted, but we cannot say as what: the thread will tell.
      if (!parsed.success) throw new ProviderError("invalid_response", { mayHaveArrived: true, cause: parsed.error });
      return follow(id, parsed.data, signal);
    },

    /** The vendor keeps no mark of ours: only the thread itself can tell. */
    findSent: () => Promise.resolve(null),

    async followSent(path, signal) {
      const action = await readAction(path, signal);
      if (action === null || action.status === "PENDING") return null;
      return action.status === "FAILED" ? "failed" : receiptOf(action, action.createdAt);
    },

    async fetchMedia(request) {
      if (!request.source.endsWith(MEDIA_LIST)) return { bytes: await fetchBytes(request) };
      const [first, ...more] = await listMedia(request.source, request.signal);
      if (first === undefined) throw new ProviderError("not_found");
      return { bytes: await fetchBytes({ ...request, source: first }), more };
    },
  };
}

/** An API key stands in for the account: its SID and secret, typed as one, take the place of the pair. */
function credentialsOf(accountSid: string, authToken: string): string {
  const pair = /^SK[0-9a-zA-Z]+:/.test(authToken) ? authToken : `${accountSid}:${authToken}`;
  return Buffer.from(pair, "utf8").toString("base64");
}

/** Numbers and media live on another host of the vendor; a base URL of one's own serves both. */
function messagingBaseUrl(baseUrl: string): string {
  const { hostname } = new URL(baseUrl);
  return hostname === "conversations.twilio.com" ? "https://api.twilio.com" : baseUrl;
}
