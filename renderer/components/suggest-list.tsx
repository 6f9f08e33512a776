/**
 * What fits the word at the caret, over the composer: a listbox that the text box points into.
 *
 * The focus stays in the text: this draws, and tells which option was pressed. Knows nothing of where the text goes.
 */
import type { KeyboardEvent, ReactNode } from "react";
import { useEffect, useRef } from "react";

export const optionId = (listId: string, index: number): string => `${listId}-${index}`;

export interface SuggestOption {
  readonly key: string;
  /** What is heard instead of what is drawn; absent: what is drawn. */
  readonly name?: string;
  readonly content: ReactNode;
}

interface Props {
  readonly listId: string;
  readonly label: string;
  /** How many there are, in words. */
  readonly count: string;
  readonly options: readonly SuggestOption[];
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly onChoose: (index: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export function SuggestList({ listId, label, count, options, active, onActive, onChoose, onKeyDown }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: "nearest" }), [active]);
  return (
    <div className="suggest">
      <p className="visually-hidden" role="status">
        {count}
      </p>
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={label}
        className="suggest-list"
        // The text keeps the focus.
        onPointerDown={(event) => event.preventDefault()}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const row = (event.target as Element).closest<HTMLElement>("[data-index]");
          if (row !== null) onChoose(Number(row.dataset["index"]));
        }}
      >
        {options.map(({ key, name, content }, index) => (
          <div
            key={key}
            id={optionId(listId, index)}
            role="option"
            aria-label={name}
            aria-selected={index === active}
            className="suggest-item"
            data-index={index}
            onPointerMove={() => onActive(index)}
          >
            {content}
          </div>
        ))}
      </div>
    </div>
  );
}
