/** What a person does with a reply that holds back later ones of its thread lets those go. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { threadOutbox } from "../../../../electron/db/outbox-person.ts";
import { beginSend, enqueue, markUnknown } from "../../../../electron/db/outbox-repo.ts";
import { outboxHandlers } from "../../../../electron/ipc/outbox-handlers.ts";
import type { InboxServices, Services } from "../../../../electron/ipc/services.ts";
import { createDispatcher } from "../../../../electron/outbox/dispatcher.ts";
import type { Dispatcher } from "../../../../electron/outbox/dispatcher.ts";
import type { Provider } from "../../../../electron/sync/ports.ts";
import type { ConversationId, OutboxId } from "../../../../shared/domain.ts";
import { createFakeClock, settle } from "../../../fakes/fake-clock.ts";
import {
  T0,
  createInProcessClient,
  createStores,
  openMemoryDatabase,
  seedConversation,
} from "../../../helpers/test-database.ts";

const never = () => Promise.reject(new Error("not asked here"));

let db: WriteDb;
let id: ConversationId;
let sent: string[];
let dispatcher: Dispatcher;
let handlers: ReturnType<typeof outboxHandlers>;

beforeEach(() => {
  db = openMemoryDatabase();
  const seeded = seedConversation(db);
  ({ id } = seeded);
  sent = [];
  const clock = createFakeClock(T0);
  const provider: Provider = {
    messageOrder: "oldest_first",
    check: never,
    listConversations: never,
    listMessages: never,
    listNumbers: never,
    send({ text }) {
      sent.push(text);
      return Promise.resolve({ remoteId: `r${sent.length}`, status: "sent", createdAt: clock.now() });
    },
    findSent: () => Promise.resolve(null),
    clockOffsetMs: () => null,
  };
  dispatcher = createDispatcher({
    accountId: seeded.accountId,
    provider,
    store: createStores(db).outbox,
    clock,
    random: () => 0.5,
    paceMs: 0,
    onChanged: () => undefined,
    onBlocked: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  const inbox: Partial<InboxServices> = {
    db: createInProcessClient(db),
    dispatch: dispatcher.kick,
    changed: () => undefined,
    forgotten: () => undefined,
    now: clock.now,
  };
  handlers = outboxHandlers({ inbox: () => inbox as InboxServices } as Services);
});
afterEach(async () => {
  await dispatcher.stop();
  db.close();
});

/** One of unknown outcome, and behind it one that waits. */
function unknownAndNext(): OutboxId {
  const write = (text: string) => enqueue(db, { conversationId: id, text, key: text, now: T0 }).id;
  const first = write("first");
  beginSend(db, { id: first, now: T0 });
  markUnknown(db, { id: first, failure: { code: "timeout", detail: {} }, now: T0 });
  write("second");
  return first;
}

it.each(["outbox.discard", "outbox.toDraft"] as const)("%s lets the next reply of the thread go", async (name) => {
  const first = unknownAndNext();
  dispatcher.kick();
  await settle();
  expect(sent).toEqual([]);
  await handlers[name]({ id: first });
  await settle();
  expect([sent, threadOutbox(db, { conversationId: id })]).toEqual([["second"], []]);
});
