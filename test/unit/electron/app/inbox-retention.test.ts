/** Retention over a real cache: by the provider's clock where it is known, with doubt where it is not. */
import { beforeEach, describe, expect, it } from "vitest";
import { createInboxRetention } from "../../../../electron/app/inbox-retention.ts";
import type { DbClient } from "../../../../electron/db/client.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { clockOffset, setTypedRetention } from "../../../../electron/db/retention-repo.ts";
import { createLog } from "../../../../electron/log.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import {
  T0,
  commitThread,
  createInProcessClient,
  openMemoryDatabase,
  remoteMessage,
  seedConversation,
  textsOf,
} from "../../../helpers/test-database.ts";

const DAY = 86_400_000;
let db: WriteDb;
beforeEach(() => {
  db = openMemoryDatabase();
  return () => db.close();
});

/** A window of 30 days, and two texts that are over it by five days and by one. */
function setUp(change: Partial<DbClient> = {}) {
  const clock = createFakeClock(T0 + 35 * DAY);
  const { accountId, id } = seedConversation(db, { preview: "" });
  commitThread(db, accountId, id, [
    remoteMessage({ remoteId: "old", body: "five days over", createdAt: T0 }),
    remoteMessage({ remoteId: "new", body: "one day over", createdAt: T0 + 4 * DAY }),
  ]);
  setTypedRetention(db, { accountId, days: 30 });
  const removed: number[] = [];
  const asked = { count: 0 };
  const lines: string[] = [];
  const retention = createInboxRetention({
    db: { ...createInProcessClient(db), ...change },
    clock,
    log: createLog((line) => lines.push(line), clock.now),
    onRemoved: (changed) => removed.push(...changed),
    askAll: () => void (asked.count += 1),
  });
  return { clock, retention, accountId, id, removed, asked, lines, texts: () => textsOf(db, id) };
}

describe("retention in the open inbox", () => {
  it("removes what is overdue by days before any provider told its time, and the rest right after", async () => {
    const { clock, retention, accountId, id, removed, texts } = setUp();
    await retention.run();
    expect([texts(), removed]).toEqual([["<redacted>", "one day over"], [id]]);
    retention.clockIsKnown(accountId);
    await clock.advance(1_000);
    expect([texts(), removed]).toEqual([
      ["<redacted>", "<redacted>"],
      [id, id],
    ]);
    await retention.stop();
    expect(clock.pending()).toBe(0);
  });

  it("has every provider asked again after a leap of the clock, and doubts it until one has told", async () => {
    const { clock, retention, accountId, asked, texts } = setUp();
    setTypedRetention(db, { accountId, days: 3_000 });
    retention.clockIsKnown(accountId);
    await retention.run();
    setTypedRetention(db, { accountId, days: 60 });
    clock.leap(27 * DAY);
    await clock.advance(0);
    expect([asked.count, texts()]).toEqual([1, ["five days over", "one day over"]]);
    retention.clockIsKnown(accountId);
    await clock.advance(1_000);
    expect(texts()).toEqual(["<redacted>", "one day over"]);
    await retention.stop();
  });

  it("keeps the provider's clock for the time without a network", async () => {
    const { retention, accountId } = setUp();
    await retention.saveClock(accountId, 90_000.4);
    expect(clockOffset(db, { accountId })).toBe(90_000);
  });

  it("goes on where the cache fails, which is logged by its kind alone", async () => {
    const { retention, accountId, lines } = setUp({ call: () => Promise.reject(new TypeError("am_live_canary")) });
    await retention.saveClock(accountId, 1);
    await retention.run();
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: "clock not saved", accountId, name: "TypeError" },
      { event: "retention failed", name: "TypeError" },
    ]);
    expect(lines.join()).not.toContain("canary");
    await retention.stop();
  });
});
