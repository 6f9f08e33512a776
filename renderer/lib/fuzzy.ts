/** How well a typed word fits a label: letters in order, word beginnings and runs count most. Pure. */

/** Null: some letter is missing. Higher is better; an empty query fits everything equally. */
export function fuzzyScore(query: string, label: string): number | null {
  const wanted = fold(query).replaceAll(" ", "");
  const text = fold(label);
  let score = 0;
  let from = 0;
  let last = -2;
  for (const letter of wanted) {
    const start = startOfWord(text, letter, from);
    const next = text.indexOf(letter, from);
    if (next === -1) return null;
    // Going on with a run beats jumping to the next word; a word's beginning beats a letter inside.
    const at = next === last + 1 || start === -1 ? next : start;
    score += at === last + 1 ? 3 : at === start ? 2 : 0;
    last = at;
    from = at + 1;
  }
  return score - text.length / 100;
}

const fold = (text: string) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();

function startOfWord(text: string, letter: string, from: number): number {
  for (let at = text.indexOf(letter, from); at !== -1; at = text.indexOf(letter, at + 1)) {
    if (at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? "")) return at;
  }
  return -1;
}

/** Those that fit, best first; ties and an empty query keep the given order. */
export function fuzzyFilter<T>(items: readonly T[], query: string, labelOf: (item: T) => string): readonly T[] {
  if (query.trim() === "") return items;
  return items
    .flatMap((item) => {
      const score = fuzzyScore(query, labelOf(item));
      return score === null ? [] : [{ item, score }];
    })
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
