/**
 * The texts and shapes of the benchmarks' data: the same for every run, made only when looked at.
 *
 * Words come from a made vocabulary with the usual spread (a few words everywhere, most of them rare), so that a
 * search index gets the sizes of real text. Exactly ten messages per conversation in the mean.
 */
import { seeded } from "../helpers/seeded.ts";

const SEED = 20_261_121;
const VOCABULARY = 24_000;
const SYLLABLES =
  "ba be bi bo da de di do fa fe ga go ka ke ki la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se si so ta te ti to va ve".split(
    " ",
  );

function makeVocabulary(): readonly string[] {
  const random = seeded(SEED);
  const words = new Set<string>([
    "the",
    "you",
    "your",
    "is",
    "ready",
    "thanks",
    "please",
    "bicycle",
    "today",
    "tomorrow",
  ]);
  while (words.size < VOCABULARY) {
    const length = 2 + Math.floor(random() * 3);
    let word = "";
    for (let index = 0; index < length; index += 1) word += SYLLABLES[Math.floor(random() * SYLLABLES.length)] ?? "";
    words.add(word);
  }
  return [...words];
}

const vocabulary = makeVocabulary();

/** A word by its rank in the vocabulary: low ranks are in most texts, high ones in few. */
export const wordOfRank = (rank: number): string => vocabulary[rank % VOCABULARY] ?? "the";

/** The text of a message: 4 to 20 words, 20 to 120 characters. */
export function bodyOf(index: number, message: number): string {
  const random = seeded(Math.imul(index + 1, 2_654_435_761) ^ Math.imul(message + 1, 40_503) ^ SEED);
  const length = 4 + Math.floor(random() * 17);
  const words: string[] = [];
  // Squaring a share thrice makes low ranks common, as Zipf saw it.
  for (let word = 0; word < length; word += 1) words.push(wordOfRank(Math.floor(random() ** 4 * VOCABULARY)));
  return `${words.join(" ")}.`;
}

/** In each hundred: one long thread, ten longer ones, the rest short. A thousand messages. */
export function messagesOf(index: number): number {
  const place = index % 100;
  if (place === 0) return 200;
  if (place <= 10) return 26;
  return place === 11 ? 12 : 6;
}

export const OWN_KEY = "am_live_bench_0000000000000000000000000000";
export const DAY_MS = 86_400_000;
/** Time between two conversations' last messages: 100,000 of them reach back 140 days. */
export const CONVERSATION_GAP_MS = 120_000;
export const MESSAGE_GAP_MS = 600_000;
