/**
 * Everything that can be asked of the database worker: call name to function.
 *
 * A call is one transaction. The worker looks names up here with `Object.hasOwn`; the client's types are derived
 * from here, so that a call exists on both sides or on none.
 */
import * as accounts from "./accounts-repo.ts";
import * as attachments from "./attachments-repo.ts";
import type { WriteDb } from "./connection.ts";
import { decideConsent, undoConsent } from "./consent-repo.ts";
import { commitConversations } from "./conversation-commit.ts";
import { contactDetails, saveNote } from "./contact-repo.ts";
import { applyImport, previewImport, undoImport } from "./contact-import.ts";
import * as conversations from "./conversations-repo.ts";
import * as drafts from "./drafts-repo.ts";
import { commitChanges } from "./feed-commit.ts";
import { commitMessages } from "./message-commit.ts";
import * as media from "./media-repo.ts";
import * as notify from "./notify-repo.ts";
import { nextFollow, settleFollow } from "./outbox-follow.ts";
import * as person from "./outbox-person.ts";
import * as outbox from "./outbox-repo.ts";
import { markSent, settleFromThread } from "./outbox-settle.ts";
import { purge, purgePending, purgeStep } from "./purge.ts";
import * as retention from "./retention-repo.ts";
import { searchMessages } from "./search-repo.ts";
import { requestDownloads, searchHoles } from "./search-scope.ts";
import { findSetting, setSetting } from "./settings-repo.ts";
import * as storage from "./storage-repo.ts";
import * as sync from "./sync-repo.ts";
import { consentHistory, firstSince, threadPage } from "./thread-repo.ts";
import * as threads from "./threads-repo.ts";
import * as triage from "./triage-repo.ts";

export const dbCalls = {
  "accounts.list": accounts.listAccounts,
  "accounts.insert": accounts.insertAccount,
  "accounts.rename": accounts.renameAccount,
  "accounts.setBaseUrl": accounts.setAccountBaseUrl,
  "accounts.setState": accounts.setAccountState,
  "accounts.bumpGeneration": accounts.bumpAccountGeneration,
  "accounts.beginRemoval": accounts.beginAccountRemoval,
  "accounts.deleteRows": accounts.deleteAccountRows,

  "conversations.window": conversations.conversationWindow,
  "conversations.get": conversations.findConversation,
  "conversations.ids": conversations.conversationIds,
  "conversations.counts": conversations.viewCounts,
  "conversations.unread": conversations.unreadByAccount,
  "conversations.unreadSince": conversations.unreadSince,
  "conversations.markRead": conversations.markRead,
  "thread.page": threadPage,
  "thread.since": firstSince,
  "thread.ask": threads.askForThread,
  "thread.outbox": person.threadOutbox,
  "thread.consentHistory": consentHistory,
  "consent.decide": decideConsent,
  "consent.undo": undoConsent,
  "drafts.get": drafts.getDraft,
  "drafts.save": drafts.saveDraft,
  "search.messages": searchMessages,
  "search.holes": searchHoles,
  "search.download": requestDownloads,

  "triage.apply": triage.applyTriage,
  "triage.undo": triage.undoTriage,
  "triage.nextWakeAt": triage.nextWakeAt,
  "triage.wake": triage.wakeSnoozed,
  "contacts.rename": triage.renameContact,
  "contacts.details": contactDetails,
  "contacts.saveNote": saveNote,
  "contacts.importPreview": previewImport,
  "contacts.importApply": applyImport,
  "contacts.importUndo": undoImport,

  "sync.load": sync.loadSync,
  "sync.commitConversations": commitConversations,
  "sync.commitMessages": commitMessages,
  "sync.commitChanges": commitChanges,
  "sync.nextThread": threads.nextThread,
  "sync.threadWork": threads.findThreadWork,
  "sync.deferThread": threads.deferThread,
  "sync.removeConversation": threads.removeConversation,
  "sync.saveNumbers": sync.saveNumbers,
  "sync.savePass": sync.savePass,

  "outbox.enqueue": outbox.enqueue,
  "outbox.nextQueued": outbox.nextQueued,
  "outbox.nextDueAt": outbox.nextDueAt,
  "outbox.list": person.listOpen,
  "outbox.toDraft": person.toDraft,
  "outbox.isThreadHeld": threads.isThreadHeld,
  "outbox.beginUpload": outbox.beginUpload,
  "outbox.markUploaded": attachments.markUploaded,
  "outbox.beginSend": outbox.beginSend,
  "outbox.markSent": markSent,
  "outbox.markFailed": outbox.markFailed,
  "outbox.markUnknown": outbox.markUnknown,
  "outbox.requeue": outbox.requeue,
  "outbox.networkIsBack": outbox.networkIsBack,
  "outbox.recoverInterrupted": outbox.recoverInterrupted,
  "outbox.unknowns": outbox.listUnknowns,
  "outbox.settleFromThread": settleFromThread,
  "outbox.nextFollow": nextFollow,
  "outbox.settleFollow": settleFollow,
  "outbox.retry": person.retry,
  "outbox.discard": person.discard,

  "attachments.list": attachments.draftAttachments,
  "attachments.room": attachments.draftRoom,
  "attachments.add": attachments.addAttachment,
  "attachments.remove": attachments.removeAttachments,
  "attachments.open": attachments.openAttachment,

  "media.find": media.findMedia,
  "media.open": media.openMedia,
  "media.store": media.storeMedia,
  "media.fail": media.failMedia,

  "retention.report": retention.retentionReport,
  "retention.setTyped": retention.setTypedRetention,
  "retention.saveLearned": retention.saveLearnedRetention,
  "retention.pairs": retention.removalPairs,
  "retention.enforce": retention.enforceRetention,
  "retention.clockOffset": retention.clockOffset,
  "retention.saveClockOffset": retention.saveClockOffset,

  "notify.take": notify.takeNews,
  "notify.stale": notify.staleNews,
  "notify.reply": notify.replyFromNotification,

  "storage.report": storage.storageReport,
  "storage.recheck": storage.requestRecheck,
  "storage.rebuild": storage.rebuildAccount,
  "storage.probe": storage.probeWrites,

  "settings.find": findSetting,
  "settings.set": setSetting,
  "purge.run": purge,
  "purge.step": purgeStep,
  "purge.pending": purgePending,
} satisfies Record<string, (db: WriteDb, input: never) => unknown>;

export type DbApi = typeof dbCalls;
export type DbCallName = keyof DbApi;
/** A call that takes nothing is asked with `undefined`. */
export type DbInput<N extends DbCallName> = Parameters<DbApi[N]> extends [unknown, infer I] ? I : undefined;
export type DbOutput<N extends DbCallName> = ReturnType<DbApi[N]>;
