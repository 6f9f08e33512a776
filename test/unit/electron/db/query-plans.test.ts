/** The hot queries use their indexes: no scan of a large table, no sort of one. Plans are asked of SQLite itself. */
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { AccountId, ConversationId, MessageId, NumberId, OutboxId, View } from "../../../../shared/domain.ts";
import { VIEWS } from "../../../../shared/domain.ts";
import { deleteAccountRows } from "../../../../electron/db/accounts-repo.ts";
import type { ReadDb, SqlValue, WriteDb } from "../../../../electron/db/connection.ts";
import {
  conversationIds,
  conversationWindow,
  unreadByAccount,
  viewCounts,
} from "../../../../electron/db/conversations-repo.ts";
import { newestByNumber } from "../../../../electron/db/contact-match.ts";
import { decideConsent, ownOptOuts, undoConsent } from "../../../../electron/db/consent-repo.ts";
import { applyImport } from "../../../../electron/db/contact-import.ts";
import { openDatabase } from "../../../../electron/db/database.ts";
import { saveDraft } from "../../../../electron/db/drafts-repo.ts";
import { nextWakeAt } from "../../../../electron/db/triage-repo.ts";
import { listOpen, threadOutbox } from "../../../../electron/db/outbox-person.ts";
import { nextQueued, listUnknowns } from "../../../../electron/db/outbox-repo.ts";
import { settleFromThread } from "../../../../electron/db/outbox-settle.ts";
import { storedContacts, storedConversations } from "../../../../electron/db/conversation-page.ts";
import { enforceRetention } from "../../../../electron/db/retention-repo.ts";
import { rebuildAccount } from "../../../../electron/db/storage-repo.ts";
import { coverageOf, nextThread } from "../../../../electron/db/threads-repo.ts";
import { threadPage } from "../../../../electron/db/thread-repo.ts";
import {
  T0,
  commitThread,
  makeTempFolder,
  openMemoryDatabase,
  remoteMessage,
  seedConversation,
} from "../../../helpers/test-database.ts";

/** What SQLite would do for every statement that `work` reads with. */
function plansOf(work: (db: WriteDb) => unknown): string[] {
  const db = openMemoryDatabase();
  seedConversation(db);
  const plans: string[] = [];
  const explain = (sql: string, values: readonly SqlValue[]) => {
    for (const { detail } of db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values)) plans.push(detail);
  };
  const spy: Pick<ReadDb, "all" | "get"> = {
    all<R>(sql: string, ...values: SqlValue[]) {
      explain(sql, values);
      return db.all<R>(sql, ...values);
    },
    get<R>(sql: string, ...values: SqlValue[]) {
      explain(sql, values);
      return db.get<R>(sql, ...values);
    },
  };
  work({ ...db, ...spy });
  db.close();
  expect(plans.length).toBeGreaterThan(0);
  return plans;
}

const account = 1 as AccountId;
const conversation = 1 as ConversationId;
const LARGE =
  /^SCAN (?:c|m|o|p|t|conversations|messages|threads|redactions|contacts|outbox)\b(?!.*USING (?:COVERING )?INDEX)/;
const window = (view: View, accountId: AccountId | null = null, numberId: NumberId | null = null) => ({
  view,
  accountId,
  numberId,
  offset: 0,
  limit: 50,
  keepId: conversation,
});

describe.each<[string, (db: WriteDb) => unknown, RegExp]>([
  ["the list of all accounts", (db) => conversationWindow(db, window("all")), /INDEX conversations_place/],
  [
    "the list of one account",
    (db) => conversationWindow(db, window("all", account)),
    /INDEX conversations_account_place/,
  ],
  [
    "the list of one number",
    (db) => conversationWindow(db, window("all", account, 1 as NumberId)),
    /INDEX conversations_number_place/,
  ],
  ["what needs a reply", (db) => conversationWindow(db, window("needs_reply")), /INDEX conversations_waiting/],
  ["what is unread", (db) => conversationWindow(db, window("unread")), /INDEX conversations_unread_list/],
  ["what is snoozed", (db) => conversationWindow(db, window("snoozed")), /INDEX conversations_snoozed/],
  ["what is done", (db) => conversationWindow(db, window("done")), /INDEX conversations_place/],
  ["the counts", (db) => viewCounts(db), /INDEX conversations_waiting_number/],
  ["the next to wake", (db) => nextWakeAt(db), /conversations_snoozed/],
  [
    "a page of a thread",
    (db) => threadPage(db, { conversationId: conversation, before: null, limit: 50 }),
    /messages_in_thread/,
  ],
  ["coverage", (db) => coverageOf(db, conversation), /messages USING COVERING INDEX/],
  [
    "the next thread, of the newest alone",
    (db) => nextThread(db, { accountId: account, recent: 500, now: 0 }),
    /conversations_by_account[^]*SCAN page\nSEARCH c USING INTEGER PRIMARY KEY/,
  ],
  ["the next reply", (db) => nextQueued(db, { accountId: account, now: 0 }), /outbox_queue|outbox_open/],
  ["unknown outcomes", (db) => listUnknowns(db, { accountId: account }), /outbox_queue/],
  ["all open replies", (db) => listOpen(db), /outbox_open/],
  ["a thread's replies", (db) => threadOutbox(db, { conversationId: conversation }), /outbox_open/],
  [
    "what a page of the list meets",
    (db) => storedConversations(db, account, ["a", "b"]),
    /INDEX sqlite_autoindex_conversations_1/,
  ],
  ["a page's contacts", (db) => storedContacts(db, account, ["a", "b"]), /INDEX sqlite_autoindex_contacts_1/],
  [
    "a search for digits that many have",
    (db) => newestByNumber(db, "555", [], 10),
    /SCAN conversations USING INDEX conversations_recent[^]*SEARCH k USING INTEGER PRIMARY KEY/,
  ],
  ["who was opted out here", (db) => ownOptOuts(db, ["a", "b"]), /INDEX contacts_opted_out/],
  [
    "the texts that are due, of the only account",
    (db) => enforceRetention(db, { accountId: account, windowMs: 1, cutoff: 1, now: 2 }),
    /SEARCH m USING INDEX messages_with_text[^]*SEARCH m USING INDEX messages_media_only/,
  ],
  ["the unread count", (db) => unreadByAccount(db), /conversations_unread/],
])("%s", (_name, work, index) => {
  it("is answered from an index", () => {
    const plans = plansOf(work);
    expect(plans.filter((plan) => LARGE.test(plan))).toEqual([]);
    expect(plans.join("\n")).toMatch(index);
  });
});

/** The same of every statement that `work` writes with: told by a file that holds nothing but the schema. */
function writePlansOf(work: (db: WriteDb) => unknown): string[] {
  const db = openMemoryDatabase();
  const { id, accountId } = seedConversation(db, { contactName: "Anna" });
  commitThread(db, accountId, id, [remoteMessage()]);
  saveDraft(db, { conversationId: id, text: "hello", now: T0 });
  const statements: string[] = [];
  work({
    ...db,
    run(sql, ...values) {
      statements.push(sql);
      return db.run(sql, ...values);
    },
  });
  db.close();
  const folder = makeTempFolder();
  openDatabase({ path: folder.dbPath, key: null }).close();
  const schema = new Database(folder.dbPath);
  const plans = statements.flatMap((sql) =>
    schema
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll(/\?\d*/g, "0")}`)
      .all()
      .map(({ detail }) => detail),
  );
  schema.close();
  folder.remove();
  return plans;
}

describe.each<[string, (db: WriteDb) => unknown, RegExp]>([
  [
    "a name out of a file",
    (db) => {
      const bytes = new TextEncoder().encode("Name,Phone\nBerta,+15559990001\n");
      const file = { fileName: "people.csv", bytes };
      const input = { file, choices: { columns: null, country: null }, replace: true };
      applyImport(db, input);
    },
    /SEARCH contacts USING (COVERING )?INDEX sqlite_autoindex_contacts_1/,
  ],
  [
    "texts that are due",
    (db) => enforceRetention(db, { accountId: account, windowMs: 1, cutoff: T0 + 1, now: T0 }),
    /SEARCH drafts/,
  ],
  [
    "a text that asked for no opt-out after all",
    (db) => {
      const text = db.get<{ id: MessageId }>("SELECT id FROM messages")!;
      decideConsent(db, { id: conversation, decision: "dismissed", messageId: text.id, now: T0 });
    },
    /SEARCH opt_out_hints/,
  ],
  [
    "an opt-out of a person, and its end",
    (db) => {
      const about = { id: conversation, decision: "opted_out", messageId: null, now: T0 } as const;
      decideConsent(db, about);
      undoConsent(db, about);
    },
    /SEARCH conversations USING (COVERING )?INDEX conversations_by_contact/,
  ],
])("%s", (_name, work, index) => {
  it("changes its own rows by an index", () => {
    const plans = writePlansOf(work);
    expect(plans.filter((plan) => /^SCAN (contacts|outbox|messages|conversations)\b/.test(plan))).toEqual([]);
    expect(plans.join("\n")).toMatch(index);
  });
});

it.each<[string, (db: WriteDb) => void]>([
  ["removing an account", (db) => deleteAccountRows(db, { id: account })],
  ["building one anew", (db) => rebuildAccount(db, { accountId: account })],
])("%s finds the replies of each conversation by an index, which is gone afterwards", (_name, work) => {
  const db = openMemoryDatabase();
  seedConversation(db);
  const hasIndex = () =>
    db.all(
      `SELECT 1 FROM pragma_index_list('outbox') l JOIN pragma_index_info(l.name) i
       WHERE l.partial = 0 AND i.seqno = 0 AND i.name = 'conversation_id'`,
    ).length;
  const seen: number[] = [];
  work({
    ...db,
    run(sql, ...values) {
      if (sql.startsWith("DELETE FROM conversations")) seen.push(hasIndex());
      return db.run(sql, ...values);
    },
  });
  expect([seen, hasIndex()]).toEqual([[1], 0]);
  db.close();
});

describe("the check itself", () => {
  it("catches a scan", () => {
    const plans = plansOf((db) => db.all("SELECT id FROM messages WHERE channel = 'x'"));
    expect(plans.filter((plan) => LARGE.test(plan))).toHaveLength(1);
  });

  it.each(VIEWS.flatMap((view) => [[view, null] as const, [view, account] as const]))(
    "sees that %s (account %s) does not sort all conversations",
    (view, accountId) => {
      const plans = plansOf((db) => conversationIds(db, window(view, accountId)));
      expect(plans.filter((plan) => plan.includes("TEMP B-TREE"))).toEqual([]);
    },
  );

  it("covers settling, too", () => {
    const plans = plansOf((db) => {
      db.run(
        `INSERT INTO outbox (account_id, conversation_id, key, tag, from_number, to_number, text, state, created_at, sent_at)
         VALUES (1, 1, 'k', 't', '+1', '+2', 'hi', 'unknown', 0, 0)`,
      );
      settleFromThread(db, { id: 1 as OutboxId, windowMs: 1, now: 0 });
    });
    expect(plans.filter((plan) => LARGE.test(plan))).toEqual([]);
    expect(plans.join("\n")).toMatch(/outbox_settled/);
  });
});
