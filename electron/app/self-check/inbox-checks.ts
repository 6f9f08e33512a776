/**
 * Checks of the open inbox against the embedded sample server: sync over real HTTP, search, a reply and its end.
 *
 * The account, its key and its cache exist only in the folder of the check. The later checks need what the first one
 * synced and say so when it is missing.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Conversation } from "../../../shared/domain.ts";
import type { DbClient } from "../../db/client.ts";
import type { Clock } from "../../sync/ports.ts";
import type { Inbox } from "../inbox.ts";
import { createSessionSecrets } from "../secrets.ts";
import type { Secrets } from "../secrets.ts";
import { CheckFailed, hold, until } from "./report.ts";
import type { Check } from "./report.ts";

export interface InboxCheckOptions {
  readonly folder: string;
  readonly createDb: () => DbClient;
  readonly createInbox: (db: DbClient, secrets: Secrets) => Inbox;
  readonly clock: Clock;
}

export interface InboxChecks {
  readonly checks: readonly Check[];
  /** Ends what the first check started. */
  close(): Promise<void>;
}

export function inboxChecks({ folder, createDb, createInbox, clock }: InboxCheckOptions): InboxChecks {
  let open: Inbox | null = null;
  let conversations: readonly Conversation[] = [];

  const inbox = (): Inbox => {
    if (open === null || conversations.length === 0)
      throw new CheckFailed("needs the sample's texts, which are missing");
    return open;
  };

  async function sync(): Promise<string> {
    const db = createDb();
    try {
      const key = new Uint8Array(randomBytes(32));
      await db.open({ path: join(folder, "sample.db"), key, keyIsNew: true, now: clock.now() });
    } catch (error) {
      await db.close();
      throw error;
    }
    open = createInbox(db, createSessionSecrets());
    const { services } = open;
    await open.start();
    const account = await services.accounts.connectSample();
    const phase = await until(clock, async () => {
      const kind = services.sync.status().find(({ accountId }) => accountId === account.id)?.phase.kind;
      return kind === "up_to_date" || kind === "attention" ? kind : null;
    });
    hold(phase === "up_to_date", "the sample account needs attention");
    const scope = { view: "all", accountId: account.id, numberId: null, offset: 0, limit: 200 } as const;
    const { ids } = await services.db.call("conversations.ids", scope);
    const found = await Promise.all(ids.map((id) => services.db.call("conversations.get", { id })));
    conversations = found.filter((conversation) => conversation !== null);
    hold(conversations.length > 0, "no conversation arrived");
    return `${conversations.length} conversations over HTTP`;
  }

  async function search(): Promise<string> {
    const { db } = inbox().services;
    for (const { id } of conversations) {
      const { messages } = await db.call("thread.page", { conversationId: id, before: null, limit: 20 });
      for (const { id: messageId, body } of messages) {
        const term = body.kind === "text" ? /\p{L}{6,}/u.exec(body.text)?.[0] : undefined;
        if (term === undefined) continue;
        const query = { query: term, limit: 100, after: null, now: clock.now() };
        const { results } = await db.call("search.messages", query);
        hold(results.length > 0, `a word of message ${messageId} was not found`);
        return `${results.length} hits for a word of a synced text`;
      }
    }
    throw new CheckFailed("no text to search for");
  }

  async function outbox(): Promise<string> {
    const { services } = inbox();
    const to = conversations.find(({ consent }) => consent.state === "opted_in");
    if (to === undefined) throw new CheckFailed("no contact of the sample has opted in");
    const text = `Self-check ${randomUUID()}`;
    const item = { conversationId: to.id, text, key: randomUUID(), now: clock.now(), notBefore: null };
    await services.db.call("outbox.enqueue", item);
    services.dispatch();
    await services.sync.open(to.id);
    await until(clock, async () => {
      const left = await services.db.call("thread.outbox", { conversationId: to.id });
      const stuck = left.find(({ state }) => state === "failed" || state === "unknown");
      if (stuck !== undefined) throw new CheckFailed(`the reply is ${stuck.state}`);
      const { messages } = await services.db.call("thread.page", { conversationId: to.id, before: null, limit: 20 });
      const hits = messages.filter(({ body }) => body.kind === "text" && body.text === text);
      hold(hits.length < 2, "the reply is in the thread twice");
      return hits.length === 1 && left.length === 0 ? true : null;
    });
    return "a reply was sent once and found in its thread";
  }

  return {
    checks: [
      { name: "sync", run: sync },
      { name: "search", run: search },
      { name: "outbox", run: outbox },
    ],
    async close() {
      await open?.close();
    },
  };
}
