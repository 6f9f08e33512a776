/**
 * A conformance server for Quo's API v1, from its public reference.
 *
 * Quirks that are always on: `totalItems` is wrong, dates may be null, a missing `maxResults` is refused, the plain key
 * is the only accepted authorization, messages are listed by number and participants only.
 */
import { createWorld, isoOf } from "./vendor-world.ts";
import type { WorldMessage, WorldThread } from "./vendor-world.ts";
import { freshQuirks, pageOf, startVendorServer } from "./vendor-server.ts";
import type { Asked, Reply, VendorServer } from "./vendor-server.ts";

export const QUO_KEY = "quo_canary_key_0123456789";
const NUMBER_ID = "PN1a2b3c";

export interface QuoOptions {
  readonly now: () => number;
  readonly threads?: number;
  readonly tie?: number;
}

export function startQuoServer({ now, threads, tie }: QuoOptions): Promise<VendorServer> {
  const world = createWorld({
    now,
    sentStatus: "delivered",
    ...(threads === undefined ? {} : { threads }),
    ...(tie === undefined ? {} : { tie }),
  });
  const quirks = freshQuirks();
  /** Thread 0 is a group. */
  const participantsOf = (thread: WorldThread) =>
    thread.index === 0 ? [thread.contact, "+15558880001", "+15558880002"] : [thread.contact];

  const errorBody = (status: number) => ({
    message: "scripted",
    code: `1000${status}`,
    status,
    docs: "https://quo.com/docs",
    title: "Error",
    trace: "trace-1",
  });
  const refused = (status: number): Reply => ({ status, json: errorBody(status) });

  function conversation(thread: WorldThread) {
    const at = isoOf(thread.touchedAt);
    return {
      id: `CN${thread.id}`,
      phoneNumberId: NUMBER_ID,
      participants: participantsOf(thread),
      name: null,
      assignedTo: null,
      // Two of three dates are missing on every third thread.
      createdAt: thread.index % 3 === 1 ? null : at,
      updatedAt: thread.index % 3 === 1 ? null : at,
      lastActivityAt: thread.index % 3 === 2 ? null : at,
      lastActivityId: null,
      deletedAt: thread.removedAt === null ? null : isoOf(thread.removedAt),
      mutedUntil: null,
      snoozedUntil: null,
      ...(quirks.future ? { mood: "sunny" } : {}),
    };
  }

  function message(thread: WorldThread, { id, direction, text, at, status }: WorldMessage) {
    const isIn = direction === "inbound";
    return {
      id: `AC${id}`,
      to: isIn ? [world.own] : participantsOf(thread),
      from: isIn ? thread.contact : world.own,
      text,
      phoneNumberId: NUMBER_ID,
      direction: isIn ? "incoming" : "outgoing",
      userId: isIn ? null : "US1",
      status: quirks.future && !isIn ? "teleported" : isIn ? "received" : status,
      createdAt: isoOf(at),
      updatedAt: isoOf(at),
      ...(quirks.future ? { reactions: [{ id: 1 }] } : {}),
    };
  }

  function limitOf(asked: Asked): number | null {
    const limit = Number(asked.query.get("maxResults") ?? Number.NaN);
    return Number.isInteger(limit) && limit >= 1 && limit <= 100 ? limit : null;
  }

  function paged(asked: Asked, rows: readonly unknown[]): Reply {
    const limit = limitOf(asked);
    if (limit === null) return refused(400);
    const page = pageOf(rows, asked.query.get("pageToken"), limit, quirks.repeatCursor);
    return { status: 200, json: { data: page.rows, totalItems: 1, nextPageToken: page.next } };
  }

  return startVendorServer(
    {
      errorBody,
      authorize: ({ headers }) => (headers.authorization === QUO_KEY ? null : refused(401)),
      routes: [
        {
          name: "list",
          method: "GET",
          pattern: /^\/v1\/conversations$/,
          handle(asked) {
            const after = Date.parse(asked.query.get("updatedAfter") ?? "") || 0;
            const all = world.threads.toSorted((a, b) => b.touchedAt - a.touchedAt);
            return paged(asked, all.filter(({ touchedAt }) => touchedAt > after).map(conversation));
          },
        },
        {
          name: "thread",
          method: "GET",
          pattern: /^\/v1\/messages$/,
          handle(asked) {
            const wanted = asked.query.getAll("participants").toSorted().join();
            if (asked.query.get("phoneNumberId") !== NUMBER_ID || wanted === "") return refused(400);
            const thread = world.threads.find((one) => participantsOf(one).toSorted().join() === wanted);
            if (thread === undefined) return refused(404);
            const after = Date.parse(asked.query.get("createdAfter") ?? "") || 0;
            const rows = thread.messages.toSorted((a, b) => a.at - b.at).filter(({ at }) => at > after);
            return paged(
              asked,
              rows.map((one) => message(thread, one)),
            );
          },
        },
        {
          name: "send",
          method: "POST",
          pattern: /^\/v1\/messages$/,
          handle(asked) {
            const { content, from, to } = asked.body as { content: string; from: string; to: string[] };
            const thread = world.threads.find((one) => participantsOf(one).join() === to.join());
            if (from !== NUMBER_ID || !content || thread === undefined) return refused(400);
            const sent = world.append(thread.index, "outbound", content);
            return { status: 202, json: { data: { ...message(thread, sent), status: "queued" } } };
          },
        },
        {
          name: "numbers",
          method: "GET",
          pattern: /^\/v1\/phone-numbers$/,
          handle: () => ({ status: 200, json: { data: [{ id: NUMBER_ID, name: "Front desk", number: world.own }] } }),
        },
        {
          name: "other",
          method: "GET",
          pattern: /^\/v1\/contacts$/,
          handle: (asked) =>
            paged(
              asked,
              world.threads
                .filter(({ name }) => name !== null)
                .map(({ contactId, contact, name }) => ({
                  id: contactId,
                  defaultFields: {
                    firstName: name,
                    lastName: null,
                    phoneNumbers: [{ name: "mobile", value: contact }],
                  },
                })),
            ),
        },
        {
          name: "other",
          method: "POST",
          pattern: /^\/v1\/conversations\/CN([^/]+)\/mark-as-read$/,
          handle(_asked, id) {
            const thread = world.find(id);
            if (thread === undefined) return refused(404);
            thread.unread = 0;
            return { status: 200, json: conversation(thread) };
          },
        },
      ],
    },
    world,
    quirks,
  );
}
