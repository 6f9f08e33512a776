/** The outbox as a person handles it: the list, back to draft, send later. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setAccountState } from "../../../../electron/db/accounts-repo.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { getDraft, saveDraft } from "../../../../electron/db/drafts-repo.ts";
import { listOpen, toDraft } from "../../../../electron/db/outbox-person.ts";
import { beginSend, enqueue, markFailed, nextDueAt, nextQueued } from "../../../../electron/db/outbox-repo.ts";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import { T0, openMemoryDatabase, seedConversation } from "../../../helpers/test-database.ts";

let db: WriteDb;
let conversationId: ConversationId;
let accountId: AccountId;

beforeEach(() => {
  db = openMemoryDatabase();
  ({ id: conversationId, accountId } = seedConversation(db));
});
afterEach(() => db.close());

const write = (text: string, notBefore: number | null = null) =>
  enqueue(db, { conversationId, text, key: text, now: T0, notBefore });
const next = (now: number) => nextQueued(db, { accountId, now })?.item.text ?? null;

describe("the list", () => {
  it("holds every reply that is not sent, oldest first, with its conversation", () => {
    write("one");
    const two = write("two");
    markFailed(db, { id: two.id, failure: { code: "rejected", detail: {} }, now: T0 });
    expect(listOpen(db).map(({ item, conversation }) => [item.text, item.state, conversation.id])).toEqual([
      ["one", "queued", conversationId],
      ["two", "failed", conversationId],
    ]);
  });

  it("leaves out what belongs to an account on its way out", () => {
    write("one");
    setAccountState(db, { id: accountId, state: "removing", missingScope: null });
    expect(listOpen(db)).toEqual([]);
  });
});

describe("back to draft", () => {
  it("puts the text in front of what is typed, and takes the reply out, in one step", () => {
    const { id } = write("Come at nine");
    saveDraft(db, { conversationId, text: "and bring the key", now: T0 });
    expect(toDraft(db, { id, now: T0 })).toEqual({ conversationId });
    expect(getDraft(db, { conversationId })).toBe("Come at nine\nand bring the key");
    expect(listOpen(db)).toEqual([]);
  });

  it("is refused while the reply is on its way, and changes nothing", () => {
    const { id } = write("Come at nine");
    beginSend(db, { id, now: T0 });
    expect(() => toDraft(db, { id, now: T0 })).toThrow("sending");
    expect(getDraft(db, { conversationId })).toBe("");
    expect(listOpen(db)).toHaveLength(1);
  });
});

describe("send later", () => {
  it("waits for its time and does not hold back what is written after it", () => {
    write("tomorrow", T0 + 1_000);
    write("now");
    expect(next(T0)).toBe("now");
    expect(nextDueAt(db, { accountId, now: T0 })).toBe(T0 + 1_000);
    expect(next(T0 + 1_000)).toBe("tomorrow");
    expect(nextDueAt(db, { accountId, now: T0 + 1_000 })).toBeNull();
  });
});
