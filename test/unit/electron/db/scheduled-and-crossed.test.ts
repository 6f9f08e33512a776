/** Replies for later, and replies that somebody else's crossed: what leaves by itself and what asks first. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import type { Begun, Candidate } from "../../../../electron/db/crossing.ts";
import { newestCrossing } from "../../../../electron/db/crossing.ts";
import { saveDraft } from "../../../../electron/db/drafts-repo.ts";
import { replyFromNotification } from "../../../../electron/db/notify-repo.ts";
import { listOpen, retry, toDraft } from "../../../../electron/db/outbox-person.ts";
import { LATE_MS, beginSend, enqueue, markUnknown, nextQueued, requeue } from "../../../../electron/db/outbox-repo.ts";
import { markSent } from "../../../../electron/db/outbox-settle.ts";
import type { AccountId, ConversationId, MessageId } from "../../../../shared/domain.ts";
import { AppError } from "../../../../shared/errors.ts";
import {
  T0,
  commitThread,
  openMemoryDatabase,
  remoteMessage,
  seedConversation,
} from "../../../helpers/test-database.ts";

const MINUTE = 60_000;
let db: WriteDb;
let conversationId: ConversationId;
let accountId: AccountId;
let keys = 0;

beforeEach(() => {
  db = openMemoryDatabase();
  ({ id: conversationId, accountId } = seedConversation(db));
});
afterEach(() => db.close());

const send = (text: string, now: number, more: Partial<Parameters<typeof enqueue>[1]> = {}) =>
  enqueue(db, { conversationId, text, key: `key-${(keys += 1)}`, now, ...more });
const draft = (text: string, now: number) => saveDraft(db, { conversationId, text, now });
const listed = (remoteId: string, body: string, createdAt: number, seenAt: number, direction: "inbound" | "outbound") =>
  commitThread(db, accountId, conversationId, [remoteMessage({ remoteId, body, createdAt, direction })], {
    now: seenAt,
  });
const errorOf = (work: () => unknown): AppError | null => {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
};
const states = () => listOpen(db).map(({ item }) => [item.text, item.state, item.error?.code ?? null]);

describe("a scheduled reply", () => {
  it("is refused for a moment that is over, with nothing stored", () => {
    expect(errorOf(() => send("late", T0, { notBefore: T0 }))?.code).toBe("schedule_past");
    expect(states()).toEqual([]);
  });

  it("that is put back after its moment stands there as missed, with its words, and does not leave by itself", () => {
    send("late", T0 + 2, { notBefore: T0 + 1, writtenIn: "again" });
    expect(states()).toEqual([["late", "failed", "schedule_missed"]]);
    expect(nextQueued(db, { accountId, now: T0 + 2 })).toBeNull();
    send("in time", T0 + 2, { notBefore: T0 + 9, writtenIn: "again" });
    expect(states().at(-1)).toEqual(["in time", "queued", null]);
  });

  it("that is put back to a contact who has opted out meanwhile keeps its words and is held", () => {
    db.run("UPDATE conversations SET consent = 'opted_out'");
    send("late", T0, { notBefore: T0 + MINUTE, writtenIn: "again" });
    expect(states()).toEqual([["late", "failed", "opted_out"]]);
  });

  it("says when it was meant to go, also after a failed attempt made it wait", () => {
    const { id } = send("tomorrow", T0, { notBefore: T0 + 5 * MINUTE });
    beginSend(db, { id, now: T0 + 5 * MINUTE });
    requeue(db, { id, failure: { code: "offline", detail: {} }, notBefore: T0 + 9 * MINUTE, now: T0 + 5 * MINUTE });
    expect(listOpen(db)[0]?.item).toMatchObject({ scheduledAt: T0 + 5 * MINUTE, notBefore: T0 + 9 * MINUTE });
  });

  it("goes by itself up to an hour late, and asks from then on", () => {
    const at = T0 + MINUTE;
    const inTime = send("in time", T0, { notBefore: at });
    expect(beginSend(db, { id: inTime.id, now: at + LATE_MS })).toBe("go");
    const late = send("late", T0, { notBefore: at });
    expect(beginSend(db, { id: late.id, now: at + LATE_MS + 1 })).toBe("refused");
    expect(states().at(-1)).toEqual(["late", "failed", "schedule_missed"]);
  });

  it("is held when its contact has opted out since", () => {
    const { id } = send("tomorrow", T0, { notBefore: T0 + MINUTE });
    db.run("UPDATE conversations SET consent = 'opted_out'");
    expect(beginSend(db, { id, now: T0 + MINUTE })).toBe("refused");
    expect(states()).toEqual([["tomorrow", "failed", "opted_out"]]);
  });

  it("is sent now when the person says so, and nothing of its schedule stands in the way", () => {
    const { id } = send("tomorrow", T0, { notBefore: T0 + MINUTE });
    retry(db, { id, now: T0 });
    expect(listOpen(db)[0]?.item).toMatchObject({ scheduledAt: null, notBefore: null });
    expect(nextQueued(db, { accountId, now: T0 })?.item.id).toBe(id);
    expect(beginSend(db, { id, now: T0 + 2 * LATE_MS })).toBe("go");
  });
});

describe("somebody else's reply while one is being written", () => {
  it("holds it back and names the message, and nothing is stored", () => {
    draft("I will look into", T0 + MINUTE);
    listed("other", "Done already", T0 + 2 * MINUTE, T0 + 3 * MINUTE, "outbound");
    const error = errorOf(() => send("I will look into it", T0 + 4 * MINUTE));
    expect(error?.code).toBe("reply_crossed");
    expect(Number(error?.detail["messageId"])).toBe(db.get<{ id: number }>("SELECT max(id) AS id FROM messages")?.id);
    expect(states()).toEqual([]);
  });

  it("also when it was sent before the draft was begun but seen here only after", () => {
    draft("I will", T0 + 5 * MINUTE);
    listed("other", "Done already", T0 + 4 * MINUTE, T0 + 6 * MINUTE, "outbound");
    expect(errorOf(() => send("I will", T0 + 7 * MINUTE))?.code).toBe("reply_crossed");
  });

  it("does not count when the contact wrote it, when it was there before, or when it is older than what was there", () => {
    listed("before", "Hello from us", T0 + MINUTE, T0 + MINUTE, "outbound");
    draft("I will", T0 + 2 * MINUTE);
    listed("inbound", "Any news?", T0 + 3 * MINUTE, T0 + 3 * MINUTE, "inbound");
    listed("history", "A year ago", T0 - 365 * 86_400_000, T0 + 3 * MINUTE, "outbound");
    expect(errorOf(() => send("I will", T0 + 4 * MINUTE))).toBeNull();
  });

  it("does not count when it is our own: settled, or just listed while its answer is still out", () => {
    draft("two", T0 + MINUTE);
    const one = send("one", T0 + 2 * MINUTE);
    beginSend(db, { id: one.id, now: T0 + 2 * MINUTE });
    listed("mine", "one", T0 + 2 * MINUTE, T0 + 3 * MINUTE, "outbound");
    expect(errorOf(() => send("two", T0 + 3 * MINUTE))).toBeNull();
    markUnknown(db, { id: one.id, failure: { code: "timeout", detail: {} }, now: T0 + 3 * MINUTE });
    draft("three", T0 + MINUTE);
    expect(errorOf(() => send("three", T0 + 4 * MINUTE))).toBeNull();
    const receipt = { remoteId: "mine", status: "sent" as const, createdAt: T0 + 2 * MINUTE };
    markSent(db, { id: one.id, receipt, now: T0 + 5 * MINUTE });
    expect(errorOf(() => send("four", T0 + 6 * MINUTE))).toBeNull();
  });

  it("lets it go once it was seen and the reply is still meant, but not past a further one", () => {
    draft("I will", T0 + MINUTE);
    listed("first", "Done already", T0 + 2 * MINUTE, T0 + 2 * MINUTE, "outbound");
    const seenUpTo = Number(errorOf(() => send("I will", T0 + 3 * MINUTE))?.detail["messageId"]) as MessageId;
    listed("second", "Really done", T0 + 4 * MINUTE, T0 + 4 * MINUTE, "outbound");
    expect(errorOf(() => send("I will", T0 + 5 * MINUTE, { seenUpTo }))?.code).toBe("reply_crossed");
    const both = (seenUpTo + 1) as MessageId;
    expect(errorOf(() => send("I will", T0 + 5 * MINUTE, { seenUpTo: both }))).toBeNull();
  });

  it("begins anew with an emptied box, and when a reply is taken back to be edited", () => {
    draft("I will", T0 + MINUTE);
    listed("other", "Done already", T0 + 2 * MINUTE, T0 + 2 * MINUTE, "outbound");
    draft("", T0 + 3 * MINUTE);
    draft("Something else", T0 + 4 * MINUTE);
    const { id } = send("Something else", T0 + 5 * MINUTE, { notBefore: T0 + 60 * MINUTE });
    listed("more", "Really done", T0 + 6 * MINUTE, T0 + 6 * MINUTE, "outbound");
    toDraft(db, { id, now: T0 + 7 * MINUTE });
    expect(errorOf(() => send("Something else!", T0 + 8 * MINUTE))).toBeNull();
  });

  it("holds a waiting reply at the moment it would leave; the person may still send it", () => {
    const { id } = send("tomorrow", T0 + MINUTE, { notBefore: T0 + 30 * MINUTE });
    listed("other", "Done already", T0 + 2 * MINUTE, T0 + 2 * MINUTE, "outbound");
    expect(beginSend(db, { id, now: T0 + 30 * MINUTE })).toBe("refused");
    expect(states()).toEqual([["tomorrow", "failed", "reply_crossed"]]);
    retry(db, { id, now: T0 + 31 * MINUTE });
    expect(beginSend(db, { id, now: T0 + 31 * MINUTE })).toBe("go");
  });

  it("turns an answer from a notification into a draft, with the reason", () => {
    db.run("UPDATE conversations SET consent = 'opted_in'");
    listed("question", "Are you there?", T0 + MINUTE, T0 + MINUTE, "inbound");
    const answer = (key: string) =>
      replyFromNotification(db, { conversationId, text: "Yes!", key, now: T0 + 5 * MINUTE });
    expect(answer("a")).toEqual({ kind: "queued" });
    listed("other", "We are", T0 + 2 * MINUTE, T0 + 2 * MINUTE, "outbound");
    expect(answer("b")).toEqual({ kind: "draft", reason: "reply_crossed" });
    listed("again", "And tomorrow?", T0 + 3 * MINUTE, T0 + 3 * MINUTE, "inbound");
    expect(answer("c")).toEqual({ kind: "queued" });
  });
});

describe("the rule", () => {
  type Rule = typeof newestCrossing;
  const begun: Begun = { at: 100, after: 50 };
  const candidate = (id: number, createdAt: number, seenAt: number): Candidate => ({
    id: id as MessageId,
    createdAt,
    seenAt,
  });
  const CASES: readonly { all: readonly Candidate[]; seen: number | null; found: number | null }[] = [
    { all: [], seen: null, found: null },
    { all: [candidate(1, 60, 100)], seen: null, found: 1 },
    { all: [candidate(1, 50, 120)], seen: null, found: null },
    { all: [candidate(1, 60, 99)], seen: null, found: null },
    { all: [candidate(1, 60, 120)], seen: 1, found: null },
    { all: [candidate(1, 60, 120), candidate(2, 70, 120)], seen: 1, found: 2 },
    { all: [candidate(3, 60, 120), candidate(2, 70, 120)], seen: null, found: 2 },
  ];
  const holds = (rule: Rule) =>
    CASES.every(({ all, seen, found }) => (rule(all, begun, seen as MessageId | null)?.id ?? null) === found);

  it("finds the newest reply that cannot have been known", () => expect(holds(newestCrossing)).toBe(true));

  it.each<[string, Rule]>([
    ["forgets what was seen", (all, from) => newestCrossing(all, from, null)],
    ["forgets when the draft was begun", (all, from, seen) => newestCrossing(all, { ...from, at: 0 }, seen)],
    ["forgets what was there", (all, from, seen) => newestCrossing(all, { ...from, after: 0 }, seen)],
    ["takes the first", (all, from, seen) => all.find((one) => newestCrossing([one], from, seen) !== null) ?? null],
    ["never finds any", () => null],
  ])("is not one that %s", (_name, mutant) => expect(holds(mutant)).toBe(false));
});
