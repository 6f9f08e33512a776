/** Where messages are missing in a thread, as its walks tell; and the first message since a moment. */
import { beforeEach, describe, expect, it } from "vitest";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { firstSince } from "../../../../electron/db/thread-repo.ts";
import { coverageOf } from "../../../../electron/db/threads-repo.ts";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import {
  T0,
  commitList,
  commitThread,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedConversation,
} from "../../../helpers/test-database.ts";

let db: WriteDb;
let accountId: AccountId;
let id: ConversationId;
beforeEach(() => {
  db = openMemoryDatabase();
  ({ accountId, id } = seedConversation(db));
  return () => db.close();
});

const at = (remoteId: string, createdAt: number) => remoteMessage({ remoteId, createdAt });
const gap = () => coverageOf(db, id).gap;

describe("a gap", () => {
  it("is nowhere in a thread that is held completely", () => {
    commitThread(db, accountId, id, [at("a", T0 - 5), at("b", T0)]);
    expect(coverageOf(db, id)).toMatchObject({ complete: true, gap: null, oldestAt: T0 - 5 });
  });

  it("is at the end while an oldest-first walk is on its way", () => {
    commitThread(db, accountId, id, [at("a", T0 - 9), at("b", T0 - 5)], { complete: false, cursor: "next" });
    expect(gap()).toEqual({ after: T0 - 5, before: null });
  });

  it("is at the beginning while a newest-first walk is on its way", () => {
    commitThread(db, accountId, id, [at("b", T0)], { complete: false, cursor: "next" });
    expect(gap()).toEqual({ after: null, before: T0 });
  });

  it("is between what was held and what a walk from the top has brought since", () => {
    commitThread(db, accountId, id, [at("a", T0 - 5), at("b", T0)]);
    commitList(db, accountId, [remoteConversation({ lastMessageAt: T0 + 50 })]);
    expect(gap()).toEqual({ after: T0, before: null });
    commitThread(db, accountId, id, [at("z", T0 + 50)], { kind: "delta", complete: false, cursor: null });
    expect(gap()).toEqual({ after: T0, before: T0 + 50 });
  });
});

describe("the first message since a moment", () => {
  it("is at it or after it, or nowhere", () => {
    commitThread(db, accountId, id, [at("a", T0 - 5), at("b", T0)]);
    expect(firstSince(db, { conversationId: id, at: 0 }).first).toMatchObject({ createdAt: T0 - 5 });
    expect(firstSince(db, { conversationId: id, at: T0 - 5 }).first).toMatchObject({ createdAt: T0 - 5 });
    expect(firstSince(db, { conversationId: id, at: T0 - 4 }).first).toMatchObject({ createdAt: T0 });
    expect(firstSince(db, { conversationId: id, at: T0 + 1 })).toEqual({ first: null });
  });
});
