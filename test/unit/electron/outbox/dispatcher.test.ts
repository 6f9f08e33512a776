/** One reply's trouble is not another's: files that cannot be brought, a reply taken back meanwhile, an end in between. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addAttachment } from "../../../../electron/db/attachments-repo.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { discard, threadOutbox, toDraft } from "../../../../electron/db/outbox-person.ts";
import { enqueue } from "../../../../electron/db/outbox-repo.ts";
import { CATCH_UP_MS } from "../../../../electron/outbox/catch-up.ts";
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
  createStores,
  idOf,
  openMemoryDatabase,
  remoteConversation,
  seedConversation,
} from "../../../helpers/test-database.ts";

const never = () => Promise.reject(new Error("not asked here"));

let db: WriteDb;
let clock: FakeClock;
/** What the hour is off by; timers do not mind. */
let skewMs: number;
let accountId: AccountId;
let ana: ConversationId;
let ben: ConversationId;
let sent: string[];
let uploads: string[];
let refusal: AppErrorCode | null;
let uploadRefusal: AppErrorCode | null;
/** Called by the provider in the middle of its work. */
let during: (what: "upload" | "send") => void;
let store: OutboxStore;
let provider: Provider;
let dispatcher: Dispatcher;

beforeEach(() => {
  db = openMemoryDatabase();
  ({ accountId, id: ana } = seedConversation(db));
  db.run("UPDATE accounts SET provider = 'highlevel'");
  commitList(db, accountId, [
    remoteConversation(),
    remoteConversation({ remoteId: "ben", contactNumber: "+15550007777" }),
  ]);
  ben = idOf(db, "ben");
  clock = createFakeClock(T0);
  skewMs = 0;
  [sent, uploads, refusal, uploadRefusal, during] = [[], [], null, null, () => undefined];
  provider = {
    messageOrder: "newest_first",
    check: never,
    listConversations: never,
    listMessages: never,
    listNumbers: never,
    async upload({ name }) {
      uploads.push(name);
      during("upload");
      const code = uploadRefusal ?? refusal;
      if (code !== null) throw new ProviderError(code, { mayHaveArrived: true });
      return { url: `https://files.test/${name}` };
    },
    async send({ text, signal }) {
      if (signal.aborted) throw new Error("asked after the end");
      if (refusal !== null)
        throw new ProviderError(refusal, refusal === "rate_limited" ? { retryAfterMs: 60_000 } : {});
      sent.push(text);
      during("send");
      return { remoteId: `r${sent.length}`, status: "sent", createdAt: clock.now() };
    },
    findSent: async () => null,
    clockOffsetMs: () => null,
  };
  store = { ...createStores(db).outbox };
  dispatcher = createDispatcher({
    accountId,
    provider,
    store,
    clock: { now: () => clock.now() + skewMs, schedule: clock.schedule },
    random: () => 0.5,
    paceMs: 0,
    onChanged: () => undefined,
    onBlocked: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
});
afterEach(async () => {
  await dispatcher.stop();
  db.close();
});

const attach = (name: string) =>
  addAttachment(db, {
    conversationId: ana,
    name,
    contentType: "image/png",
    bytes: new Uint8Array([1]),
    now: clock.now(),
  }).id;
const write = (conversationId: ConversationId, text: string, names: readonly string[] = []) =>
  enqueue(db, { conversationId, text, files: names.map(attach), key: text, now: clock.now() }).id;
const states = () => threadOutbox(db, { conversationId: ana }).map(({ state, error }) => [state, error?.code ?? null]);
async function go(): Promise<void> {
  dispatcher.kick();
  await settle();
}

describe("files that cannot be brought", () => {
  it.each(["server_error", "timeout", "invalid_response", "too_large"] as const)(
    "for a reason of their own (%s) put off their reply alone, and a person is asked after some tries",
    async (code) => {
      uploadRefusal = code;
      write(ana, "Look", ["a.png"]);
      write(ben, "On our way");
      await go();
      expect([sent, states()]).toEqual([["On our way"], [["queued", code]]]);
      await clock.advance(3_600_000);
      expect([uploads.length, states()]).toEqual([6, [["failed", code]]]);
    },
  );

  it("for want of a network keep everything waiting, however often, and go when it is back", async () => {
    refusal = "offline";
    write(ana, "Look", ["a.png"]);
    write(ben, "On our way");
    await go();
    await clock.advance(3_600_000);
    expect([sent, states()]).toEqual([[], [["queued", "offline"]]]);
    refusal = null;
    await clock.advance(120_000);
    expect([sent, states()]).toEqual([["Look", "On our way"], []]);
  });

  it.each([
    ["taken into the draft", (id: ReturnType<typeof write>) => void toDraft(db, { id, now: clock.now() })],
    [
      "discarded, and may still be put back",
      (id: ReturnType<typeof write>) => void discard(db, { id, keepsFiles: true }),
    ],
  ])("are brought no further when their reply is %s meanwhile", async (_what, takeOut) => {
    const id = write(ana, "Look", ["a.png", "b.png"]);
    during = () => takeOut(id);
    await go();
    await settle();
    expect([uploads, sent, states()]).toEqual([["a.png"], [], []]);
  });
});

it("looks at what others wrote again when the computer slept while a reply's files were brought", async () => {
  write(ana, "Look", ["a.png"]);
  during = () => {
    dispatcher.suspend();
    dispatcher.cameBack();
  };
  await go();
  expect([uploads, sent, states()]).toEqual([["a.png"], [], [["queued", null]]]);
  await clock.advance(CATCH_UP_MS);
  expect([uploads, sent]).toEqual([["a.png"], ["Look"]]);
});

it("sends nothing that had not left when it was stopped", async () => {
  write(ana, "Look");
  const { beginSend } = store;
  const ends: Promise<void>[] = [];
  Object.assign(store, {
    beginSend: async (input: Parameters<typeof beginSend>[0]) => {
      const verdict = await beginSend(input);
      ends.push(dispatcher.stop());
      return verdict;
    },
  });
  await go();
  await Promise.all(ends);
  expect([sent, states()]).toEqual([[], [["queued", null]]]);
});

it("keeps to the time a server asked for, whoever comes back meanwhile", async () => {
  refusal = "rate_limited";
  write(ana, "Look");
  write(ben, "On our way");
  await go();
  refusal = null;
  dispatcher.networkBack();
  await clock.advance(59_999);
  expect(sent).toEqual([]);
  await clock.advance(2_000);
  expect(sent).toEqual(["Look", "On our way"]);
});

it("tries at once what waited for the network when a person is here", async () => {
  refusal = "offline";
  write(ben, "On our way");
  await go();
  await clock.advance(600_000);
  refusal = null;
  dispatcher.networkBack();
  await settle();
  // The look at what others wrote comes first; nothing but that is waited for.
  dispatcher.cannotLook();
  await settle();
  expect(sent).toEqual(["On our way"]);
});

it("waits no hours for the network because the clock was set back", async () => {
  refusal = "offline";
  write(ben, "On our way");
  await go();
  refusal = null;
  skewMs = -7_200_000;
  await clock.advance(120_000);
  expect(sent).toEqual(["On our way"]);
});

describe("a key that a send was refused with", () => {
  it("keeps the reply until there is another", async () => {
    refusal = "key_refused";
    write(ana, "Look");
    await go();
    await clock.advance(3_600_000);
    expect([sent, states()]).toEqual([[], [["queued", "key_refused"]]]);
    refusal = null;
    dispatcher.credentialsReplaced({ ...provider });
    await settle();
    expect([sent, states()]).toEqual([["Look"], []]);
  });

  it("does not keep it when there was another by then", async () => {
    const { send } = provider;
    provider.send = async () => {
      dispatcher.credentialsReplaced({ ...provider, send });
      throw new ProviderError("key_refused");
    };
    write(ana, "Look");
    await go();
    expect([sent, states()]).toEqual([["Look"], []]);
  });

  it("is tried again once sync has read the list with it, and not in a circle", async () => {
    let tries = 0;
    const { send } = provider;
    provider.send = async (request) => {
      tries += 1;
      return send(request);
    };
    refusal = "key_refused";
    write(ana, "Look");
    await go();
    for (let second = 0; second < 120; second += 1) {
      dispatcher.listChecked(clock.now());
      await clock.advance(1_000);
    }
    expect([tries > 2, tries < 12, states()]).toEqual([true, true, [["queued", "key_refused"]]]);
    refusal = null;
    dispatcher.listChecked(clock.now());
    await clock.advance(60_000);
    expect([sent, states()]).toEqual([["Look"], []]);
  });
});
