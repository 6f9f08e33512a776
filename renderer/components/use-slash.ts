/**
 * Saved replies while typing: what stands after a slash, which fit, and which key chooses.
 *
 * The text box keeps the focus and its own keys unless the list is open. Invariant: Escape closes the list for this slash
 * and no other.
 */
import type { KeyboardEvent, RefObject } from "react";
import { useId, useState } from "react";
import { useStore } from "zustand";
import type { Conversation } from "../../shared/domain.ts";
import { fillTemplate } from "../../shared/template-text.ts";
import type { SlashWord } from "../lib/compose-text.ts";
import { slashWord, variableValues } from "../lib/compose-text.ts";
import { useStores } from "../stores/context.tsx";
import type { Template } from "../stores/templates-store.ts";
import { optionId, suggestionsFor } from "./template-suggest.tsx";

interface Options {
  readonly conversation: Conversation;
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly onChoose: (start: number, end: number, text: string) => void;
}

export function useSlash({ conversation, box, text, onChoose }: Options) {
  const { templates, format } = useStores();
  const all = useStore(templates, (state) => state.all) ?? [];
  const [word, setWord] = useState<SlashWord | null>(null);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const listId = useId();
  // A text that was changed from elsewhere may have no slash there any more.
  const isHere = word !== null && text.charAt(word.start) === "/" && word.start !== closedAt;
  const shown = isHere ? suggestionsFor(all, word.query) : [];
  const at = Math.min(active, shown.length - 1);

  function look({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): void {
    const next = selectionStart === selectionEnd ? slashWord(value, selectionStart) : null;
    if (next?.start !== word?.start || next?.query !== word?.query) setActive(0);
    if (next?.start !== closedAt) setClosedAt(null);
    setWord(next);
  }

  const fill = ({ text: written }: Template) => fillTemplate(written, variableValues(conversation, Date.now(), format));

  function choose(template: Template | undefined): void {
    if (template === undefined || word === null) return;
    onChoose(word.start, word.end, fill(template));
    setWord(null);
  }

  return {
    listId,
    shown,
    active: at,
    onActive: setActive,
    previewOf: fill,
    onChoose: choose,
    look,
    close: () => setWord(null),
    /** Whether the key was for the list. */
    onKeyDown(event: KeyboardEvent): boolean {
      if (shown.length === 0) return false;
      if (event.key === "ArrowDown") setActive((at + 1) % shown.length);
      else if (event.key === "ArrowUp") setActive((at - 1 + shown.length) % shown.length);
      else if (event.key === "Enter" || event.key === "Tab") choose(shown[at]);
      else if (event.key === "Escape") {
        setClosedAt(word?.start ?? null);
        box.current?.focus();
      } else return false;
      event.preventDefault();
      return true;
    },
    aria: {
      "aria-autocomplete": "list" as const,
      ...(shown.length === 0
        ? {}
        : { "aria-controls": listId, "aria-activedescendant": optionId(listId, Math.max(0, at)) }),
    },
  };
}
