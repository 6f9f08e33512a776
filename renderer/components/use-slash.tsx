/** Saved replies while typing: those whose name fits what stands after a slash, and the text of the one chosen. */
import type { ReactNode, RefObject } from "react";
import { useStore } from "zustand";
import type { Conversation } from "../../shared/domain.ts";
import { fillTemplate } from "../../shared/template-text.ts";
import { t } from "../i18n.ts";
import { slashWord, variableValues } from "../lib/compose-text.ts";
import { fuzzyFilter } from "../lib/fuzzy.ts";
import { useStores } from "../stores/context.tsx";
import type { Template } from "../stores/templates-store.ts";
import { SuggestList } from "./suggest-list.tsx";
import type { TypingHelp } from "./use-word-list.ts";
import { useWordList } from "./use-word-list.ts";

const MOST_SHOWN = 8;

export interface HelpOptions {
  readonly conversation: Conversation;
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  /** In place of [start, end). */
  readonly onChoose: (start: number, end: number, text: string) => void;
}

export function useSlash({ conversation, box, text, onChoose }: HelpOptions): TypingHelp & { view: ReactNode } {
  const { templates, format } = useStores();
  const all = useStore(templates, (state) => state.all) ?? [];
  const fill = ({ text: written }: Template) => fillTemplate(written, variableValues(conversation, Date.now(), format));
  const { shown, list, ...help } = useWordList<Template>({
    box,
    text,
    sign: "/",
    wordAt: slashWord,
    choicesFor: (query) => fuzzyFilter(all, query, ({ name }) => name).slice(0, MOST_SHOWN),
    onChoose: ({ start, end }, template) => onChoose(start, end, fill(template)),
  });
  const view = shown.length > 0 && (
    <SuggestList
      {...list}
      label={t("templates.list")}
      count={t("templates.count", { count: shown.length })}
      options={shown.map((template) => ({
        key: template.id,
        content: (
          <>
            <span className="suggest-name" dir="auto">
              {template.name}
            </span>
            <span className="suggest-text" dir="auto">
              {fill(template)}
            </span>
          </>
        ),
      }))}
    />
  );
  return { ...help, view };
}
