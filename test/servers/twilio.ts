/**
 * A conformance server for Twilio Conversations v2, from its public reference.
 *
 * Quirks that are always on: neither list has an order, `meta.key` names the property, names may be missing, a customer
 * of a closed conversation has another one, replies are Actions that take two looks to complete. Two error bodies.
 */
import { createHash } from "node:crypto";
import { createWorld, isoOf } from "./vendor-world.ts";
import type { WorldMessage, WorldThread } from "./vendor-world.ts";
import { freshQuirks, pageOf, startVendorServer } from "./vendor-server.ts";
import type { Asked, Reply, VendorServer } from "./vendor-server.ts";

export const TWILIO_SID = "AC0123456789abcdef";
export const TWILIO_TOKEN = "twilio-canary-token-0123456789";

export interface TwilioOptions {
  readonly now: () => number;
  readonly threads?: number;
  readonly tie?: number;
  /** The name `meta.key` gives the property of items. */
  readonly key?: string;
  /** What becomes of an Action. */
  readonly action?: "COMPLETED" | "FAILED";
  /** How many looks an Action takes. */
  readonly looks?: number;
}

interface Action {
  readonly id: string;
  readonly thread: WorldThread;
  readonly text: string;
  looks: number;
  sent: WorldMessage | null;
}

/** An order that means nothing. */
const shuffled = <T extends { readonly id: string }>(rows: readonly T[]): T[] => {
  const rank = ({ id }: T) => createHash("sha1").update(id).digest("hex");
  return rows.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
};

export function startTwilioServer({
  now,
  threads,
  tie,
  key,
  action: outcome = "COMPLETED",
  looks: looksNeeded = 2,
}: TwilioOptions): Promise<VendorServer> {
  const world = createWorld({
    now,
    sentStatus: "DELIVERED",
    ...(threads === undefined ? {} : { threads }),
    ...(tie === undefined ? {} : { tie }),
  });
  const quirks = freshQuirks();
  const actions: Action[] = [];
  const errorBody = (status: number) =>
    status % 2 === 0
      ? {
          type: "https://www.twilio.com/docs/errors",
          title: "scripted",
          status,
          code: 20000 + status,
          detail: "scripted",
        }
      : { code: 20000 + status, message: "scripted", more_info: "https://www.twilio.com/docs", status };
  const refused = (status: number): Reply => ({ status, json: errorBody(status) });

  /** Every thread's first half stands in a closed conversation, the rest in the one that followed. */
  const CLOSED = "closed_";
  const halfOf = (thread: WorldThread, isClosed: boolean) => {
    const ordered = thread.messages.toSorted((a, b) => a.at - b.at);
    return thread.index % 2 === 1 ? (isClosed ? [] : ordered) : isClosed ? ordered.slice(0, 3) : ordered.slice(3);
  };
  const channelOf = (thread: WorldThread) => (thread.index === 4 ? "WHATSAPP" : "SMS");
  const addressOf = (thread: WorldThread, number: string) =>
    channelOf(thread) === "WHATSAPP" ? `whatsapp:${number}` : number;

  function conversation(thread: WorldThread, isClosed: boolean) {
    const channel = channelOf(thread);
    const first = halfOf(thread, isClosed)[0] ?? thread.messages[0]!;
    return {
      id: `conv_${isClosed ? CLOSED : ""}${thread.id}`,
      accountId: TWILIO_SID,
      configurationId: "conf_1",
      status: isClosed ? "CLOSED" : quirks.future ? "DREAMING" : "ACTIVE",
      ...(thread.name === null ? {} : { name: thread.name }),
      createdAt: isoOf(first.at),
      updatedAt: isoOf(isClosed ? first.at + 5_000 : thread.touchedAt + 40),
      participants: [
        {
          id: `part_c_${thread.id}`,
          ...(thread.name === null ? {} : { name: thread.name }),
          type: "CUSTOMER",
          addresses: [{ channel, address: addressOf(thread, thread.contact) }],
        },
        {
          id: `part_a_${thread.id}`,
          name: "Desk",
          type: "HUMAN_AGENT",
          addresses: [{ channel, address: addressOf(thread, world.own) }],
        },
      ],
      ...(quirks.future ? { weather: "mild" } : {}),
    };
  }

  function communication(thread: WorldThread, { id, direction, text, at, status, media }: WorldMessage) {
    const channel = channelOf(thread);
    const customer = { address: addressOf(thread, thread.contact), channel, participantId: `part_c_${thread.id}` };
    const agent = { address: addressOf(thread, world.own), channel, participantId: `part_a_${thread.id}` };
    const isIn = direction === "inbound";
    return {
      id: `comm_${id}`,
      author: isIn ? customer : agent,
      content: { type: quirks.future ? "HOLOGRAM" : "TEXT", text },
      // A communication has no field for media: the message behind it is named, and MM… has some.
      resourceId: `${media.length > 0 ? "MM" : "SM"}${id.padStart(32, "0")}`,
      recipients: [
        { ...(isIn ? agent : customer), deliveryStatus: quirks.future ? "TELEPORTED" : isIn ? "DELIVERED" : status },
      ],
      createdAt: isoOf(at + 20),
      updatedAt: isoOf(at + 20),
      occurredAt: isoOf(at),
    };
  }

  function paged(asked: Asked, documented: string, rows: readonly unknown[]): Reply {
    const limit = Number(asked.query.get("pageSize") ?? 50);
    if (!(limit >= 1 && limit <= 1000)) return refused(400);
    const page = pageOf(
      rows,
      asked.query.get("pageToken"),
      limit,
      quirks.repeatCursor && documented === "conversations",
    );
    const name = key ?? documented;
    return {
      status: 200,
      json: { [name]: page.rows, meta: { key: name, pageSize: limit, previousToken: null, nextToken: page.next } },
    };
  }

  const actionBody = ({ id, looks, sent }: Action) => ({
    id,
    type: "action-send-message",
    status: looks < looksNeeded ? "PENDING" : outcome,
    createdAt: isoOf(now()),
    related: sent === null ? { messageSid: "SM1" } : { messageSid: "SM1", communicationId: `comm_${sent.id}` },
    failureReason: looks < looksNeeded || outcome === "COMPLETED" ? null : "scripted",
  });

  const findMedia = (id: string): readonly string[] | null =>
    world.threads.flatMap(({ messages }) => messages).find((one) => one.id === String(Number(id)).padStart(6, "0"))
      ?.media ?? null;

  const findConversation = (id: string) => {
    const isClosed = id.startsWith(`conv_${CLOSED}`);
    const thread = world.find(id.slice(isClosed ? `conv_${CLOSED}`.length : "conv_".length));
    return thread === undefined ? null : { thread, isClosed };
  };

  return startVendorServer(
    {
      errorBody,
      authorize({ headers }) {
        const expected = Buffer.from(`${TWILIO_SID}:${TWILIO_TOKEN}`).toString("base64");
        return headers.authorization === `Basic ${expected}` ? null : refused(401);
      },
      routes: [
        {
          name: "list",
          method: "GET",
          pattern: /^\/v2\/Conversations$/,
          handle(asked) {
            const statuses = asked.query.getAll("status");
            const live = world.listed().map((thread) => conversation(thread, false));
            const closed = world
              .listed()
              .filter(({ index }) => index % 2 === 0)
              .map((thread) => conversation(thread, true));
            const isWanted = (status: string) =>
              statuses.length === 0 || statuses.includes(status === "DREAMING" ? "ACTIVE" : status);
            return paged(
              asked,
              "conversations",
              shuffled([...live, ...closed].filter(({ status }) => isWanted(status))),
            );
          },
        },
        {
          name: "thread",
          method: "GET",
          pattern: /^\/v2\/Conversations\/([^/]+)\/Communications$/,
          handle(asked, id) {
            const found = findConversation(id);
            if (found === null) return refused(404);
            const { thread, isClosed } = found;
            return paged(
              asked,
              "communications",
              shuffled(halfOf(thread, isClosed).map((one) => communication(thread, one))),
            );
          },
        },
        {
          name: "send",
          method: "POST",
          pattern: /^\/v2\/Conversations\/([^/]+)\/Actions$/,
          handle({ body }, id) {
            const found = findConversation(id);
            if (found === null) return refused(404);
            const { payload } = body as { payload: { content: { text: string } } };
            if (found.isClosed) return refused(400);
            const action = {
              id: `act_${actions.length}`,
              thread: found.thread,
              text: payload.content.text,
              looks: 0,
              sent: null,
            };
            actions.push(action);
            return { status: 202, json: actionBody(action) };
          },
        },
        {
          name: "other",
          method: "GET",
          pattern: /^\/v2\/Conversations\/[^/]+\/Actions\/([^/]+)$/,
          handle(_asked, id) {
            const action = actions.find((one) => one.id === id);
            if (action === undefined) return refused(404);
            action.looks += 1;
            if (action.looks === looksNeeded && outcome === "COMPLETED") {
              action.sent = world.append(action.thread.index, "outbound", action.text);
            }
            return { status: 200, json: actionBody(action) };
          },
        },
        {
          name: "other",
          method: "GET",
          pattern: /^\/2010-04-01\/Accounts\/(AC[0-9a-z]+)\/Messages\/MM([0-9]{32})\/Media\.json$/,
          handle(asked, sid, id) {
            const found = findMedia(id);
            if (found === null || sid !== TWILIO_SID) return refused(404);
            const base = asked.path.slice(0, -".json".length);
            const rows = found.map((_url, index) => ({ sid: `ME${index}`, uri: `${base}/ME${index}.json` }));
            return { status: 200, json: { media_list: rows, next_page_uri: null } };
          },
        },
        {
          // The medium itself is on another host.
          name: "media",
          method: "GET",
          pattern: /^\/2010-04-01\/Accounts\/AC[0-9a-z]+\/Messages\/MM([0-9]{32})\/Media\/ME([0-9]+)$/,
          handle(_asked, id, index) {
            const url = findMedia(id)?.[Number(index)];
            return url === undefined ? refused(404) : { status: 307, headers: { Location: url } };
          },
        },
        {
          name: "numbers",
          method: "GET",
          pattern: /^\/2010-04-01\/Accounts\/AC[0-9a-z]+\/IncomingPhoneNumbers\.json$/,
          handle: () => ({
            status: 200,
            json: {
              incoming_phone_numbers: [{ sid: "PN1", phone_number: world.own, friendly_name: "Front desk" }],
              next_page_uri: null,
            },
          }),
        },
      ],
    },
    world,
    quirks,
  );
}
