/**
 * When the first rows are on the screen: what nobody waits for begins then, and not in front of them.
 *
 * Knows nothing of windows or networks. Invariants: it always comes, also when no list is ever asked for (a locked or
 * hidden start, no account); once come it stays.
 */
import type { Fetch } from "../providers/http.ts";
import type { Clock } from "../sync/ports.ts";

/** From the list's answer to its paint, on a slow machine. */
const PAINT_MS = 150;
/** A start that shows no list. */
const AT_MOST_MS = 1_500;

export interface FirstRows {
  readonly shown: Promise<void>;
  /** The page was given a part of the list. */
  listAnswered(): void;
}

export function createFirstRows(clock: Clock): FirstRows {
  let done = () => {};
  const shown = new Promise<void>((resolve) => {
    done = resolve;
  });
  let isAnswered = false;
  const cancel = clock.schedule(AT_MOST_MS, () => done());
  return {
    shown,
    listAnswered() {
      if (isAnswered) return;
      isAnswered = true;
      clock.schedule(PAINT_MS, () => {
        cancel();
        done();
      });
    },
  };
}

/** The same requests, but none before `begin`. One that is given up meanwhile is given up at once. */
export function fetchAfter(begin: Promise<void>, fetch: Fetch): Fetch {
  let hasBegun = false;
  void begin.then(() => {
    hasBegun = true;
  });
  return async (url, init) => {
    if (!hasBegun) {
      await new Promise<void>((resolve) => {
        void begin.then(resolve);
        init.signal?.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    return fetch(url, init);
  };
}
