/**
 * Asks main the same thing again and again, and lets only the newest question be answered. Pure.
 *
 * Invariant: an answer or a failure that was overtaken, by a newer question or by a push that says more, tells nothing.
 */
export interface Latest<T> {
  /** Resolves when the answer was told or dropped; never rejects. */
  ask(question: () => Promise<T>): Promise<void>;
  /** What is on its way is old news by now. */
  overtake(): void;
}

export function createLatest<T>(onAnswer: (answer: T) => void, onFailure: (error: unknown) => void): Latest<T> {
  let newest = 0;
  return {
    async ask(question) {
      const asked = (newest += 1);
      try {
        const answer = await question();
        if (asked === newest) onAnswer(answer);
      } catch (error) {
        if (asked === newest) onFailure(error);
      }
    },
    overtake() {
      newest += 1;
    },
  };
}

/** The set with or without one of its members. */
export const withMember = <T>(set: ReadonlySet<T>, member: T, isIn: boolean): ReadonlySet<T> =>
  isIn ? new Set([...set, member]) : new Set([...set].filter((other) => other !== member));
