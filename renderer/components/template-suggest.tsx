/**
 * The saved replies that fit what is typed after a slash, over the composer.
 *
 * The focus stays in the text: this draws a listbox the text box points into, and tells which option a key chooses. Knows
 * nothing of where the text goes.
 */
import type { KeyboardEvent } from "react";
import { useEffect, useRef } from "react";
import { fuzzyFilter } from "../lib/fuzzy.ts";
import { t } from "../i18n.ts";
import type { Template } from "../stores/templates-store.ts";

const MOST_SHOWN = 8;

export const suggestionsFor = (all: readonly Template[], query: string): readonly Template[] =>
  fuzzyFilter(all, query, ({ name }) => name).slice(0, MOST_SHOWN);

export const optionId = (listId: string, index: number): string => `${listId}-${index}`;

interface Props {
  readonly listId: string;
  readonly shown: readonly Template[];
  readonly active: number;
  /** The text as it would stand in the message. */
  readonly previewOf: (template: Template) => string;
  readonly onActive: (index: number) => void;
  readonly onChoose: (template: Template) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export function TemplateSuggest({ listId, shown, active, previewOf, onActive, onChoose, onKeyDown }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: "nearest" }), [active]);
  return (
    <div className="suggest">
      <p className="visually-hidden" role="status">
        {t("templates.count", { count: shown.length })}
      </p>
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={t("templates.list")}
        className="suggest-list"
        // The text keeps the focus.
        onPointerDown={(event) => event.preventDefault()}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const row = (event.target as Element).closest<HTMLElement>("[data-index]");
          const template = shown[Number(row?.dataset["index"] ?? -1)];
          if (template !== undefined) onChoose(template);
        }}
      >
        {shown.map((template, index) => (
          <div
            key={template.id}
            id={optionId(listId, index)}
            role="option"
            aria-selected={index === active}
            className="suggest-item"
            data-index={index}
            onPointerMove={() => onActive(index)}
          >
            <span className="suggest-name" dir="auto">
              {template.name}
            </span>
            <span className="suggest-text" dir="auto">
              {previewOf(template)}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
