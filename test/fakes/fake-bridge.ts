/**
 * An in-memory `Bridge`: the contract's calls over invented data, with every call recorded.
 *
 * For unit tests of stores and for the visual harness. It keeps main's promises (outcomes, never throws; a push names
 * what changed) and has controls to make things happen: a text arrives, is removed, a call fails or waits.
 */
import type {
  Account,
  Body,
  Conversation,
  ConversationId,
  Coverage,
  Message,
  MessageId,
  OutboxId,
  SyncStatus,
} from "../../shared/domain.ts";
import type { ImportAnswer } from "../../shared/contacts.ts";
import type { MediaItem } from "../../shared/media.ts";
import type { SearchHoles } from "../../shared/search.ts";
import type { AppErrorCode, Failure } from "../../shared/errors.ts";
import { AppError, failureOf } from "../../shared/errors.ts";
import type {
  AppState,
  Bridge,
  CallName,
  CallOutput,
  Handlers,
  Outcome,
  PushName,
  PushPayload,
} from "../../shared/ipc.ts";
import { createFakeAttachments } from "./fake-attachments.ts";
import { createFakeComposer } from "./fake-composer.ts";
import { fakeLanguageHandlers } from "./fake-language.ts";
import { fakeSettings } from "./fake-settings.ts";
import { FAKE_PROVIDERS, fakeAccount, fakeConversation, fakeThread } from "./fake-data.ts";
import { FAKE_PREVIEW, fakeContactHandlers } from "./fake-contacts.ts";
import type { UpdateState } from "../../shared/updates.ts";
import { fakeUpdateHandlers } from "./fake-updates.ts";
import { fakeLockHandlers } from "./fake-lock.ts";
import { fakeMediaHandlers } from "./fake-media.ts";
import { fakeSearchHandlers } from "./fake-search.ts";
import { fakeStorageHandlers } from "./fake-storage.ts";
import { fakeThreadHandlers } from "./fake-thread.ts";
import { createFakeTriage } from "./fake-triage.ts";

export interface FakeOptions {
  readonly conversations?: number;
  readonly seed?: number;
  readonly now?: number;
  readonly accounts?: readonly Account[];
  readonly app?: Partial<AppState>;
  readonly threadLength?: number;
  /** The languages of the pretended computer. */
  readonly preferredLanguages?: readonly string[];
  readonly update?: UpdateState;
}

export type RecordedCall = { readonly name: CallName; readonly input: unknown };

export const FAKE_NOW = Date.UTC(2026, 3, 14, 16, 20);

export type FakeBridge = ReturnType<typeof createFakeBridge>;

export function createFakeBridge(options: FakeOptions = {}) {
  const now = options.now ?? FAKE_NOW;
  const seed = options.seed ?? 7;
  let accounts: readonly Account[] = options.accounts ?? [fakeAccount(1)];
  let app: AppState = {
    stage: "ready",
    sessionOnly: false,
    setAside: null,
    disk: null,
    migration: null,
    version: "0.1.0",
    platform: "linux",
    ...options.app,
  };
  let statuses: readonly SyncStatus[] = accounts.map(({ id }) => ({
    accountId: id,
    phase: { kind: "up_to_date" },
    lastCompletedAt: now - 60_000,
  }));
  const length = accounts.length === 0 ? 0 : (options.conversations ?? 200);
  const order = Array.from({ length }, (_, index) => index + 1);
  const rows = new Map<number, Conversation>();
  const threads = new Map<number, Message[]>();
  const listeners = new Map<PushName, Set<(payload: never) => void>>();
  const calls: RecordedCall[] = [];
  const failures = new Map<CallName, Failure>();
  const holds = new Map<CallName, Promise<void>>();
  let nextId = 1_000_000_000;
  let settings = fakeSettings();
  /** What tests may change: parts of a thread's coverage, its consents, what a search misses, the file that is chosen. */
  const coverages = new Map<ConversationId, Partial<Coverage>>();
  const consents = new Map<ConversationId, CallOutput<"thread.consentHistory">>();
  let holes: SearchHoles = { removed: 0, incomplete: 0 };
  let searchStep = 300;
  let picked: ImportAnswer = { kind: "preview", preview: FAKE_PREVIEW };
  let navigation: { conversationId: ConversationId } | null = null;

  function row(id: number): Conversation | null {
    if (!order.includes(id)) return null;
    const known = rows.get(id) ?? fakeConversation(id - 1, { now, seed, accounts });
    rows.set(id, known);
    return known;
  }

  const sure = (id: number) => row(id)!;

  function change(id: number, changes: Partial<Conversation>): void {
    rows.set(id, { ...row(id)!, ...changes });
  }

  function thread(id: number): Message[] {
    const known =
      threads.get(id) ?? fakeThread(row(id)!, id * 10_000, options.threadLength ?? row(id)!.messageCount ?? 12);
    threads.set(id, known);
    return known;
  }

  function push<N extends PushName>(name: N, payload: PushPayload<N>): void {
    for (const listener of listeners.get(name) ?? []) (listener as (payload: PushPayload<N>) => void)(payload);
  }

  const changed = (...ids: ConversationId[]) => push("inbox.changed", { conversationIds: ids });
  const triage = createFakeTriage({ order, row, change, changed, accounts: () => accounts }, now);

  function setAccounts(next: readonly Account[]): void {
    accounts = next;
    push("accounts.changed", [...accounts]);
  }

  function account(id: number): Account {
    const found = accounts.find((candidate) => candidate.id === id);
    if (found === undefined) throw new AppError("not_found");
    return found;
  }

  const attachments = createFakeAttachments({ row, changed });
  const composer = createFakeComposer({ now, row, change, changed, takeId: () => nextId++, attachments });
  const { outbox, drafts } = composer;

  const handlers: Handlers = {
    "app.state": () => app,
    "app.useSessionOnly": () => (app = { ...app, stage: "ready", sessionOnly: true }),
    "app.retryVault": () => app,
    "app.dismissSetAside": () => void (app = { ...app, setAside: null }),
    "app.openLink": () => undefined,
    ...fakeUpdateHandlers(options.update),
    ...fakeLanguageHandlers((view) => push("language.changed", view), options.preferredLanguages),
    "app.takeNavigation": () => {
      const to = navigation;
      navigation = null;
      return to;
    },
    "settings.get": () => ({
      settings,
      can: { startAtLogin: true, closeToTray: true, spellingLanguages: ["ar", "en-GB", "en-US", "es"], notify: true },
    }),
    "settings.save": ({ settings: next }) => {
      settings = next;
      return {
        settings,
        can: { startAtLogin: true, closeToTray: true, spellingLanguages: ["ar", "en-GB", "en-US", "es"], notify: true },
      };
    },
    "providers.list": () => [...FAKE_PROVIDERS],
    "accounts.list": () => [...accounts],
    "accounts.connect": ({ provider, name, baseUrl }) => {
      const added = fakeAccount(accounts.length + 1, { provider, name, baseUrl });
      setAccounts([...accounts, added]);
      return added;
    },
    "accounts.connectSample": () => {
      const added = fakeAccount(accounts.length + 1, { isSample: true, name: "Sample practice" });
      if (order.length === 0)
        order.push(...Array.from({ length: options.conversations ?? 60 }, (_, index) => index + 1));
      setAccounts([...accounts, added]);
      return added;
    },
    "accounts.rename": ({ id, name }) => {
      setAccounts(accounts.map((candidate) => (candidate.id === id ? { ...candidate, name } : candidate)));
      return account(id);
    },
    "accounts.replaceKey": ({ id, credentials }) => {
      const keyHint = Object.values(credentials).at(-1)?.slice(-4) ?? null;
      setAccounts(accounts.map((one) => (one.id === id ? { ...one, keyHint, state: "ok" } : one)));
      return account(id);
    },
    "accounts.disconnect": ({ id }) => setAccounts(accounts.filter((candidate) => candidate.id !== id)),
    ...fakeLockHandlers({
      now,
      stage: () => app.stage,
      setStage(stage) {
        app = { ...app, stage };
        push("app.changed", app);
      },
    }),
    ...triage.handlers,
    "conversations.get": ({ id }) => row(id),
    "conversations.unread": () =>
      accounts.map(({ id }) => ({
        accountId: id,
        unread: order.slice(0, 400).filter((one) => row(one)!.accountId === id && row(one)!.unreadCount > 0).length,
      })),
    "conversations.open": ({ id }) => {
      const unread = id === null ? 0 : (row(id)?.unreadCount ?? 0);
      if (id === null || unread === 0) return { unreadSince: null };
      const inbound = thread(id).filter(({ direction }) => direction === "inbound");
      change(id, { unreadCount: 0 });
      changed(id);
      return { unreadSince: (inbound.at(-unread)?.createdAt ?? 1) - 1 };
    },
    ...fakeThreadHandlers({ now, thread }, coverages, consents),
    ...fakeMediaHandlers({ rows: () => order, thread, changed }),
    ...fakeSearchHandlers(
      () => order.slice(0, 300).map(sure),
      thread,
      () => holes,
      () => searchStep,
    ),
    ...fakeContactHandlers(now, thread, () => picked),
    "sync.status": () => [...statuses],
    "sync.now": () => undefined,
    ...composer.handlers,
    ...attachments.handlers,
    ...fakeStorageHandlers(() => ({ accounts, conversations: order.length, now })),
  };

  async function invoke<N extends CallName>(name: N, input?: unknown): Promise<Outcome<CallOutput<N>>> {
    calls.push({ name, input });
    await holds.get(name);
    const failure = failures.get(name);
    if (failure !== undefined) return { ok: false, error: failure };
    try {
      const handler = handlers[name] as (input: unknown) => CallOutput<N> | Promise<CallOutput<N>>;
      return { ok: true, value: structuredClone(await handler(input)) };
    } catch (error) {
      return { ok: false, error: failureOf(error) };
    }
  }

  const bridge: Bridge = {
    invoke: (name, ...args) => invoke(name, args[0]),
    subscribe(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
  };

  return {
    bridge,
    calls,
    drafts,
    coverages,
    consents,
    setHoles: (next: SearchHoles) => void (holes = next),
    /** How many rows one question of a search looks at. */
    setSearchStep: (size: number) => void (searchStep = size),
    setPicked: (next: ImportAnswer) => void (picked = next),
    push,
    row,
    thread,
    change(id: ConversationId, changes: Partial<Conversation>): void {
      change(id, changes);
      changed(id);
    },
    /** A text arrives or goes out: the thread grows and its conversation moves to the top. */
    addMessage(id: ConversationId, text: string, direction: Message["direction"] = "inbound", at = now): Message {
      const message: Message = {
        id: nextId++ as MessageId,
        conversationId: id,
        direction,
        body: { kind: "text", text },
        mediaCount: 0,
        status: direction === "inbound" ? "received" : "sent",
        createdAt: at,
      };
      thread(id).push(message);
      order.splice(order.indexOf(id), 1);
      order.unshift(id);
      const unreadCount = direction === "inbound" ? row(id)!.unreadCount + 1 : 0;
      change(id, { preview: message.body, lastDirection: direction, lastMessageAt: at, unreadCount });
      if (direction === "inbound") triage.gotNews(id);
      changed(id);
      return message;
    },
    setBody(id: ConversationId, messageId: MessageId, body: Body): void {
      const messages = thread(id);
      const at = messages.findIndex((message) => message.id === messageId);
      messages[at] = { ...messages[at]!, body };
      if (at === messages.length - 1) change(id, { preview: body });
      changed(id);
    },
    setMedia(id: ConversationId, messageId: MessageId, media: readonly MediaItem[], isAll = false): void {
      const messages = thread(id);
      const at = messages.findIndex((message) => message.id === messageId);
      const body: Body = isAll ? { kind: "empty" } : messages[at]!.body;
      messages[at] = { ...messages[at]!, body, media: [...media], mediaCount: media.length };
      if (isAll) change(id, { preview: { kind: "empty", media: media[0]!.kind } });
      changed(id);
    },
    /** A notification or link wants the window to go there. */
    navigate(conversationId: ConversationId): void {
      navigation = { conversationId };
      push("app.navigate", null);
    },
    /** A decision, as if made elsewhere. */
    decide: triage.apply,
    attachments,
    addOutbox: composer.add,
    setOutbox: composer.set,
    /** The reply becomes a message and leaves the outbox. */
    deliver(id: OutboxId): void {
      const at = outbox.findIndex((one) => one.id === id);
      const [item] = outbox.splice(at, 1);
      this.addMessage(item!.conversationId, item!.text, "outbound");
    },
    setAccounts,
    setApp(changes: Partial<AppState>): void {
      app = { ...app, ...changes };
      push("app.changed", app);
    },
    setSync(next: readonly SyncStatus[]): void {
      statuses = next;
      push("sync.changed", [...next]);
    },
    /** Every such call fails until `code` is null. */
    fail(name: CallName, code: AppErrorCode | null, detail: Record<string, string> = {}): void {
      if (code === null) failures.delete(name);
      else failures.set(name, { code, detail });
    },
    /** Makes such calls wait; returns the function that lets them go on. */
    hold(name: CallName): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      holds.set(name, promise);
      return () => {
        holds.delete(name);
        resolve();
      };
    },
    countOf: (name: CallName) => calls.filter((call) => call.name === name).length,
  };
}
