/**
 * Notifications at work: collects news, decides, shows, takes back, and carries out what a person answers.
 *
 * No Electron here: the system is behind `NotificationPort`. Must not read message texts for anything but showing.
 * Invariants: news are taken from the cache once, ever; after a start, a sleep or an outage they are gathered until
 * sync has caught up; what is read or removed is taken back, also what an earlier run left; a reply is in the outbox or
 * in the draft before this returns.
 */
import type { AccountId, ConversationId, MessageId, SyncPhase } from "../../../shared/domain.ts";
import type { NotificationSettings } from "../../../shared/settings.ts";
import type { DbClient } from "../../db/client.ts";
import { errorName } from "../../log.ts";
import type { Log } from "../../log.ts";
import { replyKey } from "../../notify/activation.ts";
import type { Activation, ShownNews } from "../../notify/activation.ts";
import { decide } from "../../notify/decide.ts";
import { goneNotice, keptAsDraftNotice, summaryNotice, threadNotice } from "../../notify/payload.ts";
import type { Notice } from "../../notify/payload.ts";
import type { Clock } from "../../sync/ports.ts";

/** The system's notifications. The same tag replaces the one before. */
export interface NotificationPort {
  show(notice: Notice): void;
  close(tag: string): void;
  closeAll(): void;
  /** What an earlier run that was killed left on the screen, heard and taken back from now on. */
  restore(): Promise<readonly ShownNews[]>;
}

export interface CenterOptions {
  readonly db: Pick<DbClient, "call">;
  readonly clock: Clock;
  readonly log: Log;
  readonly port: NotificationPort;
  readonly settings: () => NotificationSettings;
  /** The app lock is on: no thread is in view, whatever was open. */
  readonly isLocked: () => boolean;
  /** Local time of day in minutes. */
  readonly minuteOfDay: () => number;
  readonly accountCount: () => number;
  /** Bring the window up, at this thread (null: as it stands). */
  readonly open: (conversationId: ConversationId | null) => void;
  /** A reply is in the outbox. */
  readonly dispatch: () => void;
  readonly changed: (id: ConversationId) => void;
}

export interface NotificationCenter {
  /** Something of this account is on disk. */
  committed(accountId: AccountId): void;
  status(accountId: AccountId, phase: SyncPhase): void;
  /** The app was asleep or offline: what comes now is a backlog until sync has caught up. */
  woke(): void;
  /** Rows changed: what was shown of them may be read or removed. Null: any may have. */
  changedRows(ids: readonly ConversationId[] | null): void;
  setFocused(focused: boolean): void;
  setOpen(id: ConversationId | null): void;
  /** Resolves when a reply is stored. */
  activated(activation: Activation): Promise<void>;
  /** Takes every notification back. */
  close(): void;
}

/** Messages that arrive together are told together. */
const COLLECT_MS = 400;
/** A backlog has ended when nothing came for this long and sync says that it is done. */
const QUIET_MS = 1_500;
const LONGEST_CATCH_UP_MS = 60_000;
const STALE_CHECK_MS = 100;

interface AccountNews {
  catchUpSince: number | null;
  phase: SyncPhase["kind"] | null;
  lastCommitAt: number;
  isScheduled: boolean;
}

export function createNotificationCenter(options: CenterOptions): NotificationCenter {
  const { db, clock, log, port } = options;
  const accounts = new Map<AccountId, AccountNews>();
  const shown = new Map<string, { conversationId: ConversationId; messageId: MessageId }>();
  let isFocused = false;
  let openId: ConversationId | null = null;
  let isClosed = false;
  let isCheckScheduled = false;
  let dirty: Set<ConversationId> | "all" = new Set();

  const warn = (event: string) => (error: unknown) => log.warn(event, { name: errorName(error) });

  function accountOf(id: AccountId): AccountNews {
    const known = accounts.get(id);
    if (known !== undefined) return known;
    const fresh: AccountNews = { catchUpSince: clock.now(), phase: null, lastCommitAt: 0, isScheduled: false };
    accounts.set(id, fresh);
    return fresh;
  }

  function lookIn(id: AccountId, delayMs: number): void {
    const account = accountOf(id);
    if (account.isScheduled || isClosed) return;
    account.isScheduled = true;
    clock.schedule(delayMs, () => {
      account.isScheduled = false;
      if (!isClosed) look(id, account);
    });
  }

  function look(id: AccountId, account: AccountNews): void {
    const { catchUpSince } = account;
    if (catchUpSince !== null) {
      const now = clock.now();
      const isBusy = account.phase === null || account.phase === "syncing" || now - account.lastCommitAt < QUIET_MS;
      if (isBusy && now - catchUpSince < LONGEST_CATCH_UP_MS) return lookIn(id, QUIET_MS);
      account.catchUpSince = null;
    }
    tell(id, catchUpSince !== null).catch(warn("news not told"));
  }

  async function tell(accountId: AccountId, isCatchingUp: boolean): Promise<void> {
    const news = await db.call("notify.take", { accountId });
    if (isClosed) return;
    const manyAccounts = options.accountCount() > 1;
    const decision = decide(news, {
      settings: options.settings(),
      minuteOfDay: options.minuteOfDay(),
      isFocused: isFocused && !options.isLocked(),
      openId,
      isCatchingUp,
    });
    if (decision.kind === "summary") port.show(summaryNotice(decision.messages, decision.conversations));
    if (decision.kind !== "threads") return;
    for (const { news: one, level } of decision.threads) {
      const notice = threadNotice(one, level, manyAccounts);
      shown.set(notice.tag, { conversationId: one.conversationId, messageId: one.messageId });
      port.show(notice);
    }
    // Read or removed between taking and showing.
    checkSoon(decision.threads.map(({ news: { conversationId } }) => conversationId));
  }

  function checkSoon(ids: readonly ConversationId[] | null): void {
    if (shown.size === 0) return;
    if (ids === null) dirty = "all";
    else if (dirty !== "all") for (const id of ids) dirty.add(id);
    if (isCheckScheduled) return;
    isCheckScheduled = true;
    clock.schedule(STALE_CHECK_MS, () => {
      isCheckScheduled = false;
      const among = dirty;
      dirty = new Set();
      takeBack(among).catch(warn("notifications not checked"));
    });
  }

  async function takeBack(among: ReadonlySet<ConversationId> | "all"): Promise<void> {
    const candidates = [...shown].filter(([, one]) => among === "all" || among.has(one.conversationId));
    if (candidates.length === 0) return;
    const stale = new Set(
      await db.call("notify.stale", { messageIds: candidates.map(([, { messageId }]) => messageId) }),
    );
    for (const [tag, { messageId }] of candidates) {
      // A newer one may have taken its place meanwhile.
      if (!stale.has(messageId) || shown.get(tag)?.messageId !== messageId) continue;
      shown.delete(tag);
      port.close(tag);
    }
  }

  async function reply(id: ConversationId, messageId: MessageId | null, text: string): Promise<void> {
    const now = clock.now();
    const outcome = await db.call("notify.reply", {
      conversationId: id,
      text,
      key: replyKey(id, messageId, text),
      now,
    });
    switch (outcome.kind) {
      case "queued":
        // First: it is stored, and what follows may fail.
        options.dispatch();
        await db.call("conversations.markRead", { id, now });
        break;
      case "draft":
        port.show(keptAsDraftNotice(id, outcome.reason));
        break;
      case "gone":
        if (text.trim() !== "") port.show(goneNotice(text));
        options.open(null);
        break;
      case "again":
        return;
    }
    options.changed(id);
  }

  async function restore(): Promise<void> {
    for (const { tag, conversationId, messageId } of await port.restore()) {
      if (!isClosed && !shown.has(tag)) shown.set(tag, { conversationId, messageId });
    }
    checkSoon(null);
  }

  restore().catch(warn("earlier notifications not found"));

  return {
    committed(accountId) {
      const account = accountOf(accountId);
      account.lastCommitAt = clock.now();
      lookIn(accountId, COLLECT_MS);
    },
    status(accountId, { kind }) {
      const account = accountOf(accountId);
      account.phase = kind;
      if (account.catchUpSince !== null && kind !== "syncing") lookIn(accountId, QUIET_MS);
    },
    woke() {
      const now = clock.now();
      for (const [id, account] of accounts) {
        account.catchUpSince = now;
        lookIn(id, QUIET_MS);
      }
    },
    changedRows: checkSoon,
    setFocused(focused) {
      isFocused = focused;
      if (focused) port.close("summary");
    },
    setOpen(id) {
      openId = id;
    },
    async activated({ kind, conversationId, messageId, text }) {
      if (conversationId !== null && kind === "reply") return reply(conversationId, messageId, text);
      const found = conversationId === null ? null : await db.call("conversations.get", { id: conversationId });
      options.open(found === null ? null : conversationId);
    },
    close() {
      isClosed = true;
      shown.clear();
      port.closeAll();
    },
  };
}
