/**
 * A conformance server for Vobiz's WhatsApp conversations, in either documented generation.
 *
 * Older: `data`, a list without documented paging, messages whose order contradicts their description. Newer: `items`,
 * one conversation for each 24-hour window, contacts and channels to be looked up. Three error bodies.
 */
import { createWorld, isoOf } from "./vendor-world.ts";
import type { WorldMessage, WorldThread } from "./vendor-world.ts";
import { freshQuirks, pageOf, startVendorServer } from "./vendor-server.ts";
import type { Asked, Reply, VendorServer } from "./vendor-server.ts";

export const VOBIZ_ID = "MA_CANARY01";
export const VOBIZ_TOKEN = "vobiz-canary-token-0123456789";
const CHANNEL = "2f8892e1-59b7-40a2-b518-e7a7c31a754d";
const DAY_MS = 86_400_000;

export interface VobizOptions {
  readonly now: () => number;
  readonly threads?: number;
  readonly tie?: number;
  readonly generation?: "older" | "newer";
  /** The server does not know `page`: every page is the first one. */
  readonly ignoresPage?: boolean;
  readonly pageSize?: number;
}

interface VobizReply {
  readonly channel_id: string;
  readonly waba_id?: string;
  readonly to: string;
  readonly text: { readonly body: string };
}

export function startVobizServer(options: VobizOptions): Promise<VendorServer> {
  const { now, threads, tie, generation = "older", ignoresPage = false, pageSize = 4 } = options;
  const world = createWorld({
    now,
    sentStatus: "read",
    ...(threads === undefined ? {} : { threads }),
    ...(tie === undefined ? {} : { tie }),
  });
  const quirks = freshQuirks();
  const isNewer = generation === "newer";
  const prefix = isNewer ? "/api/v1/messaging" : "/v1/messaging";
  const errorBody = (status: number) =>
    [
      { status: "error", error: { code: "SCRIPTED", message: "scripted" }, requestId: "request-1" },
      { api_id: "api-1", error: "scripted", message: "scripted" },
      { status: "error", message: "scripted" },
    ][status % 3];
  const refused = (status: number): Reply => ({ status, json: errorBody(status) });
  const route = (name: "list" | "thread" | "send" | "numbers" | "other", method: string, path: string) => ({
    name,
    method,
    pattern: new RegExp(`^${prefix}${path}$`),
  });

  const threadRow = (thread: WorldThread) => {
    const last = world.lastOf(thread);
    return {
      id: `conv_${thread.id}`,
      channel_id: CHANNEL,
      contact: { id: thread.contactId, name: thread.name, phone: thread.contact },
      last_message: { body: last.text, direction: last.direction, timestamp: isoOf(last.at) },
      unread_count: thread.unread,
      status: quirks.future ? "dreaming" : "open",
      ...(quirks.future ? { aura: 1 } : {}),
    };
  };

  /** Two windows for each thread: one that closed yesterday with its first messages, one that is open. */
  const inWindow = (thread: WorldThread, isOld: boolean) => {
    const ordered = thread.messages.toSorted((a, b) => a.at - b.at);
    return isOld ? ordered.slice(0, 3) : ordered.slice(3);
  };
  const windowRows = (thread: WorldThread) =>
    [true, false]
      .filter((isOld) => inWindow(thread, isOld).length > 0)
      .map((isOld) => {
        const startedAt = inWindow(thread, isOld)[0]!.at - (isOld ? DAY_MS : 0);
        return {
          id: `${isOld ? "old" : "open"}_${thread.id}`,
          account_id: "acc",
          channel_id: CHANNEL,
          contact_id: thread.contactId,
          category: "service",
          started_at: isoOf(startedAt),
          expires_at: isoOf(startedAt + DAY_MS),
          status: isOld ? "closed" : quirks.future ? "dreaming" : "open",
        };
      });

  const message = ({ id, direction, text, at, status, media: [link] }: WorldMessage) => ({
    id: `msg_${id}`,
    type: quirks.future ? "hologram" : link === undefined ? "text" : "image",
    direction,
    // Media of listed messages are not documented: as they are sent, so they are shown.
    ...(link === undefined ? {} : isNewer ? { media: { link } } : { image: { url: link } }),
    ...(isNewer ? { content: { text: { body: text } }, created_at: isoOf(at) } : { body: text, timestamp: isoOf(at) }),
    ...(direction === "outbound" ? { status: quirks.future ? "teleported" : status } : {}),
  });

  function list({ query }: Asked): Reply {
    const rows: unknown[] = isNewer ? world.listed().flatMap(windowRows) : world.listed().map(threadRow);
    if (isNewer || quirks.repeatCursor) {
      const page = pageOf(rows, query.get("cursor"), pageSize, quirks.repeatCursor);
      return { status: 200, json: { [isNewer ? "items" : "data"]: page.rows, next_cursor: page.next } };
    }
    const page = ignoresPage ? 1 : Number(query.get("page") ?? 1);
    const size = ignoresPage ? rows.length : pageSize;
    const data = rows.slice((page - 1) * size, page * size);
    return { status: 200, json: { data, meta: { total: rows.length, page } } };
  }

  function messagesIn({ query }: Asked, id: string): Reply {
    const [, kind, bare] = /^(conv|old|open)_(.+)$/.exec(id) ?? [];
    const found = world.find(bare ?? "");
    if (found === undefined) return refused(404);
    const all = isNewer ? inWindow(found, kind === "old") : found.messages;
    const newestFirst = all.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
    const cursor = query.get("cursor");
    const from = cursor === null ? 0 : newestFirst.findIndex((one) => `msg_${one.id}` === cursor) + 1;
    const page = newestFirst.slice(from, from + Math.min(Number(query.get("limit") ?? 50), 100));
    const last = page.at(-1);
    // Pages go back in time; inside one the older message stands first, as in the documented sample.
    const rows = page.toReversed().map(message);
    const isMore = from + page.length < newestFirst.length && last !== undefined;
    if (isNewer) return { status: 200, json: { items: rows, next_cursor: isMore ? `msg_${last.id}` : null } };
    // The older generation names a cursor as long as there was a message at all.
    return { status: 200, json: { data: rows, cursor: last === undefined ? null : `msg_${last.id}` } };
  }

  return startVendorServer(
    {
      errorBody,
      authorize: ({ headers }) =>
        headers["x-auth-id"] === VOBIZ_ID && headers["x-auth-token"] === VOBIZ_TOKEN ? null : refused(401),
      routes: [
        { ...route("list", "GET", "/conversations"), handle: list },
        { ...route("thread", "GET", "/conversations/([^/]+)/messages"), handle: (asked, id) => messagesIn(asked, id) },
        {
          ...route("send", "POST", "/messages"),
          handle({ body }) {
            const { channel_id, waba_id, to, text } = body as VobizReply;
            const found = world.threads.find((one) => one.contact === to && one.removedAt === null);
            if (found === undefined || channel_id !== CHANNEL || (isNewer && waba_id !== "waba-1")) return refused(422);
            const sent = world.append(found.index, "outbound", text.body);
            return { status: 201, json: { ...message(sent), status: "pending", meta_message_id: null } };
          },
        },
        {
          ...route("numbers", "GET", "/channels/whatsapp"),
          handle: () => ({
            status: 200,
            json: {
              [isNewer ? "items" : "data"]: [
                { id: CHANNEL, phone_number: world.own, display_name: "Front desk", waba_id: "waba-1" },
              ],
            },
          }),
        },
        {
          ...route("other", "GET", "/contacts/([^/]+)"),
          handle(_asked, id) {
            const found = world.threads.find(({ contactId }) => contactId === id);
            if (found === undefined) return refused(404);
            return { status: 200, json: { id, name: found.name, phone_number: found.contact } };
          },
        },
      ],
    },
    world,
    quirks,
  );
}
