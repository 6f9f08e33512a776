/** Opening a thread: its provider hears of it only when there was something to read. */
import { describe, expect, it } from "vitest";
import { inboxHandlers } from "../../../../electron/ipc/inbox-handlers.ts";
import type { Services } from "../../../../electron/ipc/services.ts";
import type { ConversationId } from "../../../../shared/domain.ts";
import { createInProcessClient, openMemoryDatabase, seedConversation } from "../../../helpers/test-database.ts";

function rig() {
  const db = openMemoryDatabase();
  const { id } = seedConversation(db, { unreadCount: 2 });
  const told: ConversationId[] = [];
  const opened: (ConversationId | null)[] = [];
  const changed: ConversationId[] = [];
  const inbox = {
    db: createInProcessClient(db),
    sync: {
      open: async (one: ConversationId | null) => void opened.push(one),
      tellRead: async (one: ConversationId) => void told.push(one),
    },
    changed: (one: ConversationId) => void changed.push(one),
    now: () => 1,
  };
  const handlers = inboxHandlers({ inbox: () => inbox } as unknown as Services);
  return { db, id, told, opened, changed, open: handlers["conversations.open"] };
}

describe("opening a thread", () => {
  it("with unread messages tells its provider once", async () => {
    const { db, id, told, opened, changed, open } = rig();
    await open({ id });
    await open({ id });
    await open({ id: null });
    expect(told).toEqual([id]);
    expect(changed).toEqual([id]);
    expect(opened).toEqual([id, id, null]);
    db.close();
  });

  it("without any tells nobody", async () => {
    const { db, id, told, open } = rig();
    db.run("UPDATE conversations SET unread_count = 0");
    await open({ id });
    expect(told).toEqual([]);
    db.close();
  });
});
