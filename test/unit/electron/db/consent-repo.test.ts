/** Opt-outs as a person decides them, and texts that may ask for one: kept in sight, never acted on, gone with the text. */
import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decideConsent, undoConsent } from "../../../../electron/db/consent-repo.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { findConversation } from "../../../../electron/db/conversations-repo.ts";
import { openDatabase } from "../../../../electron/db/database.ts";
import { beginSend, enqueue } from "../../../../electron/db/outbox-repo.ts";
import { purge } from "../../../../electron/db/purge.ts";
import { readSalvage, writeSalvage } from "../../../../electron/db/salvage.ts";
import { rebuildAccount } from "../../../../electron/db/storage-repo.ts";
import { consentHistory } from "../../../../electron/db/thread-repo.ts";
import type { AccountId, ConversationId, MessageId } from "../../../../shared/domain.ts";
import {
  T0,
  commitList,
  commitThread,
  idOf,
  makeTempFolder,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedAccount,
  seedConversation,
} from "../../../helpers/test-database.ts";

const WISH = "please stop texting me, pelicanzebra";
const later = T0 + 60_000;
let db: WriteDb;
let id: ConversationId;
let accountId: AccountId;

beforeEach(() => {
  db = openMemoryDatabase();
  ({ id, accountId } = seedConversation(db, { consent: { optedIn: true, since: T0 - 1 } }));
});
afterEach(() => db.close());

const receive = (remoteId: string, body: string, createdAt: number) =>
  commitThread(db, accountId, id, [remoteMessage({ remoteId, body, createdAt })], { kind: "delta", now: createdAt });
const row = (of = id) => findConversation(db, { id: of })!;
const hint = () => row().optOutHint;
const idOfText = (body: string) => db.get<{ id: MessageId }>("SELECT id FROM messages WHERE body = ?", body)!.id;
const mark = (messageId: MessageId | null = null) =>
  decideConsent(db, { id, decision: "opted_out", messageId, now: later });
const send = (of: ConversationId, key: string) => enqueue(db, { conversationId: of, text: "Hello", key, now: later });

describe("a text that may ask to stop", () => {
  it("is in sight at its conversation, and nothing is decided by it", () => {
    receive("m1", WISH, later);
    expect(hint()).toBe(idOfText(WISH));
    expect(row().consent.state).toBe("opted_in");
    expect(send(id, "k1").state).toBe("queued");
  });

  it("is not one of ours, nor the word that providers act on, where this provider tells of consent", () => {
    commitThread(db, accountId, id, [
      remoteMessage({ remoteId: "ours", direction: "outbound", body: WISH, createdAt: later }),
      remoteMessage({ remoteId: "word", body: "STOP", createdAt: later + 1 }),
    ]);
    expect(hint()).toBeNull();
  });

  it("is also the word itself where the provider tells nothing of consent", () => {
    db.run("UPDATE accounts SET provider = 'quo'");
    receive("word", "STOP", later);
    expect(hint()).toBe(idOfText("STOP"));
  });

  it("is no more in sight once the contact opted in later", () => {
    commitList(db, accountId, [remoteConversation({ consent: { optedIn: true, since: later + 5 } })], { now: later });
    receive("m1", WISH, later);
    expect(hint()).toBeNull();
  });

  it("goes with its text, and none of its bytes stays in the file", () => {
    const folder = makeTempFolder();
    const onDisk = openDatabase({ path: folder.dbPath, key: null });
    const seeded = seedConversation(onDisk);
    const shown = remoteMessage({ remoteId: "m1", body: WISH, createdAt: later });
    commitThread(onDisk, seeded.accountId, seeded.id, [shown]);
    expect(findConversation(onDisk, { id: seeded.id })?.optOutHint).not.toBeNull();
    commitThread(onDisk, seeded.accountId, seeded.id, [{ ...shown, body: null, redactedAt: later + 1 }]);
    expect(findConversation(onDisk, { id: seeded.id })?.optOutHint).toBeNull();
    expect(onDisk.all("SELECT 1 FROM opt_out_hints")).toEqual([]);
    expect(purge(onDisk, { now: later }).done).toBe(true);
    const bytes = ["", "-wal"].map((end) => folder.dbPath + end).filter((path) => existsSync(path));
    expect(bytes.some((path) => readFileSync(path).includes("pelicanzebra"))).toBe(false);
    onDisk.close();
    folder.remove();
  });

  it("looked at and found to be none, is not shown again; a newer one is", () => {
    receive("m1", WISH, later);
    const messageId = idOfText(WISH);
    decideConsent(db, { id, decision: "dismissed", messageId, now: later });
    expect(hint()).toBeNull();
    expect(row().consent.state).toBe("opted_in");
    receive("m2", "stop texting me!!", later + 1);
    expect(hint()).toBe(idOfText("stop texting me!!"));
    undoConsent(db, { id, decision: "dismissed", messageId, now: later });
    expect(db.all("SELECT 1 FROM opt_out_hints")).toHaveLength(2);
  });
});

describe("a person's opt-out", () => {
  it("blocks what is written and what waits, in every account, and clears what asked for it", () => {
    const other = seedAccount(db, "account-2");
    commitList(db, other, [remoteConversation({ remoteId: "elsewhere" })]);
    const waiting = send(id, "waiting");
    receive("m1", WISH, later);
    expect(new Set(mark(idOfText(WISH)))).toEqual(new Set([id, idOf(db, "elsewhere")]));
    expect(row()).toMatchObject({
      consent: { state: "opted_out", since: later },
      isOptedOutHere: true,
      optOutHint: null,
    });
    expect(() => send(id, "k2")).toThrow("opted_out");
    expect(() => send(idOf(db, "elsewhere"), "k3")).toThrow("opted_out");
    expect(beginSend(db, { id: waiting.id, now: later })).toBe("refused");
  });

  it("stands over what the provider says, which counts again once it is taken back", () => {
    mark();
    commitList(db, accountId, [remoteConversation({ consent: { optedIn: true, since: later + 9 } })], { now: later });
    expect(row().consent.state).toBe("opted_out");
    undoConsent(db, { id, decision: "opted_out", messageId: null, now: later + 10 });
    expect(row()).toMatchObject({ consent: { state: "opted_in", since: later + 9 }, isOptedOutHere: false });
    expect(send(id, "k4").state).toBe("queued");
  });

  it("is in the history with whose word it was, as is taking it back", () => {
    mark();
    undoConsent(db, { id, decision: "opted_out", messageId: null, now: later + 1 });
    expect(consentHistory(db, { conversationId: id }).map(({ consent, source }) => [consent.state, source])).toEqual([
      ["opted_in", "list"],
      ["opted_out", "person"],
      ["opted_in", "person_undo"],
    ]);
  });

  it("counts for a conversation that appears later, and survives a rebuild", () => {
    mark();
    commitList(db, accountId, [remoteConversation({ remoteId: "new", ownNumber: "+15550000009" })]);
    expect(row(idOf(db, "new")).consent.state).toBe("opted_out");
    rebuildAccount(db, { accountId });
    commitList(db, accountId, [remoteConversation({ consent: { optedIn: true, since: T0 } })], { generation: 2 });
    const again = idOf(db, "conversation-1");
    expect(row(again)).toMatchObject({ consent: { state: "opted_out" }, isOptedOutHere: true });
    expect(() => send(again, "k5")).toThrow("opted_out");
  });

  it("is saved out of a damaged cache", () => {
    const folder = makeTempFolder();
    const broken = openDatabase({ path: folder.dbPath, key: null });
    const seeded = seedConversation(broken);
    decideConsent(broken, { id: seeded.id, decision: "opted_out", messageId: null, now: later });
    broken.close();
    const fresh = openMemoryDatabase();
    writeSalvage(fresh, readSalvage({ path: folder.dbPath, key: null }), later);
    seedConversation(fresh);
    expect(findConversation(fresh, { id: idOf(fresh, "conversation-1") })?.consent.state).toBe("opted_out");
    fresh.close();
    folder.remove();
  });
});
