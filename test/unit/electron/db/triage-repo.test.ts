/** Views, counts and decisions: what each view holds, what an incoming text ends, what is taken back. */
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountId, ConversationId, View } from "../../../../shared/domain.ts";
import { VIEWS } from "../../../../shared/domain.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import {
  conversationIds,
  conversationWindow,
  findConversation,
  markRead,
  unreadByAccount,
  viewCounts,
} from "../../../../electron/db/conversations-repo.ts";
import {
  applyTriage,
  nextWakeAt,
  renameContact,
  undoTriage,
  wakeSnoozed,
} from "../../../../electron/db/triage-repo.ts";
import {
  T0,
  commitList,
  commitThread,
  idOf,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedAccount,
} from "../../../helpers/test-database.ts";

const MINUTE = 60_000;
let db: WriteDb;
let accountId: AccountId;
beforeEach(() => {
  db = openMemoryDatabase();
  accountId = seedAccount(db);
  return () => db.close();
});

/** Conversations a, b, c, …, each a minute older than the one before. */
function list(count: number, change: Partial<Parameters<typeof remoteConversation>[0]> = {}): ConversationId[] {
  const items = Array.from({ length: count }, (_, index) =>
    remoteConversation({
      remoteId: `c${index}`,
      contactNumber: `+1555999000${index}`,
      lastMessageAt: T0 - index * MINUTE,
      ...change,
    }),
  );
  commitList(db, accountId, items);
  return items.map(({ remoteId }) => idOf(db, remoteId));
}

const idsIn = (view: View, number: { accountId?: AccountId } = {}) =>
  conversationIds(db, { view, accountId: number.accountId ?? null, numberId: null, offset: 0, limit: 100 }).ids;
const apply = (action: Parameters<typeof applyTriage>[1]["action"], ...ids: ConversationId[]) =>
  applyTriage(db, { ids, action, now: T0 + 1 }).undoId;
const triageOf = (id: ConversationId) => findConversation(db, { id })!.triage;
const arrives = (index: number, at: number, direction: "inbound" | "outbound" = "inbound") =>
  commitList(db, accountId, [
    remoteConversation({
      remoteId: `c${index}`,
      contactNumber: `+1555999000${index}`,
      lastMessageAt: at,
      lastDirection: direction,
      preview: "news",
    }),
  ]);

describe("the views", () => {
  it("put done and snoozed away, and count the same as they list", () => {
    const [a, b, c, d] = list(4) as [ConversationId, ConversationId, ConversationId, ConversationId];
    apply({ kind: "done" }, b);
    apply({ kind: "snooze", until: T0 + MINUTE }, c);
    apply({ kind: "unread" }, a);
    expect(idsIn("all")).toEqual([a, d]);
    expect(idsIn("done")).toEqual([b]);
    expect(idsIn("snoozed")).toEqual([c]);
    expect(idsIn("unread")).toEqual([a]);
    expect(idsIn("needs_reply")).toEqual([d, a]);
    const [counts] = viewCounts(db);
    for (const view of VIEWS) {
      const { total } = conversationWindow(db, {
        view,
        accountId: null,
        numberId: null,
        offset: 0,
        limit: 1,
        keepId: null,
      });
      expect([view, counts?.views[view], total]).toEqual([view, idsIn(view).length, idsIn(view).length]);
    }
    expect(unreadByAccount(db)[0]?.unread).toBe(counts?.views.unread);
  });

  it("narrow to an account and to one of its numbers", () => {
    const [a] = list(1);
    const other = seedAccount(db, "account-2");
    commitList(db, other, [
      remoteConversation({ remoteId: "x1", ownNumber: "+15550000002" }),
      remoteConversation({ remoteId: "x2", ownNumber: "+15550000003" }),
    ]);
    expect(idsIn("all", { accountId })).toEqual([a]);
    expect(idsIn("all", { accountId: other })).toHaveLength(2);
    const number = viewCounts(db).find((row) => row.number === "+15550000003");
    expect(number?.views.all).toBe(1);
    const scoped = { view: "all", accountId: other, numberId: number!.numberId, offset: 0, limit: 9 } as const;
    expect(conversationIds(db, scoped).ids).toEqual([idOf(db, "x2")]);
    expect(conversationIds(db, { ...scoped, accountId }).ids).toEqual([]);
  });

  it("keep pinned conversations on top, and tell where a row stands in each order", () => {
    const [a, b, c] = list(3) as [ConversationId, ConversationId, ConversationId];
    apply({ kind: "pin" }, c);
    expect(idsIn("all")).toEqual([c, a, b]);
    apply({ kind: "snooze", until: T0 + 2 * MINUTE }, a);
    apply({ kind: "snooze", until: null }, b);
    apply({ kind: "snooze", until: T0 + MINUTE }, c);
    // Those that wait for a reply come after those that wait for an hour.
    expect(idsIn("snoozed")).toEqual([c, a, b]);
    for (const [index, keepId] of [c, a, b].entries()) {
      const query = { view: "snoozed", accountId: null, numberId: null, offset: 0, limit: 1, keepId } as const;
      expect(conversationWindow(db, query).keepIndex).toBe(index);
    }
  });
});

describe("who waits for a reply", () => {
  it("waits since the first text after our last one, not since the newest", () => {
    const [a, b] = list(2) as [ConversationId, ConversationId];
    arrives(0, T0 + 5 * MINUTE);
    expect(triageOf(a).waitingSince).toBe(T0);
    expect(idsIn("needs_reply")).toEqual([b, a]);
    arrives(0, T0 + 6 * MINUTE, "outbound");
    expect(triageOf(a).waitingSince).toBeNull();
    arrives(0, T0 + 7 * MINUTE);
    expect(triageOf(a).waitingSince).toBe(T0 + 7 * MINUTE);
  });

  it("is told by the thread where the list skipped a reply of ours", () => {
    const [a] = list(1) as [ConversationId];
    arrives(0, T0 + 9 * MINUTE);
    commitThread(db, accountId, a, [
      remoteMessage({ remoteId: "m1", createdAt: T0 }),
      remoteMessage({ remoteId: "m2", createdAt: T0 + 2 * MINUTE, direction: "outbound" }),
      remoteMessage({ remoteId: "m3", createdAt: T0 + 4 * MINUTE }),
      remoteMessage({ remoteId: "m4", createdAt: T0 + 9 * MINUTE }),
    ]);
    expect(triageOf(a).waitingSince).toBe(T0 + 4 * MINUTE);
  });

  it("leaves out people who opted out: they may not be answered", () => {
    list(1, { consent: { optedIn: false, since: T0 } });
    expect(idsIn("needs_reply")).toEqual([]);
    expect(idsIn("all")).toHaveLength(1);
  });
});

describe("an incoming text", () => {
  it.each([
    ["done", { kind: "done" } as const],
    ["snoozed until they reply", { kind: "snooze", until: null } as const],
  ])("takes a conversation out of %s", (_name, action) => {
    const [a] = list(1) as [ConversationId];
    apply(action, a);
    expect(idsIn("all")).toEqual([]);
    arrives(0, T0 + MINUTE);
    expect(idsIn("all")).toEqual([a]);
    expect(idsIn("needs_reply")).toEqual([a]);
  });

  it("does so when only the thread shows it, under a later reply", () => {
    const [a] = list(1) as [ConversationId];
    apply({ kind: "done" }, a);
    arrives(0, T0 + 3 * MINUTE, "outbound");
    expect(idsIn("done")).toEqual([a]);
    commitThread(db, accountId, a, [
      remoteMessage({ remoteId: "m1", createdAt: T0 }),
      remoteMessage({ remoteId: "m2", createdAt: T0 + 2 * MINUTE }),
      remoteMessage({ remoteId: "m3", createdAt: T0 + 3 * MINUTE, direction: "outbound" }),
    ]);
    expect(idsIn("all")).toEqual([a]);
  });

  it("leaves a snooze until a moment alone, but shows as unread", () => {
    const [a] = list(1) as [ConversationId];
    apply({ kind: "snooze", until: T0 + 60 * MINUTE }, a);
    arrives(0, T0 + MINUTE);
    expect(idsIn("snoozed")).toEqual([a]);
    expect(idsIn("unread")).toEqual([a]);
  });

  it("is not an older one that a page brings late, nor one of ours", () => {
    const [a] = list(1) as [ConversationId];
    apply({ kind: "done" }, a);
    commitThread(db, accountId, a, [
      remoteMessage({ remoteId: "m0", createdAt: T0 - MINUTE }),
      remoteMessage({ remoteId: "m1", createdAt: T0 }),
    ]);
    arrives(0, T0 + MINUTE, "outbound");
    expect(idsIn("done")).toEqual([a]);
  });
});

describe("snoozing", () => {
  it("wakes what is due, unread, and names the next", () => {
    const [a, b, c] = list(3) as [ConversationId, ConversationId, ConversationId];
    apply({ kind: "snooze", until: T0 + 10 }, a);
    apply({ kind: "snooze", until: T0 + 20 }, b);
    apply({ kind: "snooze", until: null }, c);
    expect(nextWakeAt(db)).toBe(T0 + 10);
    expect(wakeSnoozed(db, { now: T0 + 9 })).toEqual([]);
    expect(wakeSnoozed(db, { now: T0 + 10 })).toEqual([a]);
    expect(idsIn("all")).toEqual([a]);
    expect(idsIn("unread")).toEqual([a]);
    expect(nextWakeAt(db)).toBe(T0 + 20);
    wakeSnoozed(db, { now: T0 + 20 });
    expect(nextWakeAt(db)).toBeNull();
    expect(idsIn("snoozed")).toEqual([c]);
  });
});

describe("taking back", () => {
  it("puts every kind of decision back as it was, once", () => {
    const ids = list(2);
    const before = () => ids.map((id) => findConversation(db, { id }));
    apply({ kind: "pin" }, ids[1]!);
    apply({ kind: "unread" }, ids[0]!);
    for (const kind of ["done", "snooze", "unread", "read", "pin", "unpin"] as const) {
      const was = before();
      const undoId = apply(kind === "snooze" ? { kind, until: T0 + 9 } : { kind }, ...ids);
      expect([kind, before()]).not.toEqual([kind, was]);
      expect(undoTriage(db, { undoId })).toEqual(ids);
      expect([kind, before()]).toEqual([kind, was]);
      expect(undoTriage(db, { undoId })).toEqual([]);
    }
  });

  it("does not hide what got news meanwhile, and keeps it unread", () => {
    const [a] = list(1) as [ConversationId];
    apply({ kind: "done" }, a);
    const reopened = apply({ kind: "reopen" }, a);
    arrives(0, T0 + MINUTE);
    undoTriage(db, { undoId: reopened });
    expect(idsIn("all")).toEqual([a]);
    expect(idsIn("unread")).toEqual([a]);
  });

  it.each(["pin", "done"] as const)("counts what came in meanwhile once, after %s", (kind) => {
    const [a] = list(1) as [ConversationId];
    arrives(0, T0 + MINUTE);
    const first = remoteMessage({ remoteId: "m1", createdAt: T0 + MINUTE });
    commitThread(db, accountId, a, [first]);
    const undoId = apply({ kind }, a);
    commitThread(db, accountId, a, [first, remoteMessage({ remoteId: "m2", createdAt: T0 + 2 * MINUTE })]);
    undoTriage(db, { undoId });
    expect(findConversation(db, { id: a })?.unreadCount).toBe(2);
  });

  it("forgets old batches", () => {
    const [a] = list(1) as [ConversationId];
    const first = apply({ kind: "pin" }, a);
    for (let more = 0; more < 30; more += 1) apply({ kind: "unpin" }, a);
    expect(undoTriage(db, { undoId: first })).toEqual([]);
  });
});

describe("marking as unread", () => {
  it("survives a recount and ends with reading", () => {
    const [a] = list(1) as [ConversationId];
    apply({ kind: "unread" }, a);
    commitThread(db, accountId, a, [
      remoteMessage({ remoteId: "m0", createdAt: T0 - MINUTE }),
      remoteMessage({ remoteId: "m1", createdAt: T0 }),
    ]);
    expect(findConversation(db, { id: a })?.unreadCount).toBe(1);
    markRead(db, { id: a, now: T0 });
    expect(idsIn("unread")).toEqual([]);
  });
});

describe("a local name", () => {
  it("stands in every account and gives way to the provider's again", () => {
    const [a] = list(1, { contactName: "From the provider" }) as [ConversationId];
    const other = seedAccount(db, "account-2");
    commitList(db, other, [remoteConversation({ remoteId: "x", contactNumber: "+15559990000" })]);
    const { changed } = renameContact(db, { id: a, name: "Dana" });
    expect(changed).toHaveLength(2);
    expect(findConversation(db, { id: idOf(db, "x") })).toMatchObject({ contactName: "Dana", hasLocalName: true });
    arrives(0, T0 + MINUTE);
    expect(findConversation(db, { id: a })?.contactName).toBe("Dana");
    renameContact(db, { id: a, name: null });
    expect(findConversation(db, { id: a })).toMatchObject({ contactName: "From the provider", hasLocalName: false });
  });
});
