/**
 * A process of its own that sends replies out of an encrypted file, to be killed at any moment.
 *
 * Argument: one `OutboxProcessOptions` as JSON. The app's database, store, dispatcher, provider client and sync
 * engine, Node's fetch; the failpoints sit in wrappers around the ports. Prints JSON lines: `{"accepted":text}`
 * once a reply is on disk, `{"states":{text:state}}` whenever something settled. Runs until it is killed.
 */
import { createAgentMessage } from "../../electron/providers/agentmessage/client.ts";
import { createNotificationCenter } from "../../electron/app/notifications/center.ts";
import { systemClock } from "../../electron/app/system-clock.ts";
import type { DbCallName, DbInput, DbOutput } from "../../electron/db/api.ts";
import { openDatabase } from "../../electron/db/database.ts";
import { createLog } from "../../electron/log.ts";
import { createDispatcher } from "../../electron/outbox/dispatcher.ts";
import type { OutboxStore, Provider } from "../../electron/sync/ports.ts";
import { createSyncEngine } from "../../electron/sync/engine.ts";
import type { AccountId, ConversationId, MessageId, OutboxId } from "../../shared/domain.ts";
import { defaultSettings } from "../../shared/settings.ts";
import type { Failpoint, OutboxProcessOptions } from "./outbox-failpoints.ts";
import { mutateReplies, mutateStore } from "./outbox-mutants.ts";
import { createInProcessClient, createStores } from "./test-database.ts";

const options = JSON.parse(process.argv[2] ?? "{}") as OutboxProcessOptions;
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const clock = systemClock;

/** As a power cut: nothing is flushed, no handler runs. */
function hit(at: Failpoint, text: string): void {
  if (options.failpoint?.at === at && options.failpoint.text === text) process.kill(process.pid, "SIGKILL");
}

const db = openDatabase({ path: options.dbPath, key: new Uint8Array(Buffer.from(options.keyHex, "hex")) });
// Never outlives the test that started it.
process.stdin.resume().once("end", () => process.exit());
const client = createInProcessClient(db);
const stores = createStores(db);
const real = mutateStore(
  stores.outbox,
  options.mutant,
  () => db.run("UPDATE outbox SET state = 'queued' WHERE state IN ('sending', 'unknown')").changes,
);
const [account] = await client.call("accounts.list", undefined);
if (account === undefined) throw new Error("the database has no account");
const accountId: AccountId = account.id;
const agentMessage = createAgentMessage({ baseUrl: options.baseUrl, apiKey: options.apiKey, fetch, clock });

const store: OutboxStore = {
  ...real,
  async enqueue(input) {
    const item = await real.enqueue(input);
    accepted(input.text);
    return item;
  },
  async nextQueued(input) {
    const work = await real.nextQueued(input);
    if (work !== null) hit("before-begin", work.item.text);
    return work;
  },
  async beginSend(input) {
    const text = textOf(input.id);
    const verdict = await real.beginSend(input);
    if (verdict === "go") hit("row-says-sending", text);
    return verdict;
  },
  async markSent(input) {
    const text = textOf(input.id);
    await real.markSent(input);
    hit("sent-recorded", text);
  },
};

const provider: Provider = {
  ...agentMessage,
  async send(request) {
    try {
      const receipt = await agentMessage.send(request);
      hit("answer-read", request.text);
      return receipt;
    } catch (error) {
      hit("answer-lost", request.text);
      throw error;
    }
  },
};

function accepted(text: string): void {
  say({ accepted: text });
  hit("row-written", text);
}

function textOf(id: OutboxId): string {
  return db.get<{ text: string }>("SELECT text FROM outbox WHERE id = ?", id)?.text ?? "";
}

function tellStates(): void {
  const rows = db.all<{ text: string; state: string }>("SELECT text, state FROM outbox");
  say({ states: Object.fromEntries(rows.map(({ text, state }) => [text, state])) });
}

const dispatcher = createDispatcher({
  accountId,
  provider,
  store,
  clock,
  random: Math.random,
  paceMs: 0,
  onChanged: tellStates,
  onBlocked: (failure) => say({ blocked: failure.code }),
  onError: (error) => say({ error: String(error) }),
});

await store.recoverInterrupted({ now: clock.now() });
if (options.personRetries) {
  const unknowns = db.all<{ id: OutboxId }>("SELECT id FROM outbox WHERE state IN ('unknown', 'failed')");
  for (const { id } of unknowns) await client.call("outbox.retry", { id, now: clock.now() });
}
say({ open: true });
tellStates();

if (options.sync) {
  const engine = createSyncEngine({
    accountId,
    provider: agentMessage,
    store: stores.sync,
    clock,
    random: Math.random,
    onStatus: () => undefined,
    onCommit: () => dispatcher.threadChanged(),
    onBlocked: (failure) => say({ blocked: failure.code }),
  });
  await engine.start();
}

const quiet = { show: () => undefined, close: () => undefined, closeAll: () => undefined };
const takeReply = mutateReplies((input) => client.call("notify.reply", input), options.mutant);
const center = createNotificationCenter({
  db: {
    async call<N extends DbCallName>(name: N, input: DbInput<N>): Promise<DbOutput<N>> {
      if (name !== "notify.reply") return client.call(name, input);
      const reply = input as DbInput<"notify.reply">;
      const outcome = await takeReply(reply);
      if (outcome.kind === "queued") accepted(reply.text);
      return outcome as DbOutput<N>;
    },
  },
  clock,
  log: createLog(() => undefined, clock.now),
  port: { ...quiet, restore: () => Promise.resolve([]) },
  settings: () => defaultSettings().notifications,
  isLocked: () => false,
  minuteOfDay: () => 600,
  accountCount: () => 1,
  open: () => undefined,
  dispatch: () => dispatcher.kick(),
  changed: () => undefined,
});

dispatcher.kick();
const conversations = db.all<{ id: ConversationId }>("SELECT id FROM conversations ORDER BY id");
/** A process that is killed at its first failpoint sees its scheduled reply come due before, or the next one does. */
const DUE_MS = 20;
for (const { key, text, conversation } of options.replies) {
  const conversationId = conversations[conversation]!.id;
  if (options.from === "notification") await answerNotification(conversationId, text);
  else if (options.mutant === "send before the row") {
    await sendThenStore(conversationId, key, text).catch((error: unknown) => say({ error: String(error) }));
  } else {
    const now = clock.now();
    await store.enqueue({
      conversationId,
      text,
      key,
      now,
      ...(options.from === "schedule" ? { notBefore: now + DUE_MS } : {}),
    });
  }
  dispatcher.kick();
}

/** Heard twice, as a system does that is not sure whether the app was listening. */
async function answerNotification(conversationId: ConversationId, text: string): Promise<void> {
  const activation = { kind: "reply" as const, conversationId, messageId: 1 as MessageId, text };
  await Promise.all([center.activated(activation), center.activated(activation)]);
}

/** The mutant "send before the row": what an outbox is there to prevent. */
async function sendThenStore(conversationId: ConversationId, key: string, text: string): Promise<void> {
  if (db.get("SELECT 1 FROM outbox WHERE key = ?", key) !== undefined) return;
  const numbers = db.get<{ own: string; contact: string }>(
    `SELECT n.number AS own, k.number AS contact FROM conversations c
     JOIN phone_numbers n ON n.id = c.phone_number_id JOIN contacts k ON k.id = c.contact_id WHERE c.id = ?`,
    conversationId,
  );
  if (numbers === undefined) throw new Error("no such conversation");
  const receipt = await provider.send({
    from: numbers.own,
    to: numbers.contact,
    text,
    tag: key,
    signal: new AbortController().signal,
  });
  const { id } = await store.enqueue({ conversationId, text, key, now: clock.now() });
  await store.beginSend({ id, now: clock.now() });
  await store.markSent({ id, receipt, now: clock.now() });
  tellStates();
}
