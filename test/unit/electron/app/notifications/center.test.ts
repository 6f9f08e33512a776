/** The notification centre over the real database, a clock of the test's and a recorded desktop. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createNotificationCenter } from "../../../../../electron/app/notifications/center.ts";
import type { NotificationCenter } from "../../../../../electron/app/notifications/center.ts";
import { createLog } from "../../../../../electron/log.ts";
import type { AccountId, ConversationId, MessageId } from "../../../../../shared/domain.ts";
import { defaultSettings } from "../../../../../shared/settings.ts";
import { createFakeClock } from "../../../../fakes/fake-clock.ts";
import { createFakeDesktop } from "../../../../fakes/fake-desktop.ts";
import {
  T0,
  commitList,
  commitThread,
  createInProcessClient,
  idOf,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedAccount,
} from "../../../../helpers/test-database.ts";

const THREADS = 8;
const consented = { optedIn: true, since: T0 - 1 };

function setUp() {
  const db = openMemoryDatabase();
  const accountId = seedAccount(db);
  const clock = createFakeClock(T0 + 1_000);
  const desktop = createFakeDesktop();
  const sent: string[] = [];
  const changed: ConversationId[] = [];
  let settings = defaultSettings().notifications;
  const lock = { isOn: false };
  const start = (): NotificationCenter =>
    createNotificationCenter({
      db: createInProcessClient(db),
      clock,
      log: createLog(() => {}, clock.now),
      port: desktop.desktop.notifications,
      settings: () => settings,
      isLocked: () => lock.isOn,
      minuteOfDay: () => 600,
      accountCount: () => 1,
      open: desktop.desktop.open,
      dispatch: () => void sent.push("dispatch"),
      changed: (id) => void changed.push(id),
    });
  const list = (at: number, change = {}) =>
    Array.from({ length: THREADS }, (_, index) =>
      remoteConversation({
        remoteId: `c${index}`,
        contactNumber: `+1555999000${index}`,
        lastMessageAt: at,
        consent: consented,
        ...change,
      }),
    );
  return {
    db,
    accountId,
    clock,
    ...desktop,
    sent,
    changed,
    start,
    list,
    lock,
    choose: (change: Partial<typeof settings>) => (settings = { ...settings, ...change }),
  };
}

type Rig = ReturnType<typeof setUp>;
let rig: Rig;
let center: NotificationCenter;

const idAt = (index: number) => idOf(rig.db, `c${index}`);
const message = (thread: number, number: number, change = {}) =>
  remoteMessage({
    remoteId: `m${thread}-${number}`,
    body: `Text ${number} of ${thread}`,
    createdAt: T0 + number * 10,
    ...change,
  });

/** The thread as the provider lists it now: one old text and `news` new ones. */
function store(thread: number, news: number, change = {}): void {
  const items = [message(thread, 0), ...Array.from({ length: news }, (_, index) => message(thread, index + 1, change))];
  commitThread(rig.db, rig.accountId, idAt(thread), items, { now: rig.clock.now(), startedAt: rig.clock.now() });
  center.committed(rig.accountId);
}

async function caughtUp(): Promise<void> {
  center.status(rig.accountId, { kind: "up_to_date" });
  await rig.clock.advance(5_000);
}

beforeEach(async () => {
  rig = setUp();
  center = rig.start();
  commitList(rig.db, rig.accountId, rig.list(T0));
  for (let thread = 0; thread < THREADS; thread += 1) store(thread, 0);
  await caughtUp();
});
afterEach(() => rig.db.close());

describe("news", () => {
  it("of a first sync are none", () => expect(rig.raised).toEqual([]));

  it("are told once, in one notification per thread, for ever", async () => {
    store(1, 2);
    await rig.clock.advance(1_000);
    expect(rig.raised.map(({ tag, body }) => [tag, body])).toEqual([[`t${idAt(1)}`, "2 new messages"]]);
    store(1, 2);
    await rig.clock.advance(1_000);
    // Another run of the app over the same cache.
    center = rig.start();
    center.committed(rig.accountId);
    await caughtUp();
    expect(rig.raised).toHaveLength(1);
  });

  it("that follow replace the notification of their thread", async () => {
    store(1, 1);
    await rig.clock.advance(1_000);
    store(1, 2);
    await rig.clock.advance(1_000);
    expect(rig.raised).toHaveLength(2);
    expect([...rig.visible.keys()]).toEqual([`t${idAt(1)}`]);
  });

  it("of a backlog are one summary, however slowly it comes in", async () => {
    center = rig.start();
    for (let thread = 0; thread < THREADS; thread += 1) {
      center.status(rig.accountId, { kind: "syncing", first: false, done: thread, total: null });
      store(thread, 50);
      await rig.clock.advance(1_200);
    }
    expect(rig.raised).toEqual([]);
    await caughtUp();
    expect(rig.raised.map(({ title }) => title)).toEqual(["400 new messages in 8 conversations"]);
    center.setFocused(true);
    expect(rig.visible.size).toBe(0);
  });

  it("after a sleep are a backlog again", async () => {
    center.woke();
    store(1, 1);
    store(2, 1);
    await caughtUp();
    expect(rig.raised.map(({ tag }) => tag)).toEqual(["summary"]);
  });

  it("of the thread in view are not told", async () => {
    center.setFocused(true);
    center.setOpen(idAt(3));
    store(3, 1);
    await rig.clock.advance(1_000);
    expect(rig.raised).toEqual([]);
  });

  it("of the thread behind the lock are told: nobody sees it, though the window has the focus", async () => {
    center.setFocused(true);
    center.setOpen(idAt(3));
    rig.lock.isOn = true;
    store(3, 1);
    await rig.clock.advance(1_000);
    expect(rig.raised.map(({ tag }) => tag)).toEqual([`t${idAt(3)}`]);
  });

  it("of a new contact are told, too", async () => {
    const [template] = rig.list(T0 + 500);
    commitList(rig.db, rig.accountId, [{ ...template!, remoteId: "new", contactNumber: "+15550007777" }]);
    commitThread(rig.db, rig.accountId, idOf(rig.db, "new"), [
      remoteMessage({ remoteId: "first", createdAt: T0 + 500, body: "Hello" }),
    ]);
    center.committed(rig.accountId);
    await rig.clock.advance(1_000);
    expect(rig.raised.map(({ title }) => title)).toEqual(["+15550007777"]);
  });
});

describe("a notification", () => {
  beforeEach(async () => {
    store(1, 1);
    await rig.clock.advance(1_000);
    if (rig.visible.size !== 1) throw new Error("there is no notification to begin with");
  });

  it("goes when its text is read", async () => {
    await createInProcessClient(rig.db).call("conversations.markRead", { id: idAt(1), now: rig.clock.now() });
    center.changedRows([idAt(1)]);
    await rig.clock.advance(500);
    expect(rig.visible.size).toBe(0);
  });

  it("goes when its text is removed", async () => {
    store(1, 1, { body: null, redactedAt: T0 + 900 });
    center.changedRows(null);
    await rig.clock.advance(500);
    expect(rig.visible.size).toBe(0);
  });

  it("stays when another thread changes", async () => {
    center.changedRows([idAt(2)]);
    await rig.clock.advance(500);
    expect(rig.visible.size).toBe(1);
  });

  it("goes with the app", () => {
    center.close();
    expect(rig.visible.size).toBe(0);
  });

  it("opens its thread; one that is gone opens the window alone", async () => {
    const open = (id: number) =>
      center.activated({ kind: "open", conversationId: id as ConversationId, messageId: null, text: "" });
    await open(idAt(1));
    await open(9_999);
    expect(rig.opened).toEqual([idAt(1), null]);
  });
});

describe("what a killed run left on the screen", () => {
  const lastId = (thread: number) =>
    rig.db.get<{ id: MessageId }>("SELECT max(id) AS id FROM messages WHERE conversation_id = ?", idAt(thread))!.id;
  const leave = (thread: number, messageId: MessageId) => {
    const news = { tag: `t${idAt(thread)}`, conversationId: idAt(thread), messageId };
    rig.left.push(news);
    rig.visible.set(news.tag, { ...news, title: "", body: "", canReply: false });
  };

  it("stays while it is news, and goes when it was read, removed, or is of another cache", async () => {
    for (const thread of [1, 2, 3]) store(thread, 1);
    await rig.clock.advance(1_000);
    rig.visible.clear();
    for (const thread of [1, 2, 3]) leave(thread, lastId(thread));
    leave(4, 99_999 as MessageId);
    await createInProcessClient(rig.db).call("conversations.markRead", { id: idAt(2), now: rig.clock.now() });
    store(3, 1, { body: null, redactedAt: T0 + 900 });
    center = rig.start();
    await rig.clock.advance(1_000);
    expect([...rig.visible.keys()]).toEqual([`t${idAt(1)}`]);
    await createInProcessClient(rig.db).call("conversations.markRead", { id: idAt(1), now: rig.clock.now() });
    center.changedRows([idAt(1)]);
    await rig.clock.advance(1_000);
    expect(rig.visible.size).toBe(0);
  });
});

describe("a reply from a notification", () => {
  const reply = (thread: number, text: string) =>
    center.activated({ kind: "reply", conversationId: idAt(thread), messageId: 5 as MessageId, text });
  const outbox = () => rig.db.all<{ text: string; state: string }>("SELECT text, state FROM outbox ORDER BY id");
  const draft = (thread: number) =>
    rig.db.get<{ text: string }>("SELECT text FROM drafts WHERE conversation_id = ?", idAt(thread))?.text ?? "";

  it("is in the outbox once, delivered twice, also after a restart and after it was discarded", async () => {
    await Promise.all([reply(1, "On my way"), reply(1, "On my way")]);
    center = rig.start();
    await reply(1, "On my way");
    expect(outbox()).toEqual([{ text: "On my way", state: "queued" }]);
    expect(rig.sent).toEqual(["dispatch"]);
    rig.db.run("DELETE FROM outbox");
    await reply(1, "On my way");
    expect(outbox()).toEqual([]);
  });

  it("marks the thread as read", async () => {
    store(1, 1);
    await rig.clock.advance(1_000);
    await reply(1, "On my way");
    const row = rig.db.get<{ unread_count: number }>("SELECT unread_count FROM conversations WHERE id = ?", idAt(1));
    expect(row?.unread_count).toBe(0);
  });

  it.each([
    [{ optedIn: false, since: T0 }, "The contact has opted out. Your text is kept as a draft."],
    [null, "There is no consent on record. Your text is kept as a draft."],
  ])("that may not go (%o) becomes a draft and a notice, once", async (consent, told) => {
    commitList(rig.db, rig.accountId, rig.list(T0 + 5, { consent }));
    rig.db.run("INSERT INTO drafts (conversation_id, text, saved_at) VALUES (?, 'Begun before', 1)", idAt(2));
    await reply(2, "On my way");
    await reply(2, "On my way");
    expect(outbox()).toEqual([]);
    expect(draft(2)).toBe("Begun before\nOn my way");
    expect(rig.raised.map(({ body }) => body)).toEqual([told]);
    expect(rig.sent).toEqual([]);
  });

  it("that is empty makes nothing", async () => {
    await reply(1, "  ");
    expect(outbox()).toEqual([]);
    expect(draft(1)).toBe("");
  });

  it("to a conversation that is gone opens the window", async () => {
    await center.activated({ kind: "reply", conversationId: 9_999 as ConversationId, messageId: null, text: "hi" });
    expect(rig.opened).toEqual([null]);
    expect(outbox()).toEqual([]);
    expect(rig.raised.map(({ body }) => body)).toEqual([expect.stringContaining("hi")]);
  });
});

it("accounts on their way out tell nothing", async () => {
  store(1, 1);
  rig.db.run("UPDATE accounts SET state = 'removing'");
  await rig.clock.advance(1_000);
  expect(rig.raised).toEqual([]);
  const unknown = 77 as AccountId;
  center.committed(unknown);
  await rig.clock.advance(1_000);
  expect(rig.db.get("SELECT 1 FROM notified WHERE account_id = 77")).toBeUndefined();
});
