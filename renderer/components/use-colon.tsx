/**
 * Emoji while typing: those whose name or search words fit what stands after a colon.
 *
 * They are loaded with the first such word. Where that fails nothing is offered: the picker says why, and typing goes on.
 */
import type { ReactNode } from "react";
import { useState } from "react";
import { useStore } from "zustand";
import { currentLanguage, t } from "../i18n.ts";
import { colonWord } from "../lib/compose-text.ts";
import type { Emoji } from "../lib/emoji.ts";
import { loadEmoji, suggestEmoji, withRecent, withTone } from "../lib/emoji.ts";
import { useStores } from "../stores/context.tsx";
import { SuggestList } from "./suggest-list.tsx";
import type { HelpOptions } from "./use-slash.tsx";
import type { TypingHelp } from "./use-word-list.ts";
import { useWordList } from "./use-word-list.ts";

/** As many as stand there without scrolling. */
const MOST_SHOWN = 6;

export function useColon({ box, text, onChoose }: HelpOptions): TypingHelp & { view: ReactNode } {
  const { settings } = useStores();
  const chosen = useStore(settings, (state) => state.view?.settings.composer);
  const tone = chosen?.skinTone ?? 0;
  const recent = chosen?.recentEmoji ?? [];
  const [all, setAll] = useState<readonly Emoji[]>([]);
  const { shown, list, ...help } = useWordList<Emoji>({
    box,
    text,
    sign: ":",
    wordAt: colonWord,
    choicesFor: (query) => suggestEmoji(all, query, recent).slice(0, MOST_SHOWN),
    onChoose({ start, end }, emoji) {
      const piece = withTone(emoji, tone);
      settings.change({ composer: { recentEmoji: withRecent(recent, piece) } });
      onChoose(start, end, piece);
    },
  });

  function look(element: HTMLTextAreaElement): void {
    help.look(element);
    if (all.length > 0 || colonWord(element.value, element.selectionStart) === null) return;
    loadEmoji(currentLanguage().language).then(setAll, () => undefined);
  }

  const view = shown.length > 0 && (
    <SuggestList
      {...list}
      label={t("composer.emojiList")}
      count={t("composer.emojiCount", { count: shown.length })}
      options={shown.map((emoji) => ({
        key: emoji.text,
        name: emoji.name,
        content: (
          <>
            <span className="suggest-emoji">{withTone(emoji, tone)}</span>
            <span className="suggest-name" dir="auto">
              {emoji.name}
            </span>
          </>
        ),
      }))}
    />
  );
  return { ...help, look, view };
}
