/**
 * The part of a text around what was searched, with the hits as ranges. Pure.
 *
 * Never markup: `marks` are offsets into `snippet`. Words are compared without case and accents, like the index does.
 */
import { wordsOf } from "../../shared/search-query.ts";

export interface Snippet {
  readonly snippet: string;
  /** [start, end) offsets into `snippet`. */
  readonly marks: [number, number][];
}

export interface Wanted {
  /** Word beginnings. */
  readonly words: readonly string[];
  readonly phrases: readonly (readonly string[])[];
}

const MAX_SCAN = 20_000;
/** How much stands before the first hit: so little that a narrow list does not cut it off. And how much is shown in all. */
const LEAD_CHARS = 16;
const SHOWN_CHARS = 140;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

const fold = (word: string) => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

interface Token {
  readonly start: number;
  readonly end: number;
  readonly folded: string;
}

export function makeSnippet(text: string, { words, phrases }: Wanted): Snippet {
  const tokens = [...text.slice(0, MAX_SCAN).matchAll(WORD)].map(({ 0: word, index }): Token => ({
    start: index,
    end: index + word.length,
    folded: fold(word),
  }));
  const beginnings = words.map(fold).filter((word) => word !== "");
  const hits = tokens.flatMap(({ start, end, folded }): [number, number][] =>
    beginnings.some((word) => folded.startsWith(word)) ? [[start, end]] : [],
  );
  for (const phrase of phrases) hits.push(...phraseHits(tokens, phrase.map(fold)));
  hits.sort((a, b) => a[0] - b[0] || b[1] - a[1]);

  const first = hits[0]?.[0] ?? 0;
  const start = first <= LEAD_CHARS ? 0 : wordStart(tokens, first - LEAD_CHARS);
  const end = text.length - start <= SHOWN_CHARS ? text.length : wordEnd(tokens, start + SHOWN_CHARS, text.length);
  const before = start > 0 ? "…" : "";
  const shift = before.length - start;
  return {
    snippet: `${before}${text.slice(start, end).toWellFormed()}${end < text.length ? "…" : ""}`,
    marks: merged(hits.filter((hit) => hit[1] <= end)).map((hit) => [hit[0] + shift, hit[1] + shift]),
  };
}

function phraseHits(tokens: readonly Token[], phrase: readonly string[]): [number, number][] {
  if (phrase.length === 0) return [];
  return tokens.flatMap((token, at): [number, number][] => {
    const last = tokens[at + phrase.length - 1];
    return last !== undefined && phrase.every((word, place) => tokens[at + place]?.folded === word)
      ? [[token.start, last.end]]
      : [];
  });
}

function merged(hits: readonly [number, number][]): [number, number][] {
  const out: [number, number][] = [];
  for (const [start, end] of hits) {
    const last = out.at(-1);
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}

const wordStart = (tokens: readonly Token[], at: number) => tokens.find(({ start }) => start >= at)?.start ?? at;
const wordEnd = (tokens: readonly Token[], at: number, length: number) =>
  tokens.findLast(({ end }) => end <= at)?.end ?? Math.min(at, length);

/** Where the words stand in a name, for a hit on a contact. */
export const markName = (name: string, query: string): Snippet =>
  makeSnippet(name.slice(0, SHOWN_CHARS), { words: wordsOf(query), phrases: [] });
