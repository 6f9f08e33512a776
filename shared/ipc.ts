/**
 * THE contract between the window and the main process: every call and every push, with schemas.
 *
 * Adding a call touches three places: an entry here, a handler in `electron/ipc/`, a sample in the
 * contract test. The renderer and the preload import types from this file only (zod must not run
 * there). Invariants: inputs are strict objects; outputs are parsed before they leave main, so a field
 * that is not named here (a key, say) cannot leak; nothing is thrown across, answers are `Outcome`s.
 */
import { z } from "zod";
import {
  Account,
  AccountId,
  Consent,
  Conversation,
  ConversationId,
  Coverage,
  Message,
  MessagePosition,
  Millis,
  NumberId,
  OutboxItem,
  ProviderName,
  SyncStatus,
  View,
} from "./domain.ts";
import { COMMAND_IDS } from "./commands.ts";
import { composerCalls } from "./composer-calls.ts";
import { contactCalls } from "./contacts.ts";
import type { Failure } from "./errors.ts";
import { attachmentCalls } from "./ipc-attachments.ts";
import { languageCalls, languagePushes } from "./ipc-language.ts";
import { lockCalls } from "./ipc-lock.ts";
import { mediaCalls, mediaPushes } from "./ipc-media.ts";
import { searchCalls } from "./search.ts";
import { Settings, SettingsInput } from "./settings.ts";
import { RetentionDays, StorageReport } from "./storage.ts";
import { updateCalls, updatePushes } from "./updates.ts";

const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

const nothing = z.void();
const noInput = z.undefined();

/** What the window should show before any inbox: decided by main, once, at start. */
export const AppState = z.object({
  /** `no_keyring`: ask for "this session only"; `vault_failed`: a saved secret cannot be read now; `locked`: a PIN is asked for; `failed`: anything else. */
  stage: z.enum(["starting", "no_keyring", "vault_failed", "db_from_future", "failed", "locked", "ready"]),
  /** True when nothing of this session is written to disk. */
  sessionOnly: z.boolean(),
  /** A damaged or foreign cache file was set aside: its new path. Dismissed by the person. */
  setAside: z.object({ path: z.string(), reason: z.enum(["damaged", "foreign", "key_lost"]) }).nullable(),
  /** What the disk refuses: nothing new is saved until it is over, which is noticed by itself. */
  disk: z.enum(["full", "error"]).nullable(),
  /** While `starting`: messages of an older app's cache that were made ready for this one. */
  migration: z.object({ done: z.int().min(0), total: z.int().min(1) }).nullable(),
  version: z.string(),
  platform: z.enum(["darwin", "win32", "linux"]),
});
export type AppState = z.infer<typeof AppState>;

/** Credentials under the provider's own field names, for example `{ apiKey: "am_live_…" }`. Inbound only. */
export const Credentials = z.record(z.string().max(64), z.string().max(4096));

/** What the connect form needs to know of a provider: built from the capability sheet. */
export const ProviderForm = z.object({
  provider: ProviderName,
  label: z.string(),
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      secret: z.boolean(),
      placeholder: z.string(),
      /** May stay empty: the placeholder then says what counts. */
      isOptional: z.boolean().optional(),
    }),
  ),
  defaultBaseUrl: z.string(),
});
export type ProviderForm = z.infer<typeof ProviderForm>;

export const ConversationWindow = z.object({
  /** Rows in the whole view, not in this window. */
  total: z.int().nonnegative(),
  offset: z.int().nonnegative(),
  rows: z.array(Conversation),
  /** Where `keepId` stands in the whole view; null when absent or not asked. */
  keepIndex: z.int().nonnegative().nullable(),
});
export type ConversationWindow = z.infer<typeof ConversationWindow>;

/** What the list can be narrowed to: everything, an account, one of its own numbers. */
const scope = { accountId: AccountId.nullable(), numberId: NumberId.nullable() };

const Count = z.int().nonnegative();

/** How many conversations each view holds, for one own number. */
export const ViewCounts = z.object({
  accountId: AccountId,
  numberId: NumberId,
  number: z.string(),
  label: z.string().nullable(),
  views: z.object({
    all: Count,
    needs_reply: Count,
    unread: Count,
    snoozed: Count,
    done: Count,
  } satisfies Record<View, typeof Count>),
});
export type ViewCounts = z.infer<typeof ViewCounts>;

/** No more conversations than this are selected or acted on at once. */
export const MAX_SELECTED = 10_000;

export const TriageAction = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("done") }),
  /** Back from done or snoozed. */
  z.strictObject({ kind: z.literal("reopen") }),
  /** `until` null: until they reply. */
  z.strictObject({ kind: z.literal("snooze"), until: Millis.nullable() }),
  z.strictObject({ kind: z.literal("unread") }),
  z.strictObject({ kind: z.literal("read") }),
  z.strictObject({ kind: z.literal("pin") }),
  z.strictObject({ kind: z.literal("unpin") }),
]);
export type TriageAction = z.infer<typeof TriageAction>;

/** A run of a thread in ascending order, with what surrounds it. */
export const ThreadPage = z.object({
  messages: z.array(Message),
  /** True when older messages are held on this device. */
  hasOlder: z.boolean(),
  coverage: Coverage,
});
export type ThreadPage = z.infer<typeof ThreadPage>;

/** Settings, and which of them mean something on this system. */
export const SettingsView = z.object({
  settings: Settings,
  can: z.object({
    startAtLogin: z.boolean(),
    closeToTray: z.boolean(),
    /** Languages whose word lists can be had; null: the system checks spelling, in its own languages. */
    spellingLanguages: z.array(z.string()).nullable(),
    /** False: the system refused the last notification, or has none. */
    notify: z.boolean(),
  }),
});
export type SettingsView = z.infer<typeof SettingsView>;

export const calls = {
  ...languageCalls,
  ...lockCalls,
  ...updateCalls,

  "app.state": call(noInput, AppState),
  /** No keyring: go on in memory, for this session. */
  "app.useSessionOnly": call(noInput, AppState),
  /** Try the keyring again after the person unlocked it. */
  "app.retryVault": call(noInput, AppState),
  "app.dismissSetAside": call(noInput, nothing),
  /** Opens an https or mailto link in the system's browser, after the URL policy. */
  "app.openLink": call(z.strictObject({ url: z.string().max(2048) }), nothing),

  /** Where a notification, link or menu wants the window to go; asked once it can go there. Null: nowhere. */
  "app.takeNavigation": call(noInput, z.object({ conversationId: ConversationId }).nullable()),

  /** Commands last chosen in the palette, the latest first; they stay over a restart. */
  "app.recentCommands": call(noInput, z.object({ ids: z.array(z.enum(COMMAND_IDS)) })),
  "app.rememberCommand": call(z.strictObject({ id: z.enum(COMMAND_IDS) }), nothing),

  "settings.get": call(noInput, SettingsView),
  "settings.save": call(z.strictObject({ settings: SettingsInput }), SettingsView),

  "providers.list": call(noInput, z.array(ProviderForm)),

  "accounts.list": call(noInput, z.array(Account)),
  /** Checks the key with a real request first; nothing is saved when that fails. */
  "accounts.connect": call(
    z.strictObject({
      provider: ProviderName,
      name: z.string().trim().max(80),
      baseUrl: z.string().trim().max(512),
      credentials: Credentials,
    }),
    Account,
  ),
  /** Starts the embedded sample server and connects to it over HTTP like to any other. */
  "accounts.connectSample": call(noInput, Account),
  "accounts.rename": call(z.strictObject({ id: AccountId, name: z.string().trim().min(1).max(80) }), Account),
  /** A new key for the same account: checked, saved, sync goes on where it stood. */
  "accounts.replaceKey": call(z.strictObject({ id: AccountId, credentials: Credentials }), Account),
  /** Deletes the account's rows and key from this device. */
  "accounts.disconnect": call(z.strictObject({ id: AccountId }), nothing),

  "conversations.window": call(
    z.strictObject({
      view: View,
      ...scope,
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(200),
      keepId: ConversationId.nullable(),
    }),
    ConversationWindow,
  ),
  "conversations.get": call(z.strictObject({ id: ConversationId }), Conversation.nullable()),
  /** Counts of every view, one row per own number; their sums are what sidebar and headings show. */
  "conversations.counts": call(noInput, z.array(ViewCounts)),
  /** The ids of `limit` rows in the order of the view: what "select all" and a range mean. */
  "conversations.ids": call(
    z.strictObject({
      view: View,
      ...scope,
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(MAX_SELECTED),
    }),
    z.object({ ids: z.array(ConversationId) }),
  ),
  /** How many conversations of each account have unread messages: the one count behind sidebar, badge and tray. */
  "conversations.unread": call(noInput, z.array(z.object({ accountId: AccountId, unread: z.int().nonnegative() }))),
  /**
   * Tells sync what the person looks at (null: nothing) and marks the thread read. `unreadSince`: inbound messages later
   * than this were unread until now; null: none was.
   */
  "conversations.open": call(
    z.strictObject({ id: ConversationId.nullable() }),
    z.object({ unreadSince: Millis.nullable() }),
  ),

  /** One decision over some conversations; `undoId` takes it back. Done and snooze also mark as read. */
  "triage.apply": call(
    z.strictObject({ ids: z.array(ConversationId).min(1).max(MAX_SELECTED), action: TriageAction }),
    z.object({ undoId: z.int().positive(), count: z.int().nonnegative() }),
  ),
  /** What arrived since stays: a conversation with news is not put away again. */
  "triage.undo": call(z.strictObject({ undoId: z.int().positive() }), z.object({ count: z.int().nonnegative() })),

  /** A name for the contact on this device only; null: the provider's again. Applies to the number in every account. */
  "contacts.rename": call(
    z.strictObject({ id: ConversationId, name: z.string().trim().min(1).max(80).nullable() }),
    Conversation,
  ),

  /** The newest `limit` messages, or those just older than `before`. */
  "thread.page": call(
    z.strictObject({
      conversationId: ConversationId,
      before: MessagePosition.nullable(),
      limit: z.int().min(1).max(200),
    }),
    ThreadPage,
  ),
  /** The first message at or after `at` that is held here; null when none is. */
  "thread.since": call(
    z.strictObject({ conversationId: ConversationId, at: z.int().positive() }),
    z.object({ first: MessagePosition.nullable() }),
  ),
  /** Fetches what this thread misses, now. What comes of it is told by its coverage and by the account's sync status. */
  "thread.fetch": call(z.strictObject({ conversationId: ConversationId }), nothing),
  /** Replies of this thread that are not messages yet (all states but `sent`), oldest first. */
  "thread.outbox": call(z.strictObject({ conversationId: ConversationId }), z.array(OutboxItem)),
  "thread.consentHistory": call(
    z.strictObject({ conversationId: ConversationId }),
    z.array(z.object({ consent: Consent, observedAt: Millis, source: z.string() })),
  ),

  ...composerCalls,
  ...attachmentCalls,

  ...searchCalls,
  ...contactCalls,

  ...mediaCalls,

  "sync.status": call(noInput, z.array(SyncStatus)),
  "sync.now": call(noInput, nothing),

  "storage.report": call(noInput, StorageReport),
  /** Looks at every conversation and reads every thread again, now. */
  "storage.recheck": call(z.strictObject({ accountId: AccountId }), nothing),
  /** Forgets the account's cached rows and syncs anew; the person's own words stay. Asks the provider first. */
  "storage.rebuild": call(z.strictObject({ accountId: AccountId }), nothing),
  /** How long the provider keeps texts, as a person says; null goes back to what was learned. */
  "retention.set": call(z.strictObject({ accountId: AccountId, days: RetentionDays }), nothing),
} as const;

export const pushes = {
  "app.changed": AppState,
  ...languagePushes,
  ...updatePushes,
  /** There is a place to go: ask `app.takeNavigation`. */
  "app.navigate": z.null(),
  "accounts.changed": z.array(Account),
  /** Ids whose list row or thread changed: refetch them. `null` means "anything may have". */
  "inbox.changed": z.object({ conversationIds: z.array(ConversationId).nullable() }),
  "sync.changed": z.array(SyncStatus),
  ...mediaPushes,
  /** Chosen in the application menu. */
  "app.command": z.object({ id: z.enum(COMMAND_IDS) }),
} as const;

export type CallName = keyof typeof calls;
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]["input"]>;
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]["output"]>;
export type PushName = keyof typeof pushes;
export type PushPayload<N extends PushName> = z.output<(typeof pushes)[N]>;

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

/** One handler per call; a missing, extra or mistyped one does not compile. */
export type Handlers = {
  readonly [N in CallName]: (input: z.output<(typeof calls)[N]["input"]>) => CallOutput<N> | Promise<CallOutput<N>>;
};

type Args<I> = undefined extends I ? [input?: I] : [input: I];

/** What the preload exposes as `window.threadkeep`: two functions, for ever. */
export interface Bridge {
  invoke<N extends CallName>(name: N, ...args: Args<CallInput<N>>): Promise<Outcome<CallOutput<N>>>;
  /** Returns the unsubscribe function. */
  subscribe<N extends PushName>(name: N, listener: (payload: PushPayload<N>) => void): () => void;
}
