/**
 * What the "Sync & storage" screen shows: how much of each account is on this device, what is missing and why.
 *
 * Counts, times and reasons only; no message text. zod schemas for the IPC border; the renderer takes the types.
 */
import { z } from "zod";
import { AccountId, Millis } from "./domain.ts";

const Count = z.int().nonnegative();

/** A record that failed validation: its content is not kept. */
export const QuarantinedRecord = z.object({
  scope: z.enum(["conversations", "messages"]),
  remoteId: z.string().nullable(),
  /** Which field was wrong and how, never its value. */
  reason: z.string(),
  seenAt: Millis,
});
export type QuarantinedRecord = z.infer<typeof QuarantinedRecord>;

/** How long the provider keeps texts, and what this device did about it. */
export const RetentionStatus = z.object({
  typedDays: Count.nullable(),
  /** `agreeing` of `pairs` removals were seen after `days`. */
  learned: z.object({ days: Count, agreeing: Count, pairs: Count }).nullable(),
  /** What is enforced: the typed window, else the learned one, else none. */
  enforcedDays: Count.nullable(),
  lastRunAt: Millis.nullable(),
  /** Texts this device removed by itself, in all. */
  removedTexts: Count,
});
export type RetentionStatus = z.infer<typeof RetentionStatus>;

export const AccountStorage = z.object({
  accountId: AccountId,
  /** When a pass over the list last ran to its end; null before the first. */
  lastCompletedAt: Millis.nullable(),
  sweep: z.object({
    /** Null: none is under way. */
    running: z.object({ seen: Count, startedAt: Millis }).nullable(),
    completedAt: Millis.nullable(),
  }),
  conversations: Count,
  threads: z.object({
    /** Held from the first message to the newest. */
    complete: Count,
    /** Held once, but newer messages are not here yet. */
    behind: Count,
    /** Begun, not read to the end. */
    partial: Count,
    neverFetched: Count,
    /** To be read again from the start, because a removal is suspected or a person asked. */
    recheck: Count,
  }),
  messages: Count,
  quarantined: z.object({ total: Count, newest: z.array(QuarantinedRecord) }),
  retention: RetentionStatus,
  /** Drafts and replies kept safe until their conversation is here again. */
  keptWords: Count,
  /** Files in drafts and in replies that are not sent. */
  unsentFiles: z.object({ count: Count, bytes: Count }),
});
export type AccountStorage = z.infer<typeof AccountStorage>;

export const StorageReport = z.object({
  accounts: z.array(AccountStorage),
  /** One file holds all accounts; null when nothing is written to disk. */
  files: z.object({ databaseBytes: Count, walBytes: Count }).nullable(),
  /** Texts were removed and their last bytes are still being overwritten. */
  purgePending: z.boolean(),
  /** When removed texts were last overwritten to the last byte; null: there were none yet. */
  lastPurgeAt: Millis.nullable(),
});
export type StorageReport = z.infer<typeof StorageReport>;

/** A typed window, in days; null takes it back. */
export const RetentionDays = z.int().min(1).max(3_650).nullable();
