/**
 * Everything below speaks one language: words, formats, reading direction, React Aria. When it changes, all of it is
 * built anew (the stores keep what was going on), so nothing can go on saying a word of the language before.
 */
import type { ReactNode } from "react";
import { useLayoutEffect, useSyncExternalStore } from "react";
import { I18nProvider } from "react-aria-components";
import { directionOf } from "../../shared/languages.ts";
import { currentLanguage, onSpoken } from "../i18n.ts";

export function Spoken({ children }: { children: ReactNode }) {
  const { language, locale } = useSyncExternalStore(onSpoken, currentLanguage);
  useLayoutEffect(() => {
    const { documentElement } = document;
    documentElement.lang = locale;
    documentElement.dir = directionOf(language);
  }, [language, locale]);
  return (
    <I18nProvider key={locale} locale={locale}>
      {children}
    </I18nProvider>
  );
}
