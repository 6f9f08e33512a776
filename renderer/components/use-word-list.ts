/**
 * What fits the word at the caret while typing: which is chosen, by which key, and what takes the word's place.
 *
 * The text box keeps the focus and its own keys unless the list is open. Invariant: Escape closes the list for this word
 * and no other.
 */
import type { KeyboardEvent, RefObject } from "react";
import { useId, useState } from "react";
import type { TypedWord } from "../lib/compose-text.ts";
import { optionId } from "./suggest-list.tsx";

export interface WordListOptions<T> {
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  /** What such a word begins with. */
  readonly sign: string;
  readonly wordAt: (text: string, caret: number) => TypedWord | null;
  readonly choicesFor: (query: string) => readonly T[];
  readonly onChoose: (word: TypedWord, choice: T) => void;
}

/** What the text box needs of a list, whatever is in it. */
export interface TypingHelp {
  look(box: HTMLTextAreaElement): void;
  close(): void;
  /** Whether the key was for the list. */
  onKeyDown(event: KeyboardEvent): boolean;
  readonly aria: Readonly<Record<string, string>>;
}

export function useWordList<T>({ box, text, sign, wordAt, choicesFor, onChoose }: WordListOptions<T>) {
  const [word, setWord] = useState<TypedWord | null>(null);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const listId = useId();
  // A text that was changed from elsewhere may have no such word there any more.
  const isHere = word !== null && text.charAt(word.start) === sign && word.start !== closedAt;
  const shown = isHere ? choicesFor(word.query) : [];
  const at = Math.min(active, shown.length - 1);

  function choose(index: number): void {
    const choice = shown[index];
    if (choice === undefined || word === null) return;
    onChoose(word, choice);
    setWord(null);
  }

  const help: TypingHelp = {
    look({ value, selectionStart, selectionEnd }) {
      const next = selectionStart === selectionEnd ? wordAt(value, selectionStart) : null;
      if (next?.start !== word?.start || next?.query !== word?.query) setActive(0);
      if (next?.start !== closedAt) setClosedAt(null);
      setWord(next);
    },
    close: () => setWord(null),
    onKeyDown(event) {
      if (shown.length === 0) return false;
      if (event.key === "ArrowDown") setActive((at + 1) % shown.length);
      else if (event.key === "ArrowUp") setActive((at - 1 + shown.length) % shown.length);
      else if (event.key === "Enter" || event.key === "Tab") choose(at);
      else if (event.key === "Escape") {
        setClosedAt(word?.start ?? null);
        box.current?.focus();
      } else return false;
      event.preventDefault();
      return true;
    },
    aria:
      shown.length === 0 ? {} : { "aria-controls": listId, "aria-activedescendant": optionId(listId, Math.max(0, at)) },
  };
  return {
    ...help,
    shown,
    list: { listId, active: at, onActive: setActive, onChoose: choose, onKeyDown: help.onKeyDown },
  };
}
