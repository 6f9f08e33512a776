/**
 * The routes of the API and what each needs: method, path, scope, handler.
 *
 * Handlers read the store and answer data; they know nothing of sockets, keys or envelopes.
 */
import { invalidInput, notFound, pageOf, readQuery, type Reply } from "./http.ts";
import { isConversationId, isUuid } from "./ids.ts";
import { handleSend, type SendDeps } from "./send.ts";
import { lastMessageOf, optOutKeyword, type FeedItem } from "./store.ts";
import {
  wireConsent,
  wireConversation,
  wireInboundMessage,
  wireOutboundMessage,
  wirePhoneNumber,
  wireThreadMessage,
} from "./wire.ts";

export const SCOPES = ["conversations:read", "messages:read", "messages:send", "numbers:read", "consent:read"] as const;
export type Scope = (typeof SCOPES)[number];

/** One request as a handler sees it. `body` is read only when asked for. */
export interface Call {
  readonly params: URLSearchParams;
  /** The variable part of the path, decoded; empty where there is none. */
  readonly id: string;
  readonly body: () => Promise<Record<string, unknown>>;
}

export interface Route {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  readonly scope: Scope;
  readonly handle: (call: Call) => Reply | Promise<Reply>;
}

const STATUSES = ["queued", "sending", "sent", "delivered", "failed", "undelivered"] as const;
const feedPosition = ({ message }: FeedItem) => ({ at: message.createdAt, id: message.id });

function listReply(data: unknown, limit: number, nextCursor: string | null): Reply {
  return { status: 200, data, meta: { total: 0, limit, offset: 0, next_cursor: nextCursor } };
}

export function createRoutes(deps: SendDeps): readonly Route[] {
  const { store } = deps;

  const listConversations = ({ params }: Call): Reply => {
    const query = readQuery(params);
    const limit = query.limit(50, 200);
    const after = query.cursor("conversations");
    const numberId = query.uuid("phone_number_id");
    const contact = query.number("contact_number");
    const since = query.time("since");
    const optedIn = query.boolean("opted_in");
    query.check();
    const matching = store
      .conversations()
      .filter(
        (conversation) =>
          (numberId === null || conversation.phoneNumberId === numberId) &&
          (contact === null || conversation.contactNumber === contact) &&
          (since === null || lastMessageOf(conversation).createdAt >= since) &&
          (optedIn === null || store.findConsent(conversation.contactNumber)?.optedIn === optedIn),
      );
    const page = pageOf("conversations", matching, {
      after,
      limit,
      positionOf: (conversation) => ({ at: lastMessageOf(conversation).createdAt, id: conversation.id }),
      order: "newest",
    });
    const data = page.items.map((conversation) => wireConversation(conversation, store));
    return listReply(data, limit, page.nextCursor);
  };

  const listThread = ({ params, id }: Call): Reply => {
    if (!isConversationId(id)) throw invalidInput("malformed conversation id");
    const query = readQuery(params);
    const limit = query.limit(50, 200);
    const after = query.cursor(`thread ${id}`);
    query.check();
    const conversation = store.findConversation(id);
    if (conversation === null) throw notFound();
    const page = pageOf(`thread ${id}`, conversation.messages, {
      after,
      limit,
      positionOf: (message) => ({ at: message.createdAt, id: message.id }),
      order: "oldest",
    });
    const data = page.items.map((message) =>
      wireThreadMessage(message, store.visible(message), conversation.phoneNumberId),
    );
    return listReply(data, limit, page.nextCursor);
  };

  const listOutbound = ({ params }: Call): Reply => {
    const query = readQuery(params);
    const limit = query.limit(50, 200);
    const after = query.cursor("messages");
    const [to, from] = [query.number("to"), query.number("from")];
    const tag = query.text("tag", 64);
    const status = query.oneOf("status", STATUSES);
    query.check();
    const matching = store
      .feed("outbound")
      .filter(
        ({ message }) =>
          (to === null || message.to === to) &&
          (from === null || message.from === from) &&
          (tag === null || message.tag === tag) &&
          (status === null || message.status === status),
      );
    const page = pageOf("messages", matching, { after, limit, positionOf: feedPosition, order: "newest" });
    const headers = page.nextCursor === null ? {} : { "X-Next-Cursor": page.nextCursor };
    return { status: 200, data: page.items.map(wireOutboundMessage), headers };
  };

  const getOutbound = ({ id }: Call): Reply => {
    if (!isUuid(id)) throw invalidInput("malformed message id");
    const item = store.feed("outbound").find(({ message }) => message.id === id.toLowerCase());
    if (!item) throw notFound();
    return { status: 200, data: wireOutboundMessage(item) };
  };

  const listInbound = ({ params }: Call): Reply => {
    const query = readQuery(params);
    const limit = query.limit(20, 100);
    const after = query.cursor("inbound");
    const since = query.time("since");
    const [to, from] = [query.number("to"), query.number("from")];
    const numberId = query.uuid("phone_number_id");
    const channel = query.oneOf("channel", ["sms", "mms"]);
    const optOut = query.boolean("opt_out");
    query.check();
    const matching = store.feed("inbound").filter(({ conversation, message }) => {
      const original = conversation.messages.find((other) => other.id === message.id)!;
      return (
        (since === null || message.createdAt >= since) &&
        (to === null || message.to === to) &&
        (from === null || message.from === from) &&
        (numberId === null || conversation.phoneNumberId === numberId) &&
        (channel === null || (original.mediaUrls.length > 0 ? "mms" : "sms") === channel) &&
        (optOut === null || (optOutKeyword(original.text) !== null) === optOut)
      );
    });
    const page = pageOf("inbound", matching, { after, limit, positionOf: feedPosition, order: "newest" });
    const data = page.items.map((item) => wireInboundMessage(item, store.orgId));
    return listReply(data, limit, page.nextCursor);
  };

  const listNumbers = ({ params }: Call): Reply => {
    const query = readQuery(params);
    const limit = query.limit(20, 100);
    const after = query.cursor("numbers");
    const type = query.oneOf("number_type", ["local", "toll_free"]);
    const search = query.text("search", 64);
    query.check();
    const matching = store.numbers
      .filter(
        ({ number, label }) => search === null || `${number} ${label}`.toLowerCase().includes(search.toLowerCase()),
      )
      .filter(() => type === null || type === "local")
      .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    const positionOf = (number: (typeof matching)[number]) => ({ at: number.createdAt, id: number.id });
    const page = pageOf("numbers", matching, { after, limit, positionOf, order: "oldest" });
    return listReply(page.items.map(wirePhoneNumber), limit, page.nextCursor);
  };

  const listConsent = ({ params }: Call): Reply => {
    const query = readQuery(params);
    const limit = query.limit(50, 200);
    const after = query.cursor("consent");
    const contact = query.number("contact_number");
    const optedIn = query.boolean("opted_in");
    const since = query.time("since");
    query.check();
    const changedAt = ({ optedInAt, optedOutAt }: { optedInAt: number | null; optedOutAt: number | null }) =>
      optedOutAt ?? optedInAt ?? 0;
    const matching = store
      .consents()
      .filter(
        ([number, record]) =>
          (contact === null || number === contact) &&
          (optedIn === null || record.optedIn === optedIn) &&
          (since === null || changedAt(record) >= since),
      )
      .toSorted(([, a], [, b]) => changedAt(b) - changedAt(a) || (a.id < b.id ? -1 : 1));
    const positionOf = ([, record]: (typeof matching)[number]) => ({ at: changedAt(record), id: record.id });
    const page = pageOf("consent", matching, { after, limit, positionOf, order: "newest" });
    return listReply(
      page.items.map(([number, record]) => wireConsent(number, record)),
      limit,
      page.nextCursor,
    );
  };

  return [
    { method: "GET", path: /^\/v1\/conversations$/, scope: "conversations:read", handle: listConversations },
    {
      method: "GET",
      path: /^\/v1\/conversations\/([^/]+)\/messages$/,
      scope: "conversations:read",
      handle: listThread,
    },
    { method: "POST", path: /^\/v1\/messages$/, scope: "messages:send", handle: (call) => handleSend(call, deps) },
    { method: "GET", path: /^\/v1\/messages$/, scope: "messages:read", handle: listOutbound },
    { method: "GET", path: /^\/v1\/messages\/([^/]+)$/, scope: "messages:read", handle: getOutbound },
    { method: "GET", path: /^\/v1\/inbound-messages$/, scope: "messages:read", handle: listInbound },
    { method: "GET", path: /^\/v1\/phone-numbers$/, scope: "numbers:read", handle: listNumbers },
    { method: "GET", path: /^\/v1\/consent$/, scope: "consent:read", handle: listConsent },
  ];
}
