/** A reply of ours that the thread lists under another id, also where the provider removed it before it was ever listed. */
import { beforeEach, describe, expect, it } from "vitest";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { beginSend, enqueue } from "../../../../electron/db/outbox-repo.ts";
import { markSent } from "../../../../electron/db/outbox-settle.ts";
import { purgePending } from "../../../../electron/db/purge.ts";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import {
  T0,
  commitThread,
  openMemoryDatabase,
  remoteMessage,
  seedConversation,
  textsOf,
} from "../../../helpers/test-database.ts";

let db: WriteDb;
let accountId: AccountId;
let id: ConversationId;
beforeEach(() => {
  db = openMemoryDatabase();
  ({ accountId, id } = seedConversation(db));
  const { id: reply } = enqueue(db, { conversationId: id, text: "Look", key: "key", now: T0 });
  beginSend(db, { id: reply, now: T0 });
  markSent(db, { id: reply, receipt: { remoteId: "sent-1", status: "sent", createdAt: T0 + 1_000 }, now: T0 + 1_000 });
  return () => db.close();
});

const outbound = (change: Parameters<typeof remoteMessage>[0]) =>
  remoteMessage({ remoteId: "other-id", direction: "outbound", body: null, createdAt: T0 + 1_400, ...change });
const listed = (...items: ReturnType<typeof outbound>[]) =>
  commitThread(db, accountId, id, items, { now: T0 + 2_000, startedAt: T0 + 1_500 });
const removed = { redactedAt: T0 + 1_500 };

describe("a reply that was sent and is listed under another id", () => {
  it("is one message", () => {
    listed(outbound({ body: "Look" }));
    expect(textsOf(db, id)).toEqual(["Look"]);
  });

  it("keeps no word here where the provider removed it first", () => {
    listed(outbound(removed));
    expect(textsOf(db, id)).toEqual(["<redacted>"]);
    expect(purgePending(db)).toBe(true);
  });

  it.each([
    ["is dated otherwise", outbound({ ...removed, createdAt: T0 + 120_000 })],
    ["came in", outbound({ ...removed, direction: "inbound" })],
    ["has no words but was not removed", outbound({})],
  ])("is not the one that %s", (_what, item) => {
    listed(item);
    expect(textsOf(db, id)).toContain("Look");
    expect(textsOf(db, id)).toHaveLength(2);
  });

  it("comes back with its own record where another's removal was taken for its own", () => {
    listed(outbound(removed));
    listed(outbound(removed), outbound({ remoteId: "sent-1", body: "Look", createdAt: T0 + 1_000 }));
    expect(textsOf(db, id)).toEqual(["Look", "<redacted>"]);
  });
});
