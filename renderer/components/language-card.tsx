/** The choice of the language. Each language is named in its own words, so that whoever needs it can find it. */
import { useStore } from "zustand";
import type { LanguageChoice } from "../../shared/languages.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "../../shared/languages.ts";
import { t } from "../i18n.ts";
import { useStores } from "../stores/context.tsx";
import { LANGUAGE_FIELD_ID } from "./spoken.tsx";
import { Alert } from "./ui.tsx";

export function LanguageCard() {
  const { language: store } = useStores();
  const { view, failed } = useStore(store);
  return (
    <section className="card" aria-label={t("language.title")}>
      <h3>{t("language.title")}</h3>
      {failed && <Alert text={t("settings.failed")} focusKey={failed} />}
      <label className="field appearance-size">
        <span className="field-label">{t("language.label")}</span>
        <select
          id={LANGUAGE_FIELD_ID}
          className="select"
          value={view?.choice ?? "system"}
          disabled={view === null}
          onChange={(event) => void store.choose(event.target.value as LanguageChoice)}
        >
          <option value="system">{t("language.system")}</option>
          {LANGUAGES.map((language) => (
            <option key={language} value={language} lang={language}>
              {LANGUAGE_NAMES[language]}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}
