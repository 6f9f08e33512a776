/** A contact without a consent record: nothing goes to them before a person said here that they agreed, once per contact. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { decideConsent, undoConsent } from "../../../../electron/db/consent-repo.ts";
import { findConversation, conversationWindow } from "../../../../electron/db/conversations-repo.ts";
import { openDatabase } from "../../../../electron/db/database.ts";
import { replyFromNotification } from "../../../../electron/db/notify-repo.ts";
import { listOpen } from "../../../../electron/db/outbox-person.ts";
import { beginSend, enqueue } from "../../../../electron/db/outbox-repo.ts";
import { rebuildAccount } from "../../../../electron/db/storage-repo.ts";
import { consentHistory } from "../../../../electron/db/thread-repo.ts";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import { AppError } from "../../../../shared/errors.ts";
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

const later = T0 + 60_000;
const CONTACT = { consent: null } as const;
const SECOND = { ...CONTACT, remoteId: "second-line", ownNumber: "+15550000009" };
let db: WriteDb;
let id: ConversationId;
let accountId: AccountId;
let keys = 0;

beforeEach(() => {
  db = openMemoryDatabase();
  ({ id, accountId } = seedConversation(db, CONTACT));
});
afterEach(() => db.close());

const confirm = (of = id, now = later) => decideConsent(db, { id: of, decision: "confirmed", messageId: null, now });
const unconfirm = (now = later + 1) => undoConsent(db, { id, decision: "confirmed", messageId: null, now });
const isConfirmed = (of = id) => findConversation(db, { id: of })!.consentConfirmedAt !== null;
/** What becomes of a reply: its state, or why it was not taken. */
function reply(of = id): string {
  try {
    return enqueue(db, { conversationId: of, text: "Hello", key: `k${(keys += 1)}`, now: later }).state;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
const told = (optedIn: boolean | null, now: number) =>
  commitList(
    db,
    accountId,
    [remoteConversation({ consent: optedIn === null ? null : { optedIn, since: null }, lastMessageAt: now })],
    { now },
  );

describe("a contact without a consent record", () => {
  it("gets nothing before a person said that they agreed", () => {
    expect([isConfirmed(), reply()]).toEqual([false, "consent_required"]);
    expect(confirm()).toEqual([id]);
    expect([isConfirmed(), reply()]).toEqual([true, "queued"]);
  });

  it("is asked about once per contact of an account, whatever own number they write to, also in a later thread", () => {
    commitList(db, accountId, [remoteConversation(SECOND)]);
    commitList(db, accountId, [remoteConversation({ ...CONTACT, remoteId: "other", contactNumber: "+15550007777" })]);
    const stranger = seedAccount(db, "account-2");
    commitList(db, stranger, [remoteConversation({ ...CONTACT, remoteId: "elsewhere" })]);
    confirm();
    commitList(db, accountId, [remoteConversation({ ...SECOND, remoteId: "third", ownNumber: "+15550000010" })]);
    expect(["second-line", "third", "other", "elsewhere"].map((remoteId) => isConfirmed(idOf(db, remoteId)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(reply(idOf(db, "third"))).toBe("queued");
    expect(reply(idOf(db, "elsewhere"))).toBe("consent_required");
  });

  it("is confirmed in the rows of the list, and its history says whose word that was", () => {
    confirm();
    const all = { view: "all", accountId: null, numberId: null, offset: 0, limit: 9, keepId: null } as const;
    const { rows } = conversationWindow(db, all);
    expect(rows.map((row) => row.consentConfirmedAt)).toEqual([later]);
    unconfirm();
    expect(consentHistory(db, { conversationId: id }).map(({ consent, source }) => [consent.state, source])).toEqual([
      ["unknown", "person_confirmed"],
      ["unknown", "person_unconfirmed"],
    ]);
  });

  it("is asked about again once that is taken back, and what waits does not leave", () => {
    confirm();
    const waiting = enqueue(db, { conversationId: id, text: "Tomorrow", key: "w", now: later, notBefore: later + 9 });
    unconfirm();
    expect([isConfirmed(), reply()]).toEqual([false, "consent_required"]);
    expect(beginSend(db, { id: waiting.id, now: later + 9 })).toBe("refused");
    expect(listOpen(db)[0]?.item).toMatchObject({ state: "failed", error: { code: "consent_required" } });
  });

  it("is asked about again after any later word of the provider", () => {
    confirm();
    told(true, later + 1);
    expect([isConfirmed(), reply()]).toEqual([false, "queued"]);
    told(null, later + 2);
    expect([isConfirmed(), reply()]).toEqual([false, "consent_required"]);
  });

  it("goes by the last word also when the clock was set back in between", () => {
    confirm();
    unconfirm(later - 7_200_000);
    expect([isConfirmed(), reply()]).toEqual([false, "consent_required"]);
    confirm(id, later - 7_100_000);
    expect([isConfirmed(), reply()]).toEqual([true, "queued"]);
    told(true, T0 + 1);
    told(null, T0 + 2);
    expect([isConfirmed(), reply()]).toEqual([false, "consent_required"]);
    confirm(id, later - 7_000_000);
    decideConsent(db, { id, decision: "opted_out", messageId: null, now: later - 6_900_000 });
    undoConsent(db, { id, decision: "opted_out", messageId: null, now: later - 6_800_000 });
    expect([isConfirmed(), reply()]).toEqual([false, "consent_required"]);
  });

  it("cannot be confirmed over an opt-out, told or marked here, before or after", () => {
    confirm();
    told(false, later + 1);
    expect(reply()).toBe("opted_out");
    expect(() => confirm(id, later + 2)).toThrow("opted_out");
    told(null, later + 3);
    confirm(id, later + 4);
    decideConsent(db, { id, decision: "opted_out", messageId: null, now: later + 5 });
    expect([isConfirmed(), reply()]).toEqual([false, "opted_out"]);
    undoConsent(db, { id, decision: "opted_out", messageId: null, now: later + 6 });
    expect([isConfirmed(), reply()]).toEqual([false, "consent_required"]);
  });

  it("gets an answer from a notification only once it was confirmed; before that it is the draft", () => {
    commitThread(db, accountId, id, [remoteMessage()]);
    const answer = (key: string) => replyFromNotification(db, { conversationId: id, text: "Yes", key, now: later });
    expect(answer("a")).toEqual({ kind: "draft", reason: "consent_required" });
    confirm();
    expect(answer("b")).toEqual({ kind: "queued" });
  });

  it("stays confirmed over a restart and a rebuild of the account", () => {
    const folder = makeTempFolder();
    const first = openDatabase({ path: folder.dbPath, key: null });
    const seeded = seedConversation(first, CONTACT);
    decideConsent(first, { id: seeded.id, decision: "confirmed", messageId: null, now: later });
    first.close();
    const second = openDatabase({ path: folder.dbPath, key: null });
    expect(findConversation(second, { id: seeded.id })?.consentConfirmedAt).toBe(later);
    rebuildAccount(second, { accountId: seeded.accountId });
    commitList(second, seeded.accountId, [remoteConversation(CONTACT)], { generation: 2, now: later + 1 });
    expect(findConversation(second, { id: idOf(second, "conversation-1") })?.consentConfirmedAt).toBe(later);
    second.close();
    folder.remove();
  });

  it("is not held for confirmed by a rebuild that finds the provider's word changed", () => {
    confirm();
    rebuildAccount(db, { accountId });
    const now = remoteConversation({ consent: { optedIn: false, since: null } });
    commitList(db, accountId, [now], { generation: 2, now: later + 1 });
    expect(reply(idOf(db, "conversation-1"))).toBe("opted_out");
    commitList(db, accountId, [{ ...now, consent: null }], { generation: 2, now: later + 2 });
    expect(isConfirmed(idOf(db, "conversation-1"))).toBe(false);
  });
});
