/**
 * The Vobiz WhatsApp adapter, for both documented generations: its routes, its headers, its errors.
 *
 * Source: the vendor's public API reference. Must not touch the database or Electron, and must not retry.
 * Invariants: the credentials appear in their two headers only; the base URL holds the whole prefix of the generation
 * that the account serves; a page is read the same way whichever generation it comes from.
 */
import { ProviderError } from "../../../shared/errors.ts";
import type {
  Clock,
  ConversationRef,
  Page,
  PageRequest,
  Provider,
  RemoteConversation,
  RemoteMessage,
} from "../../sync/ports.ts";
import { createHttp, urlPart } from "../http.ts";
import type { Fetch, HttpAnswer, HttpRequest } from "../http.ts";
import { createMediaFetch } from "../media.ts";
import { beforeSend, statusError } from "../status-errors.ts";
import { createWindowIndex, readWindowCursor, writeWindowCursor } from "../window-index.ts";
import { readRecords } from "../wire.ts";
import { createDirectory } from "./directory.ts";
import { mapChannel, mapMessage, mapStatus, mapThread, mapWindow, readRef, writeRef } from "./map.ts";
import type { VobizRef } from "./map.ts";
import { nextPlace, readPlace } from "./paging.ts";
import { ConversationRow, ErrorBody, ListEnvelope, SentEnvelope, WireMessage } from "./wire.ts";
import type { WindowRow } from "./wire.ts";

export interface VobizOptions {
  /** Including the generation's prefix, such as `/v1/messaging`. */
  readonly baseUrl: string;
  readonly authId: string;
  readonly authToken: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
}

const SCOPE = "messaging";
const MAX_LIMIT = 100;
/** Open windows looked into per page, because their rows do not say when something last happened. */
const MAX_LOOKS = 20;
const LOOK_LIMIT = 10;
const MAX_INDEX_PAGES = 200;

export function createVobiz(options: VobizOptions): Provider {
  const { clock } = options;
  const http = createHttp(options);
  const keyHeaders = () => ({ "X-Auth-ID": options.authId, "X-Auth-Token": options.authToken });
  const fetchBytes = createMediaFetch({
    ...options,
    headers: keyHeaders,
    scope: SCOPE,
  });
  const windows = createWindowIndex<WindowRow>();
  /** The whole list was read for a thread's sake, as far as a list is read at all. */
  let hasWalked = false;

  async function ask(request: Omit<HttpRequest, "headers">, isRecord: boolean): Promise<HttpAnswer> {
    const answer = await http.request({ ...request, headers: keyHeaders() });
    if (answer.status < 400) return answer;
    const body = ErrorBody.safeParse(answer.json);
    const error = body.success && typeof body.data.error === "object" ? body.data.error : null;
    const hasCursor = request.query?.some(([name, value]) => name === "cursor" && value != null) ?? false;
    throw statusError(
      answer,
      { scope: SCOPE, isWrite: request.method !== "GET", hasCursor, isRecord },
      {
        reason: error?.code ?? null,
        requestId: body.success ? (body.data.requestId ?? body.data.api_id ?? null) : null,
      },
      clock.now(),
    );
  }

  async function list(path: string, query: NonNullable<HttpRequest["query"]>, signal: AbortSignal, isRecord = false) {
    const { json } = await ask({ method: "GET", path, query, signal }, isRecord);
    const envelope = ListEnvelope.safeParse(json);
    if (!envelope.success) throw new ProviderError("invalid_response", { cause: envelope.error });
    return envelope.data;
  }

  const directory = createDirectory({ clock, list, ask });

  async function readList(cursor: string | null, limit: number, signal: AbortSignal) {
    const place = readPlace(cursor);
    if (place === null) throw new ProviderError("cursor_invalid");
    const query =
      place.kind === "cursor"
        ? ([
            ["cursor", place.cursor],
            ["limit", limit],
          ] as const)
        : ([["page", place.page === 1 ? null : place.page]] as const);
    const { rows, nextCursor } = await list("/conversations", query, signal);
    const { items, rejected } = readRecords(rows, ConversationRow, (row) => row);
    for (const item of items) {
      if (item.kind === "window")
        windows.add(threadIdOf(item.row), { id: item.row.id, startedAt: item.row.started_at, facts: item.row });
    }
    // A row that cannot be read is on the page all the same: one full of them is not the end.
    const ids = [...items.map(({ row }) => row.id), ...rejected.map(({ remoteId, hash }) => remoteId ?? hash)];
    const next = nextPlace(place, ids, nextCursor);
    windows.passed(cursor, next);
    return { items, rejected, nextCursor: next };
  }

  async function lookInto(windowId: string, signal: AbortSignal): Promise<RemoteMessage | null> {
    const page = await readMessages(windowId, { cursor: null, limit: LOOK_LIMIT, signal });
    return page.items.toSorted((a, b) => b.createdAt - a.createdAt)[0] ?? null;
  }

  async function listConversations({ cursor, limit, signal }: PageRequest): Promise<Page<RemoteConversation>> {
    const { items, rejected, nextCursor } = await readList(cursor, Math.min(limit, MAX_LIMIT), signal);
    const listed: RemoteConversation[] = [];
    const rows: WindowRow[] = [];
    for (const item of items) {
      if (item.kind === "window") rows.push(item.row);
      else listed.push(mapThread(item.row, await directory.ownNumber(item.row.channel_id, signal)));
    }
    const newest = new Map<string, WindowRow>();
    for (const row of rows.toSorted((a, b) => a.started_at - b.started_at)) newest.set(threadIdOf(row), row);
    const isOpen = (row: WindowRow) => row.status !== "closed" && (row.expires_at ?? Infinity) > clock.now();
    let looks = 0;
    for (const row of [...newest.values()].toSorted((a, b) => b.started_at - a.started_at)) {
      const look = isOpen(row) && looks < MAX_LOOKS;
      if (look) looks += 1;
      const contact = await directory.contact(row.contact_id, signal);
      listed.push(
        mapWindow(row, {
          ownNumber: await directory.ownNumber(row.channel_id, signal),
          contactNumber: contact.number ?? row.contact_id,
          contactName: contact.name,
          last: look ? await lookInto(row.id, signal) : null,
        }),
      );
    }
    return { items: listed, rejected, nextCursor };
  }

  async function readMessages(
    conversationId: string,
    { cursor, limit, signal }: Pick<PageRequest, "cursor" | "limit" | "signal">,
  ): Promise<Page<RemoteMessage>> {
    const path = `/conversations/${urlPart(conversationId)}/messages`;
    const query = [
      ["limit", Math.min(limit, MAX_LIMIT)],
      ["cursor", cursor],
    ] as const;
    const { rows, nextCursor } = await list(path, query, signal, true);
    const { items, rejected } = readRecords(rows, WireMessage, mapMessage);
    // The end is not documented: an empty page, or being sent where we are, is one.
    const isEnd = rows.length === 0 || nextCursor === cursor;
    return { items, rejected, nextCursor: isEnd ? null : nextCursor };
  }

  /** The windows of a thread, which may stand on any page; what the lists of this process have not shown yet is read once. */
  async function windowsOf(threadId: string, signal: AbortSignal) {
    if (!(hasWalked || windows.isWhole()) || windows.of(threadId).length === 0) {
      let cursor: string | null = null;
      for (let page = 0; page < MAX_INDEX_PAGES; page += 1) {
        const next: string | null = (await readList(cursor, MAX_LIMIT, signal)).nextCursor;
        if (next === null || next === cursor) break;
        cursor = next;
      }
      hasWalked = true;
    }
    const known = windows.of(threadId);
    if (known.length === 0) throw new ProviderError("not_found");
    return known;
  }

  async function readWindows(threadId: string, request: PageRequest): Promise<Page<RemoteMessage>> {
    const known = await windowsOf(threadId, request.signal);
    const place = request.cursor === null ? { windowId: known[0]!.id, inner: null } : readWindowCursor(request.cursor);
    const at = known.findIndex(({ id }) => id === place?.windowId);
    if (place === null || at < 0) throw new ProviderError("cursor_invalid");
    const page = await readMessages(place.windowId, { ...request, cursor: place.inner });
    const after = known[at + 1];
    if (page.nextCursor !== null) {
      return { ...page, nextCursor: writeWindowCursor({ windowId: place.windowId, inner: page.nextCursor }) };
    }
    return { ...page, nextCursor: after === undefined ? null : writeWindowCursor({ windowId: after.id, inner: null }) };
  }

  return {
    messageOrder: "newest_first",
    // Ordered in one generation and not in the other: nothing is taken for granted.
    listOrder: "unordered",
    listIsSilent: true,
    clockOffsetMs: http.clockOffsetMs,

    async check(signal) {
      await list("/conversations", [], signal);
    },

    listConversations,

    listMessages(conversation, request) {
      const ref = getRef(conversation);
      if (ref.kind === "windows") return readWindows(conversation.remoteId, request);
      return readMessages(ref.conversationId, request);
    },

    async listNumbers(signal) {
      return (await directory.channels(signal)).map(mapChannel);
    },

    async send({ conversation, to, text, signal }) {
      if (conversation === undefined) throw new ProviderError("internal");
      const { channelId } = getRef(conversation);
      const wabaId = await beforeSend(directory.wabaId(channelId, signal));
      const json = {
        channel_id: channelId,
        ...(wabaId === null ? {} : { waba_id: wabaId }),
        to,
        type: "text",
        text: { body: text },
      };
      const answer = await ask({ method: "POST", path: "/messages", json, signal }, true);
      const parsed = SentEnvelope.safeParse(answer.json);
      // Accepted, but we cannot say as what: the thread will tell.
      if (!parsed.success) throw new ProviderError("invalid_response", { mayHaveArrived: true, cause: parsed.error });
      const { id, status, timestamp, created_at } = parsed.data;
      return {
        remoteId: id,
        status: status ? mapStatus(status) : "queued",
        createdAt: timestamp ?? created_at ?? clock.now(),
      };
    },

    /** The vendor keeps no mark of ours: only the thread itself can tell. */
    findSent: () => Promise.resolve(null),

    fetchMedia: async (request) => ({ bytes: await fetchBytes(request) }),
  };
}

const threadIdOf = (row: WindowRow): string =>
  writeRef({ kind: "windows", channelId: row.channel_id, contactId: row.contact_id });

function getRef({ remoteId }: Pick<ConversationRef, "remoteId">): VobizRef {
  const ref = readRef(remoteId);
  if (ref === null) throw new ProviderError("internal");
  return ref;
}
