/**
 * From pressed keys to a command, over the table in shared/commands.ts. Pure apart from remembering a first key.
 *
 * Must not look at the DOM: whether somebody types is an argument. Invariants: while typing only keys with `mod`
 * count; a key held down acts once, unless it moves; a first key ("g") is forgotten after `SEQUENCE_MS` or by any key
 * that does not complete it.
 */
import type { CommandId } from "../../shared/commands.ts";
import { COMMANDS } from "../../shared/commands.ts";

const SEQUENCE_MS = 1_500;

export interface PressedKey {
  readonly key: string;
  /** Where the key lies, for example `KeyE`. */
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly timeStamp: number;
  /** Still held down. */
  readonly repeat?: boolean;
}

/** A command, `pending` after a first key of two, or null: the key means nothing here. */
export type KeyMeaning = CommandId | "pending" | null;

const BY_KEYS: ReadonlyMap<string, CommandId> = new Map(
  COMMANDS.flatMap(({ id, keys }) => keys.map((key) => [key, id] as const)),
);
const FIRST_KEYS: ReadonlySet<string> = new Set(
  [...BY_KEYS.keys()].filter((key) => key.includes(" ")).map((key) => key.slice(0, key.indexOf(" "))),
);

const GOES_ON: ReadonlySet<CommandId | undefined> = new Set(["next", "previous"] as const);

export function createKeyReader(isMac: boolean): (event: PressedKey, isTyping: boolean) => KeyMeaning {
  let first: { readonly key: string; readonly at: number } | null = null;

  return (event, isTyping) => {
    const goesOn = GOES_ON.has(BY_KEYS.get(keyName(event))) && !event.ctrlKey && !event.metaKey;
    if (event.repeat === true && !goesOn) return null;
    const before = first !== null && event.timeStamp - first.at <= SEQUENCE_MS ? first.key : null;
    first = null;
    if (event.altKey) return null;
    const hasMod = isMac ? event.metaKey : event.ctrlKey;
    // Control on a Mac and the Windows key elsewhere belong to the system.
    if (isMac ? event.ctrlKey : event.metaKey) return null;
    const key = keyName(event);
    if (hasMod) return BY_KEYS.get(`mod+${key}`) ?? null;
    if (isTyping) return null;
    const meaning = BY_KEYS.get(before === null ? key : `${before} ${key}`);
    if (meaning !== undefined) return meaning;
    if (!FIRST_KEYS.has(key)) return null;
    first = { key, at: event.timeStamp };
    return "pending";
  };
}

/** On an Arabic, Greek or Cyrillic keyboard the key counts that lies where the Latin letter does. */
function keyName({ key, code = "" }: PressedKey): string {
  if (key.length !== 1) return key;
  if (!/[^\p{ASCII}]/u.test(key)) return key.toLowerCase();
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? (code === "Slash" ? "/" : key.toLowerCase());
}

/** "mod+k" as the keys to draw, for example ["⌘", "K"] or ["Ctrl", "K"]. */
export function shownKeys(keys: string, isMac: boolean): readonly string[] {
  return keys
    .split(/[ +]/u)
    .map((key) => (key === "mod" ? (isMac ? "⌘" : "Ctrl") : key.length === 1 ? key.toUpperCase() : key));
}
