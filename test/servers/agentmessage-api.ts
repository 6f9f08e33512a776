/**
 * The AgentMessage API over a test world: what an honest request is answered with. No sockets, no faults.
 *
 * Written from the documentation, apart from the sample server. Invariants: conversations newest first,
 * messages oldest first, `meta.total` always 0, the next cursor of `GET /v1/messages` in a header.
 */
import {
  OWN_NUMBERS,
  type ConsentState,
  type TestConversation,
  type TestMessage,
  type TestWorld,
} from "./agentmessage-world.ts";
import type { RouteName } from "./agentmessage-faults.ts";

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly data?: unknown;
  readonly meta?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly error?: { readonly code: string; readonly message: string; readonly details?: object };
}

export interface SendRecord {
  readonly message: TestMessage;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly tag: string | null;
}

export interface ApiState {
  readonly world: TestWorld;
  readonly now: () => number;
  /** Fixed page sizes that overrule the client's limit; null follows the limit. */
  readonly pageSize: number | null;
  readonly messagePageSize: number | null;
  readonly statusInThread: boolean;
  readonly sends: SendRecord[];
  /** Cursors of earlier epochs are refused with `expiredStatus`. */
  epoch: number;
  expiredStatus: number;
}

export const SCOPE_OF: Readonly<Record<RouteName, string>> = {
  conversations: "conversations:read",
  thread: "conversations:read",
  send: "messages:send",
  messages: "messages:read",
  message: "messages:read",
  inbound: "messages:read",
  numbers: "numbers:read",
  consent: "consent:read",
};

const fail = (status: number, code: string, message: string, details?: object): ApiAnswer => ({
  status,
  error: { code, message, ...(details ? { details } : {}) },
});
const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** Which route a request addresses; null when the API has no such path. */
export function routeOf(method: string, path: string): { name: RouteName; id: string } | null {
  const parts = path.split("/").slice(1);
  if (parts[0] !== "v1") return null;
  const id = decodeURIComponent(parts[2] ?? "");
  const at = `${method} ${parts[1] ?? ""}/${parts.length}${parts[3] ? `/${parts[3]}` : ""}`;
  const names: Record<string, RouteName> = {
    "GET conversations/2": "conversations",
    "GET conversations/4/messages": "thread",
    "POST messages/2": "send",
    "GET messages/2": "messages",
    "GET messages/3": "message",
    "GET inbound-messages/2": "inbound",
    "GET phone-numbers/2": "numbers",
    "GET consent/2": "consent",
  };
  const name = Object.hasOwn(names, at) ? names[at]! : null;
  return name ? { name, id } : null;
}

function wireConsent(state: ConsentState, at: number) {
  if (state === "none") return null;
  return { opted_in: state === "in", opted_in_at: state === "in" ? iso(at) : null };
}

function wireConversation(world: TestWorld, conversation: TestConversation) {
  const last = world.last(conversation.index);
  return {
    id: conversation.id,
    phone_number_id: conversation.phoneNumberId,
    phone_number: conversation.phoneNumber,
    contact_number: conversation.contactNumber,
    last_message_at: iso(world.activityAt(conversation)),
    last_message_direction: last.direction,
    last_message_preview: last.redactedAt === null ? (last.body ?? "") : "[redacted]",
    last_message_body_redacted_at: isoOrNull(last.redactedAt),
    message_count: world.count(conversation.index),
    consent: wireConsent(conversation.consent, conversation.consentAt),
  };
}

function wireThreadMessage(message: TestMessage, conversation: TestConversation, withStatus: boolean) {
  return {
    id: message.id,
    direction: message.direction,
    phone_number_id: conversation.phoneNumberId,
    from_number: message.from,
    to_number: message.to,
    body: message.body,
    media_urls: message.mediaUrls,
    channel: message.mediaUrls.length > 0 ? "mms" : "sms",
    segment_count: 1,
    ...(withStatus && message.status !== null ? { status: message.status } : {}),
    created_at: iso(message.createdAt),
    redacted_at: isoOrNull(message.redactedAt),
  };
}

function wireOutbound(message: TestMessage) {
  return {
    id: message.id,
    from: message.from,
    to: message.to,
    text: message.body,
    channel: "sms",
    priority: "default",
    status: message.status,
    tag: message.tag,
    created_at: iso(message.createdAt),
  };
}

/** Compares two places in a list: time first, then a text that breaks ties. */
type Place = readonly [at: number, tie: string];

function createPager(
  state: ApiState,
  query: URLSearchParams,
  list: string,
  fixedSize: number | null,
  limits: [number, number],
) {
  const raw = query.get("limit");
  const limit = raw === null ? limits[0] : Number(raw);
  const wrong = !Number.isInteger(limit) || limit < 1 || limit > limits[1];
  if (wrong)
    return { refused: fail(422, "VALIDATION_FAILED", "validation failed", { limit: `must be 1..${limits[1]}` }) };
  const cursor = query.get("cursor") || null;
  const decoded = cursor === null ? null : Buffer.from(cursor, "base64url").toString().split("|");
  if (decoded && (decoded.length !== 4 || decoded[0] !== list))
    return { refused: fail(400, "INVALID_INPUT", "malformed cursor") };
  if (decoded && Number(decoded[1]) !== state.epoch) {
    const code =
      state.expiredStatus === 422 ? "VALIDATION_FAILED" : state.expiredStatus === 404 ? "NOT_FOUND" : "INVALID_INPUT";
    return { refused: fail(state.expiredStatus, code, "cursor expired") };
  }
  const after: Place | null = decoded ? [Number(decoded[2]), decoded[3]!] : null;
  const page = <T>(items: readonly T[], placeOf: (item: T) => Place, direction: 1 | -1) => {
    const behind = ([at, tie]: Place): boolean =>
      after === null || (at === after[0] ? tie > after[1] : (at - after[0]) * direction > 0);
    const rest = items.filter((item) => behind(placeOf(item)));
    const taken = rest.slice(0, fixedSize ?? limit);
    const end = taken.at(-1);
    const next =
      end !== undefined && taken.length < rest.length
        ? Buffer.from([list, state.epoch, ...placeOf(end)].join("|")).toString("base64url")
        : null;
    return { taken, next, meta: { total: 0, limit, offset: 0, next_cursor: next } };
  };
  return { refused: null, page };
}

const tieOf = (message: TestMessage): string => `${String(message.seq).padStart(9, "0")}${message.id}`;

function listConversations(state: ApiState, query: URLSearchParams): ApiAnswer {
  const { world } = state;
  const pager = createPager(state, query, "conversations", state.pageSize, [50, 200]);
  if (pager.refused) return pager.refused;
  const since = query.get("since");
  const optedIn = query.get("opted_in");
  const contact = query.get("contact_number");
  const numberId = query.get("phone_number_id");
  const matching = world
    .listed()
    .filter(
      ({ conversation, at }) =>
        (since === null || at >= Date.parse(since)) &&
        (optedIn === null || conversation.consent === (optedIn === "true" ? "in" : "out")) &&
        (contact === null || conversation.contactNumber === contact) &&
        (numberId === null || conversation.phoneNumberId === numberId),
    );
  const { taken, meta } = pager.page(matching, ({ conversation, at }) => [at, conversation.id], -1);
  return { status: 200, data: taken.map(({ conversation }) => wireConversation(world, conversation)), meta };
}

function listThread(state: ApiState, query: URLSearchParams, id: string): ApiAnswer {
  if (!/^[A-Za-z0-9_-]+$/.test(id)) return fail(400, "INVALID_INPUT", "malformed conversation id");
  const conversation = state.world.find(id);
  if (!conversation) return fail(404, "NOT_FOUND", "conversation not found");
  const pager = createPager(state, query, `thread:${conversation.index}`, state.messagePageSize, [50, 200]);
  if (pager.refused) return pager.refused;
  const thread = state.world.thread(conversation.index);
  const { taken, meta } = pager.page(thread, (message) => [message.createdAt, tieOf(message)], 1);
  return {
    status: 200,
    data: taken.map((message) => wireThreadMessage(message, conversation, state.statusInThread)),
    meta,
  };
}

function send({ world, now, sends }: ApiState, body: unknown): ApiAnswer {
  const {
    from,
    to,
    text,
    tag = null,
  } = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const details: Record<string, string> = {};
  if (!OWN_NUMBERS.some(({ number }) => number === from)) details["from"] = "must be one of your numbers";
  if (typeof to !== "string" || !/^\+[1-9]\d{6,14}$/.test(to)) details["to"] = "must be E.164";
  if (typeof text !== "string" || text.length < 1 || text.length > 1600) details["text"] = "must be 1..1600 chars";
  if (tag !== null && (typeof tag !== "string" || tag.length > 64)) details["tag"] = "must be at most 64 chars";
  if (Object.keys(details).length > 0) return fail(422, "VALIDATION_FAILED", "validation failed", details);
  const known = world.conversations.filter((item) => item.contactNumber === to && !item.removed);
  if (known[0]?.consent !== "in") return fail(453, "CONSENT_REQUIRED", "recipient has not opted in");
  const conversation = known.find((item) => item.phoneNumber === from) ?? known[0];
  const message = world.append(conversation.index, {
    direction: "outbound",
    createdAt: now(),
    tag: tag as string | null,
    body: text as string,
    mediaUrls: [],
    status: "queued",
  });
  sends.push({ message, from: from as string, to: to as string, text: text as string, tag: tag as string | null });
  return { status: 202, data: wireOutbound(message) };
}

/** Of one contact, or (slow in a large world) of all. */
const allMessages = (world: TestWorld, direction: TestMessage["direction"], contact: string | null = null) =>
  world.conversations
    .filter((item) => !item.removed && (contact === null || item.contactNumber === contact))
    .flatMap(({ index }) => world.thread(index))
    .filter((message) => message.direction === direction)
    .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));

function listOutbound(state: ApiState, query: URLSearchParams): ApiAnswer {
  const pager = createPager(state, query, "messages", state.messagePageSize, [50, 200]);
  if (pager.refused) return pager.refused;
  const wanted = (["from", "to", "tag", "status"] as const).filter((name) => query.has(name));
  const matching = allMessages(state.world, "outbound", query.get("to")).filter((message) =>
    wanted.every((name) => message[name] === query.get(name)),
  );
  const { taken, next } = pager.page(matching, (message) => [message.createdAt, message.id], -1);
  return { status: 200, data: taken.map(wireOutbound), headers: next === null ? {} : { "X-Next-Cursor": next } };
}

function listInbound(state: ApiState, query: URLSearchParams): ApiAnswer {
  const pager = createPager(state, query, "inbound", state.messagePageSize, [20, 100]);
  if (pager.refused) return pager.refused;
  const since = query.get("since");
  const matching = allMessages(state.world, "inbound").filter(
    (m) => since === null || m.createdAt >= Date.parse(since),
  );
  const { taken, meta } = pager.page(matching, (message) => [message.createdAt, message.id], -1);
  const data = taken.map(({ id, from, to, body, createdAt }) => ({ id, from, to, body, received_at: iso(createdAt) }));
  return { status: 200, data, meta };
}

/** The honest answer to a request whose key and scope are already found good. */
export function answer(state: ApiState, name: RouteName, id: string, request: ApiRequest): ApiAnswer {
  const { world } = state;
  const meta = { total: 0, limit: 20, offset: 0, next_cursor: null };
  switch (name) {
    case "conversations":
      return listConversations(state, request.query);
    case "thread":
      return listThread(state, request.query, id);
    case "send":
      return send(state, request.body);
    case "messages":
      return listOutbound(state, request.query);
    case "message": {
      const message = allMessages(world, "outbound").find((candidate) => candidate.id === id);
      return message ? { status: 200, data: wireOutbound(message) } : fail(404, "NOT_FOUND", "message not found");
    }
    case "inbound":
      return listInbound(state, request.query);
    case "numbers": {
      const data = OWN_NUMBERS.map((own) => ({ ...own, number_type: "local", sms_enabled: true, mms_enabled: true }));
      return { status: 200, data, meta };
    }
    case "consent": {
      const known = world.conversations.filter((item) => item.consent !== "none" && !item.removed);
      const data = known.map((item) => ({
        contact_number: item.contactNumber,
        ...wireConsent(item.consent, item.consentAt),
      }));
      return { status: 200, data, meta };
    }
  }
}
