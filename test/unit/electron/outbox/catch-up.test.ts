/** After sleep or an outage a reply waits for a look at what others wrote: no longer than that, and never for ever. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { threadOutbox } from "../../../../electron/db/outbox-person.ts";
import { enqueue } from "../../../../electron/db/outbox-repo.ts";
import type { Leave } from "../../../../electron/outbox/catch-up.ts";
import {
  CATCH_UP_MS,
  asleep,
  catchUpFrom,
  listChecked,
  mayLeave,
  threadSeen,
} from "../../../../electron/outbox/catch-up.ts";
import { createDispatcher } from "../../../../electron/outbox/dispatcher.ts";
import type { Dispatcher } from "../../../../electron/outbox/dispatcher.ts";
import type { OutboxStore, Provider } from "../../../../electron/sync/ports.ts";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import type { AppErrorCode } from "../../../../shared/errors.ts";
import { ProviderError } from "../../../../shared/errors.ts";
import { createFakeClock, settle } from "../../../fakes/fake-clock.ts";
import type { FakeClock } from "../../../fakes/fake-clock.ts";
import {
  T0,
  commitList,
  commitThread,
  createStores,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedConversation,
} from "../../../helpers/test-database.ts";

describe("the rule", () => {
  type Rule = typeof mayLeave;
  const id = 1 as ConversationId;
  const since = catchUpFrom(100);
  const checked = listChecked(since, 100);
  const CASES: readonly { readonly state: Parameters<Rule>[0]; readonly now: number; readonly says: Leave }[] = [
    { state: null, now: 100, says: "go" },
    { state: asleep(100), now: Number.MAX_SAFE_INTEGER, says: "wait" },
    { state: since, now: 100 + CATCH_UP_MS - 1, says: "wait" },
    { state: since, now: 100 + CATCH_UP_MS, says: "go" },
    { state: listChecked(since, 99), now: 101, says: "wait" },
    { state: checked, now: 101, says: "look" },
    { state: threadSeen(checked, id), now: 101, says: "go" },
    { state: threadSeen(checked, 2 as ConversationId), now: 101, says: "look" },
    { state: catchUpFrom(100, 5_000), now: 5_000 + CATCH_UP_MS - 1, says: "wait" },
  ];
  const holds = (rule: Rule) => CASES.every(({ state, now, says }) => rule(state, id, now) === says);

  it("waits for a pass that began since, then for the thread, and for both only so long", () =>
    expect(holds(mayLeave)).toBe(true));

  it.each<[string, Rule]>([
    ["never waits", () => "go"],
    ["waits for ever", (state, of, now) => mayLeave(state && { ...state, until: Infinity }, of, now)],
    ["takes the list for the thread", (state, of, now) => (mayLeave(state, of, now) === "wait" ? "wait" : "go")],
    ["forgets what it has seen", (state, of, now) => mayLeave(state && { ...state, seen: new Set() }, of, now)],
    ["does not wait for the list", (state, of, now) => mayLeave(state && { ...state, isListed: true }, of, now)],
    ["wakes by itself", (state, of, now) => mayLeave(state && { ...state, until: state.since + CATCH_UP_MS }, of, now)],
  ])("is not one that %s", (_name, mutant) => expect(holds(mutant)).toBe(false));
});

describe("the dispatcher", () => {
  let db: WriteDb;
  let id: ConversationId;
  let accountId: AccountId;
  let clock: FakeClock;
  let dispatcher: Dispatcher;
  let sent: string[];
  let refusal: AppErrorCode | null;
  let looks: number;
  let store: OutboxStore;
  const never = () => Promise.reject(new Error("not asked here"));

  beforeEach(() => {
    db = openMemoryDatabase();
    ({ accountId, id } = seedConversation(db));
    commitThread(db, accountId, id, [remoteMessage()]);
    clock = createFakeClock(T0 + 1);
    sent = [];
    refusal = null;
    looks = 0;
    store = { ...createStores(db).outbox };
    const provider: Provider = {
      messageOrder: "oldest_first",
      check: never,
      listConversations: never,
      listMessages: never,
      listNumbers: never,
      async send({ text }) {
        if (refusal !== null) throw new ProviderError(refusal);
        sent.push(text);
        return { remoteId: `r${sent.length}`, status: "sent", createdAt: clock.now() };
      },
      findSent: async () => null,
      clockOffsetMs: () => null,
    };
    dispatcher = createDispatcher({
      accountId,
      provider,
      store,
      clock,
      random: () => 0.5,
      paceMs: 0,
      onChanged: () => undefined,
      onBlocked: () => undefined,
      onWaiting: () => (looks += 1),
      onError: (error) => {
        throw error;
      },
    });
  });
  afterEach(async () => {
    await dispatcher.stop();
    db.close();
  });

  async function write(text: string): Promise<void> {
    enqueue(db, { conversationId: id, text, key: text, now: clock.now() });
    dispatcher.kick();
    await settle();
  }
  /** What sync does after a colleague has answered meanwhile: the list first, the thread after it. */
  async function list(startedAt = clock.now()): Promise<void> {
    const row = remoteConversation({ lastMessageAt: T0 + 60_000, lastDirection: "outbound" });
    commitList(db, accountId, [row], { now: clock.now() });
    dispatcher.listChecked(startedAt);
    await settle();
  }
  async function fetchThread(): Promise<void> {
    const done = remoteMessage({ remoteId: "ana", direction: "outbound", body: "Done", createdAt: T0 + 60_000 });
    commitThread(db, accountId, id, [remoteMessage(), done], { now: clock.now() });
    dispatcher.threadChanged();
    await settle();
  }
  const held = () => threadOutbox(db, { conversationId: id }).map(({ state, error }) => [state, error?.code ?? null]);

  async function sleepAnHour(): Promise<void> {
    dispatcher.suspend();
    await write("I will look into it");
    await clock.advance(3_600_000);
  }

  it("lets nothing leave while the computer sleeps, also when a timer fires before anybody says it is awake", async () => {
    await sleepAnHour();
    dispatcher.kick();
    await settle();
    expect([sent, held()]).toEqual([[], [["queued", null]]]);
  });

  it("after sleep, holds back a reply that a colleague's crossed, though sync learns of it only now", async () => {
    await sleepAnHour();
    dispatcher.cameBack();
    await settle();
    expect(held()).toEqual([["queued", null]]);
    await list();
    expect(held()).toEqual([["queued", null]]);
    await fetchThread();
    expect([sent, held()]).toEqual([[], [["failed", "reply_crossed"]]]);
  });

  it("would miss it without the wait", async () => {
    await sleepAnHour();
    dispatcher.cameBack();
    dispatcher.cannotLook();
    await settle();
    await list();
    await fetchThread();
    expect(sent).toEqual(["I will look into it"]);
  });

  it("takes no pass for a look that began before", async () => {
    await sleepAnHour();
    dispatcher.cameBack();
    dispatcher.listChecked(clock.now() - 1);
    await settle();
    expect(sent).toEqual([]);
    dispatcher.listChecked(clock.now());
    await settle();
    expect(sent).toEqual(["I will look into it"]);
  });

  it("sends a second reply of the thread without waiting for sync to read the first one back", async () => {
    await sleepAnHour();
    await write("And one more thing");
    dispatcher.cameBack();
    dispatcher.listChecked(clock.now());
    await settle();
    expect(sent).toEqual(["I will look into it", "And one more thing"]);
  });

  it("goes on as always when nothing could be looked at for a while", async () => {
    await sleepAnHour();
    dispatcher.cameBack();
    await clock.advance(CATCH_UP_MS - 1);
    expect(sent).toEqual([]);
    await clock.advance(1);
    expect(sent).toEqual(["I will look into it"]);
  });

  it("takes a person at work for proof that the computer is awake, and still looks first", async () => {
    await sleepAnHour();
    dispatcher.networkBack();
    await settle();
    expect(sent).toEqual([]);
    await clock.advance(CATCH_UP_MS);
    expect(sent).toEqual(["I will look into it"]);
  });

  it("looks first after an outage that nobody announced, and asks sync for that once", async () => {
    refusal = "offline";
    await write("I will look into it");
    expect(held()).toEqual([["queued", "offline"]]);
    refusal = null;
    await clock.advance(10_000);
    expect([sent, looks]).toEqual([[], 1]);
    await list();
    await fetchThread();
    expect([sent, looks, held()]).toEqual([[], 1, [["failed", "reply_crossed"]]]);
  });

  describe("while the store is asked whether the thread is held", () => {
    async function askedAndMeanwhile(meanwhile: () => void): Promise<void> {
      await sleepAnHour();
      dispatcher.cameBack();
      const { isThreadHeld } = store;
      store.isThreadHeld = async (input) => {
        store.isThreadHeld = isThreadHeld;
        const isHeld = await isThreadHeld(input);
        meanwhile();
        return isHeld;
      };
      dispatcher.listChecked(clock.now());
      await settle();
    }

    it("lets nothing leave when the computer goes to sleep just then, nor before a look after that", async () => {
      await askedAndMeanwhile(() => dispatcher.suspend());
      dispatcher.kick();
      await settle();
      expect([sent, held()]).toEqual([[], [["queued", null]]]);
      await clock.advance(3_600_000);
      dispatcher.cameBack();
      await settle();
      expect(sent).toEqual([]);
      await list();
      await fetchThread();
      expect([sent, held()]).toEqual([[], [["failed", "reply_crossed"]]]);
    });

    it("goes on as always when sync finds just then that it cannot look", async () => {
      await askedAndMeanwhile(() => dispatcher.cannotLook());
      expect(sent).toEqual(["I will look into it"]);
    });
  });

  it("does not begin to send when the computer goes to sleep while the reply is put on record", async () => {
    const { beginSend } = store;
    store.beginSend = async (input) => {
      const verdict = await beginSend(input);
      dispatcher.suspend();
      return verdict;
    };
    await write("I will look into it");
    expect([sent, held()]).toEqual([[], [["queued", null]]]);
  });

  it("waits no longer than always when the clock is set back by hours", async () => {
    clock.leap(7_200_000);
    dispatcher.cameBack();
    clock.leap(-7_200_000);
    await write("I will look into it");
    expect(sent).toEqual([]);
    await clock.advance(CATCH_UP_MS);
    expect(sent).toEqual(["I will look into it"]);
  });

  it("waits for nothing in daily use", async () => {
    await write("At once");
    expect([sent, looks]).toEqual([["At once"], 0]);
  });
});
