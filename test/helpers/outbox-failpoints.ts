/** Where a sending process can be made to die, and what it is told. Data only. */
import type { OutboxMutant } from "./outbox-mutants.ts";

export const FAILPOINTS = [
  "row-written",
  "before-begin",
  "row-says-sending",
  "answer-lost",
  "answer-read",
  "sent-recorded",
] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

export interface OutboxProcessOptions {
  readonly dbPath: string;
  readonly keyHex: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  /** No two have the same text: it is what the process calls them by. */
  readonly replies: readonly { readonly key: string; readonly text: string; readonly conversation: number }[];
  /** How the replies come in. A notification's are delivered by the real notification centre, twice each; those for later are due at once. */
  readonly from: "window" | "notification" | "schedule";
  /** Where this process kills itself, and at whose turn (the reply's text). */
  readonly failpoint: { readonly at: Failpoint; readonly text: string } | null;
  /** Also syncs, so that the thread can prove what the provider's look-up does not. */
  readonly sync: boolean;
  /** A person has looked at the replies of unknown outcome and says "send again". */
  readonly personRetries: boolean;
  readonly mutant: OutboxMutant | null;
}
