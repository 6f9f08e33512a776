/**
 * Everything below speaks one language: words, formats, reading direction, React Aria. When it changes, or the computer
 * comes into another time zone, all of it is built anew (the stores keep what was going on), so nothing can go on saying
 * a word of the language, or a time of the place, before.
 */
import type { ReactNode } from "react";
import { useCallback, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { I18nProvider } from "react-aria-components";
import { useStore } from "zustand";
import { directionOf } from "../../shared/languages.ts";
import { currentLanguage, onSpoken } from "../i18n.ts";
import { useStores } from "../stores/context.tsx";

/** The field that changes the language has the focus still when it was built anew. */
export const LANGUAGE_FIELD_ID = "language-of-the-app";

export function Spoken({ children }: { children: ReactNode }) {
  const hadFocus = useRef(false);
  const subscribe = useCallback(
    (listener: () => void) =>
      onSpoken(() => {
        hadFocus.current = document.activeElement?.id === LANGUAGE_FIELD_ID;
        listener();
      }),
    [],
  );
  const { language, locale } = useSyncExternalStore(subscribe, currentLanguage);
  const moves = useStore(useStores().clock, (state) => state.moves);
  useLayoutEffect(() => {
    const { documentElement } = document;
    documentElement.lang = locale;
    documentElement.dir = directionOf(language);
    if (hadFocus.current) document.getElementById(LANGUAGE_FIELD_ID)?.focus();
    hadFocus.current = false;
  }, [language, locale]);
  return (
    <I18nProvider key={`${locale} ${moves}`} locale={locale}>
      {children}
    </I18nProvider>
  );
}
