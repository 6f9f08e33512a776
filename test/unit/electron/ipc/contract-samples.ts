/**
 * For every call and push of the contract: a good input, a good output and, where the output has objects, how to find them.
 *
 * The contract test goes over the contract itself and fails for a call that has no sample here.
 */
import type { MediaId } from "../../../../shared/media.ts";
import type { CallInput, CallName, CallOutput, PushName, PushPayload } from "../../../../shared/ipc.ts";
import type { ImportPreview } from "../../../../shared/contacts.ts";
import type { AccountId, ConversationId, MessageId, NumberId, OutboxId } from "../../../../shared/domain.ts";
import { defaultSettings } from "../../../../shared/settings.ts";
import { lockSamples } from "./lock-samples.ts";
import { updateSamples } from "./update-samples.ts";

const AT = Date.UTC(2026, 3, 28, 12);
const accountId = 1 as AccountId;
const conversationId = 2 as ConversationId;
const numberId = 5 as NumberId;
const messageId = 3 as MessageId;
const outboxId = 4 as OutboxId;

const account = {
  id: accountId,
  provider: "agentmessage",
  name: "Front desk",
  baseUrl: "https://api.agentmsg.io",
  keyHint: "6789",
  isSample: false,
  state: "ok",
  missingScope: null,
} satisfies CallOutput<"accounts.connect">;

const appState = {
  stage: "ready",
  sessionOnly: false,
  setAside: { path: "/data/inbox.db.set-aside", reason: "damaged" },
  disk: "full",
  migration: { done: 20_000, total: 45_000 },
  version: "0.1.0",
  platform: "linux",
} satisfies CallOutput<"app.state">;

const conversation = {
  id: conversationId,
  accountId,
  accountName: "Front desk",
  provider: "agentmessage",
  contactName: null,
  contactNumber: "+15554443333",
  ownNumber: "+15551112222",
  ownLabel: "Front desk",
  lastMessageAt: AT,
  lastDirection: "inbound",
  preview: { kind: "text", text: "Hello" },
  messageCount: 14,
  unreadCount: 1,
  consent: { state: "opted_in", since: AT },
  draft: null,
  outboxProblems: 0,
  isOptedOutHere: false,
  consentConfirmedAt: null,
  optOutHint: messageId,
  hasLocalName: false,
  triage: { doneAt: null, snoozedUntil: AT, snoozedUntilReply: false, pinnedAt: null, waitingSince: null },
} satisfies NonNullable<CallOutput<"conversations.get">>;

const message = {
  id: messageId,
  conversationId,
  direction: "inbound",
  body: { kind: "redacted", redaction: { by: "provider", at: AT, removedHereAt: null } },
  mediaCount: 0,
  status: "received",
  createdAt: AT,
} satisfies CallOutput<"thread.page">["messages"][number];

const outboxItem = {
  id: outboxId,
  conversationId,
  text: "On my way",
  state: "failed",
  error: { code: "rejected", detail: { reason: "LINE_TYPE_BLOCKED" } },
  attempts: 1,
  createdAt: AT,
  notBefore: null,
  scheduledAt: AT,
} satisfies CallOutput<"outbox.send">;

const file = {
  id: "0123456789abcdef0123456789abcdef" as MediaId,
  name: "a.txt",
  kind: "file",
  sizeBytes: 2,
} satisfies CallOutput<"attachments.list">[number];

const template = { id: "0b1e9c9e-7f9d-4d8c-9a55-1d2f6f0c7a12", name: "Hours", text: "We open at nine" } as const;

const syncStatus = {
  accountId,
  phase: { kind: "syncing", first: true, done: 3, total: null },
  lastCompletedAt: AT,
} satisfies CallOutput<"sync.status">[number];

const settingsView = {
  settings: defaultSettings(),
  can: { startAtLogin: true, closeToTray: true, spellingLanguages: ["en-US"], notify: true },
} satisfies CallOutput<"settings.get">;

const storageReport = {
  accounts: [
    {
      accountId,
      lastCompletedAt: AT,
      sweep: { running: { seen: 40, startedAt: AT }, completedAt: AT },
      conversations: 120,
      threads: { complete: 100, behind: 5, partial: 5, neverFetched: 10, recheck: 3 },
      messages: 4_000,
      quarantined: {
        total: 1,
        newest: [{ scope: "messages", remoteId: null, reason: "created_at: Invalid date", seenAt: AT }],
      },
      retention: {
        typedDays: null,
        learned: { days: 90, agreeing: 14, pairs: 14 },
        enforcedDays: 90,
        lastRunAt: AT,
        removedTexts: 31,
      },
      keptWords: 2,
      unsentFiles: { count: 1, bytes: 2048 },
    },
  ],
  files: { databaseBytes: 4_096, walBytes: 0 },
  purgePending: false,
  lastPurgeAt: null,
} satisfies CallOutput<"storage.report">;

const credentials = { apiKey: "am_live_0123456789" };
const key = "0b1e9c9e-7f9d-4d8c-9a55-1d2f6f0c7a11";

const importPreview = {
  fileName: "contacts.csv",
  format: "csv",
  names: 4,
  known: 3,
  unmatched: 1,
  conflicts: 1,
  unchanged: 0,
  broken: 0,
  examples: [{ number: "+15554443333", before: null, name: "Dana" }],
  country: "US",
  table: { headers: [{ label: "Name", example: "Dana" }], columns: { names: [0], numbers: [1] } },
} satisfies ImportPreview;

/** Search and contacts. */
const searchSamples = {
  "search.messages": {
    input: { query: "hello", limit: 20, after: { createdAt: AT, id: messageId } },
    output: {
      results: [{ conversation, message, snippet: "Hello", marks: [[0, 5]] }],
      next: { createdAt: AT, id: messageId },
      hints: [{ kind: "bad_date", filter: "before", value: "soon" }],
    },
  },
  "search.holes": { input: { query: "hello" }, output: { removed: 4, incomplete: 2 } },
  "search.download": { input: { query: "hello" }, output: { count: 2 } },
  "contacts.details": {
    input: { id: conversationId },
    output: {
      note: "Prefers mornings",
      received: 4,
      sent: 3,
      firstAt: AT,
      lastAt: AT,
      removed: { count: 3, lastAt: AT },
      retention: { days: 90, isTyped: true },
    },
  },
  "contacts.saveNote": { input: { id: conversationId, text: "Prefers mornings" }, output: undefined },
  "contacts.importPick": { input: undefined, output: { kind: "preview", preview: importPreview } },
  "contacts.importPreview": {
    input: { columns: { names: [0], numbers: [1] }, country: "US" },
    output: { kind: "preview", preview: importPreview },
  },
  "contacts.importApply": {
    input: { choices: { columns: null, country: null }, given: "keep" },
    output: { undoId: 1, count: 3 },
  },
  "contacts.importUndo": { input: { undoId: 1 }, output: { count: 3 } },
  "contacts.importCancel": { input: undefined, output: undefined },
  "app.recentCommands": { input: undefined, output: { ids: ["done", "snooze"] } },
  "app.rememberCommand": { input: { id: "done" }, output: undefined },
} satisfies Partial<Samples>;

type Samples = { readonly [N in CallName]: { readonly input: CallInput<N>; readonly output: CallOutput<N> } };

const mediaId = "0123456789abcdef0123456789abcdef" as MediaId;

const mediaSamples = {
  "media.load": { input: { id: mediaId }, output: { outcome: "held" } },
  "media.cancel": { input: { id: mediaId }, output: undefined },
  "media.save": { input: { id: mediaId }, output: { saved: true } },
} satisfies Partial<Samples>;

export const callSamples: Samples = {
  ...lockSamples,
  ...updateSamples,
  ...mediaSamples,
  "app.state": { input: undefined, output: appState },
  "app.useSessionOnly": { input: undefined, output: appState },
  "app.retryVault": { input: undefined, output: appState },
  "app.dismissSetAside": { input: undefined, output: undefined },
  "app.openLink": { input: { url: "https://example.test" }, output: undefined },
  "app.language": { input: undefined, output: { choice: "system", language: "es", locale: "es-MX" } },
  "app.setLanguage": { input: { choice: "ar" }, output: { choice: "ar", language: "ar", locale: "ar" } },
  "app.takeNavigation": { input: undefined, output: { conversationId } },
  "settings.get": { input: undefined, output: settingsView },
  "settings.save": { input: { settings: settingsView.settings }, output: settingsView },
  "providers.list": {
    input: undefined,
    output: [
      {
        provider: "agentmessage",
        label: "AgentMessage",
        fields: [{ name: "apiKey", label: "API key", secret: true, placeholder: "" }],
        defaultBaseUrl: "https://api.agentmsg.io",
      },
    ],
  },
  "accounts.list": { input: undefined, output: [account] },
  "accounts.connect": {
    input: { provider: "agentmessage", name: "Front desk", baseUrl: "https://api.agentmsg.io", credentials },
    output: account,
  },
  "accounts.connectSample": { input: undefined, output: account },
  "accounts.rename": { input: { id: accountId, name: "Desk" }, output: account },
  "accounts.replaceKey": { input: { id: accountId, credentials }, output: account },
  "accounts.disconnect": { input: { id: accountId }, output: undefined },
  "conversations.window": {
    input: { view: "all", accountId: null, numberId: null, offset: 0, limit: 50, keepId: conversationId },
    output: { total: 1, offset: 0, rows: [conversation], keepIndex: 0 },
  },
  "conversations.get": { input: { id: conversationId }, output: conversation },
  "conversations.counts": {
    input: undefined,
    output: [
      {
        accountId,
        numberId,
        number: "+15551112222",
        label: null,
        views: { all: 3, needs_reply: 2, unread: 1, snoozed: 0, done: 9 },
      },
    ],
  },
  "conversations.ids": {
    input: { view: "needs_reply", accountId, numberId, offset: 0, limit: 10_000 },
    output: { ids: [conversationId] },
  },
  "triage.apply": {
    input: { ids: [conversationId], action: { kind: "snooze", until: null } },
    output: { undoId: 1, count: 1 },
  },
  "triage.undo": { input: { undoId: 1 }, output: { count: 1 } },
  "contacts.rename": { input: { id: conversationId, name: null }, output: conversation },
  "conversations.unread": { input: undefined, output: [{ accountId, unread: 1 }] },
  "conversations.open": { input: { id: conversationId }, output: { unreadSince: AT } },
  "thread.page": {
    input: { conversationId, before: { createdAt: AT, id: messageId }, limit: 50 },
    output: {
      messages: [message],
      hasOlder: false,
      coverage: {
        complete: true,
        neverFetched: false,
        checkedAt: AT,
        held: 1,
        oldestAt: AT,
        gap: { after: AT, before: null },
      },
    },
  },
  "thread.since": { input: { conversationId, at: AT }, output: { first: { createdAt: AT, id: messageId } } },
  "thread.fetch": { input: { conversationId }, output: undefined },
  "thread.outbox": { input: { conversationId }, output: [outboxItem] },
  "thread.consentHistory": {
    input: { conversationId },
    output: [{ consent: { state: "opted_out", since: null }, observedAt: AT, source: "sync" }],
  },
  "outbox.send": { input: { conversationId, text: "On my way", key }, output: outboxItem },
  "outbox.list": { input: undefined, output: [{ item: outboxItem, conversation }] },
  "outbox.toDraft": { input: { id: outboxId }, output: { conversationId } },
  "outbox.retry": { input: { id: outboxId }, output: undefined },
  "outbox.discard": { input: { id: outboxId }, output: { text: "On my way", files: [file.id] } },
  "attachments.list": { input: { conversationId }, output: [file] },
  "attachments.add": {
    input: { conversationId, name: "a.txt", bytes: new Uint8Array([104, 105]) },
    output: { added: [file], refused: [] },
  },
  "attachments.pick": { input: { conversationId }, output: { added: [file], refused: [] } },
  "attachments.remove": { input: { ids: [file.id] }, output: undefined },
  "templates.list": { input: undefined, output: [template] },
  "templates.save": { input: { templates: [template] }, output: [template] },
  "consent.decide": { input: { id: conversationId, decision: "opted_out", messageId }, output: undefined },
  "consent.undo": { input: { id: conversationId, decision: "dismissed", messageId: null }, output: undefined },
  "drafts.get": { input: { conversationId }, output: "Dear" },
  "drafts.save": { input: { conversationId, text: "Dear" }, output: undefined },
  ...searchSamples,
  "sync.status": { input: undefined, output: [syncStatus] },
  "sync.now": { input: undefined, output: undefined },
  "storage.report": { input: undefined, output: storageReport },
  "storage.recheck": { input: { accountId }, output: undefined },
  "storage.rebuild": { input: { accountId }, output: undefined },
  "retention.set": { input: { accountId, days: 90 }, output: undefined },
};

export const pushSamples: { readonly [N in PushName]: PushPayload<N> } = {
  "app.changed": appState,
  "language.changed": { choice: "es", language: "es", locale: "es" },
  "updates.changed": { kind: "ready", version: "1.2.3" },
  "app.navigate": null,
  "accounts.changed": [account],
  "inbox.changed": { conversationIds: [conversationId] },
  "sync.changed": [syncStatus],
  "media.progress": { id: mediaId, receivedBytes: 10, totalBytes: null },
  "app.command": { id: "palette" },
};
