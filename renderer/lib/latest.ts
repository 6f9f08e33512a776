/**
 * Asks main the same thing again and again, and is told nothing that is older than what was told before. Pure.
 *
 * Invariant: an answer or a failure that was overtaken, by the answer to a newer question or by a push that says more, tells
 * nothing. A newer question alone overtakes none: where one follows the other, nothing would ever be told.
 */
export interface Latest<T> {
  /** Resolves when the answer was told or dropped; never rejects. */
  ask(question: () => Promise<T>): Promise<void>;
  /** What is on its way is old news by now. */
  overtake(): void;
}

export function createLatest<T>(onAnswer: (answer: T) => void, onFailure: (error: unknown) => void): Latest<T> {
  let newest = 0;
  let told = 0;
  const tells = (asked: number): boolean => {
    const isNewer = asked > told;
    if (isNewer) told = asked;
    return isNewer;
  };
  return {
    async ask(question) {
      const asked = (newest += 1);
      try {
        const answer = await question();
        if (tells(asked)) onAnswer(answer);
      } catch (error) {
        if (tells(asked)) onFailure(error);
      }
    },
    overtake() {
      told = newest;
    },
  };
}

/** The set with or without one of its members. */
export const withMember = <T>(set: ReadonlySet<T>, member: T, isIn: boolean): ReadonlySet<T> =>
  isIn ? new Set([...set, member]) : new Set([...set].filter((other) => other !== member));
