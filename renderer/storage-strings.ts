/** The words of "Sync & storage" and of trouble with the disk; as `strings.ts`, whole sentences only. */

const plurals = new Intl.PluralRules("en");
const plural = (count: number, one: string, other: string) => (plurals.select(count) === "one" ? one : other);

export const storageStrings = {
  title: "Sync & storage",
  intro: "What of each account is on this device, what is still missing, and how long its texts stay.",
  loading: "Reading what is on this device",
  failed: "What is on this device could not be read.",
  disk: {
    full: {
      title: "The disk is full: nothing new is saved.",
      body: "Free some space; Threadkeep goes on by itself. What is already here stays readable.",
    },
    error: {
      title: "The disk does not take anything new.",
      body: "Check that the drive is connected and may be written to; Threadkeep tries again by itself.",
    },
  },
  size: (total: string, database: string, journal: string) =>
    `${total} on disk: database ${database}, journal ${journal}.`,
  noFiles: "Nothing is written to disk in this session.",
  purging: "Removed texts are being overwritten now.",
  purged: (at: string) => `Removed texts were last overwritten on ${at}.`,
  neverPurged: "No removed text waits to be overwritten.",
  facts: {
    lastPass: "Last completed pass",
    sweep: "Sweep for removals",
    conversations: "Conversations",
    threads: "Threads held completely",
    messages: "Messages held",
    gaps: "Gaps",
    recheck: "Threads to read again",
    kept: "Kept until their conversation is here",
  },
  never: "Not completed yet",
  sweepRunning: (seen: string, total: string) => `Running, ${seen} of ${total} looked at`,
  sweepDone: (time: string) => `Completed ${time}`,
  ofThreads: (held: string, total: string) => `${held} of ${total}`,
  noGaps: "None",
  behind: (count: number, shown: string) => `${shown} ${plural(count, "thread", "threads")} behind`,
  incomplete: (count: number, shown: string) => `${shown} ${plural(count, "thread", "threads")} incomplete`,
  notFetched: (count: number, shown: string) => `${shown} not downloaded yet`,
  kept: (count: number, shown: string) => `${shown} ${plural(count, "draft or reply", "drafts and replies")}`,
  retention: {
    title: "Retention",
    none: "No window known: texts stay until your provider removes them.",
    typed: (days: string) => `Texts are removed after ${days}, as typed here.`,
    learned: (days: string, agreeing: string, pairs: string) =>
      `Texts are removed after ${days}, learned from ${agreeing} of ${pairs} removals.`,
    alsoLearned: (days: string, agreeing: string, pairs: string) =>
      `Your provider's own removals say ${days} (${agreeing} of ${pairs}).`,
    days: (count: number, shown: string) => `${shown} ${plural(count, "day", "days")}`,
    lastRun: (time: string, count: number, shown: string) =>
      `Last run ${time}; ${shown} ${plural(count, "text", "texts")} removed by this device so far.`,
    notRun: "Has not run yet.",
    field: "Remove texts after (days)",
    hint: "Between 1 and 3,650. Counted from when a text was sent.",
    save: "Save window",
    clear: "Forget typed window",
    invalid: "Type a whole number between 1 and 3,650.",
    saved: "The window is saved; texts older than that go now.",
    cleared: "The typed window is forgotten.",
  },
  quarantine: {
    title: (count: number, shown: string) =>
      `${shown} ${plural(count, "record", "records")} could not be read and ${plural(count, "was", "were")} left out`,
    none: "Every record could be read.",
    newest: (shown: string) => `The newest ${shown} are listed.`,
    table: (name: string) => `Records of ${name} that could not be read`,
    scope: "Scope",
    id: "Remote id",
    reason: "Reason",
    when: "When",
    noId: "none",
    scopes: { conversations: "Conversation", messages: "Message" },
  },
  recheck: "Re-check now",
  recheckOf: (name: string) => `Re-check now: ${name}`,
  rechecking: (name: string) => `Every conversation of “${name}” is being looked at again.`,
  rebuild: "Rebuild",
  rebuildOf: (name: string) => `Rebuild ${name}`,
  rebuilding: (name: string) =>
    `The local copy of “${name}” is being forgotten and fetched anew. Drafts and unsent replies stay.`,
  rebuildPending: "About to be rebuilt",
  needsAccount: "Reconnect this account first: without it nothing would come back.",
} as const;
