/**
 * A provider that takes files and messages and does whatever a network can: answers late, wrongly, or not at all.
 *
 * Knows no marks: what became of a reply only the thread can tell. Invariant: what arrived and what it holds is noted
 * before the answer leaves, so that a lost answer loses nothing of the record.
 */
import type { Provider } from "../../electron/sync/ports.ts";
import { ProviderError } from "../../shared/errors.ts";
import type { FakeClock } from "../fakes/fake-clock.ts";

/** How long every request takes: a crash or a change of mind may come while it is under way. */
export const REQUEST_MS = 5;

export type Answer = "ok" | "offline" | "busy" | "refused" | "done then lost" | "not done, not known";

/** A message that was made. */
export interface Arrival {
  readonly tag: string;
  /** The last digit of the number it went to. */
  readonly thread: number;
  readonly text: string;
  readonly urls: readonly string[];
  readonly at: number;
  /** False: the provider took it, and its answer was lost. */
  readonly isAnswered: boolean;
  isForgotten: boolean;
}

export class FilesProvider {
  readonly arrivals: Arrival[] = [];
  /** The first letters of the files it holds, by address. */
  readonly kept = new Map<string, string>();
  /** Those to come; then all are "ok". */
  uploadAnswers: Answer[] = [];
  sendAnswers: Answer[] = [];
  private readonly clock: FakeClock;

  constructor(clock: FakeClock) {
    this.clock = clock;
  }

  private async answer(answer: Answer, work: () => void): Promise<void> {
    await new Promise<void>((resolve) => this.clock.schedule(REQUEST_MS, resolve));
    if (answer === "ok" || answer === "done then lost") work();
    if (answer === "offline") throw new ProviderError("offline");
    if (answer === "busy") throw new ProviderError("rate_limited", { retryAfterMs: 1_000 });
    if (answer === "refused") throw new ProviderError("rejected");
    if (answer !== "ok") throw new ProviderError("timeout", { mayHaveArrived: true });
  }

  port(): Provider & Required<Pick<Provider, "upload">> {
    return {
      messageOrder: "oldest_first",
      check: () => Promise.resolve(),
      listConversations: () => Promise.reject(new ProviderError("offline")),
      listMessages: () => Promise.reject(new ProviderError("offline")),
      listNumbers: () => Promise.resolve([]),
      clockOffsetMs: () => 0,
      upload: async ({ bytes }) => {
        let url = "";
        await this.answer(this.uploadAnswers.shift() ?? "ok", () => {
          url = `https://files.test/${this.kept.size + 1}`;
          this.kept.set(url, new TextDecoder().decode(bytes).slice(0, 24));
        });
        return { url };
      },
      send: async ({ tag, text, attachments = [], to }) => {
        const answer = this.sendAnswers.shift() ?? "ok";
        const at = () => this.clock.now();
        await this.answer(answer, () => {
          const isAnswered = answer === "ok";
          const thread = Number(to.at(-1));
          this.arrivals.push({ tag, thread, text, urls: [...attachments], at: at(), isAnswered, isForgotten: false });
        });
        return { remoteId: `m${this.arrivals.length}`, status: "sent" as const, createdAt: at() };
      },
      findSent: () => Promise.resolve(null),
    };
  }
}
