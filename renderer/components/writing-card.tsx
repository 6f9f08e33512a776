/** Settings > Writing: what sends, and in which languages spelling is checked. Nothing is downloaded unasked. */
import { useState } from "react";
import { Checkbox, Input, SearchField } from "react-aria-components";
import { currentLanguage, t } from "../i18n.ts";
import { fuzzyFilter } from "../lib/fuzzy.ts";
import type { SettingsStore } from "../stores/settings-store.ts";
import { useApp } from "../stores/context.tsx";
import type { Settings } from "../../shared/settings.ts";
import "./writing-card.css";

interface Props {
  readonly store: SettingsStore;
  readonly composer: Settings["composer"];
  readonly spelling: Settings["spelling"];
  /** Null: the system checks, in its own languages. */
  readonly languages: readonly string[] | null;
}

const MOST_SHOWN = 8;

export function WritingCard({ store, composer, spelling, languages }: Props) {
  const isMac = useApp((state) => state.app?.platform === "darwin");
  const keys = isMac ? "⌘ Enter" : "Ctrl+Enter";
  return (
    <section className="card" aria-label={t("composer.settings.title")}>
      <fieldset className="settings-group">
        <legend>{t("composer.settings.sendKey")}</legend>
        <Choice
          isOn={composer.sendKey === "enter"}
          label={t("composer.settings.enter")}
          hint={t("composer.settings.enterHint")}
          onChoose={() => store.change({ composer: { sendKey: "enter" } })}
        />
        <Choice
          isOn={composer.sendKey === "mod_enter"}
          label={t("composer.settings.modEnter", { keys })}
          hint={t("composer.settings.modEnterHint")}
          onChoose={() => store.change({ composer: { sendKey: "mod_enter" } })}
        />
      </fieldset>
      <div>
        <Checkbox
          className="checkbox"
          isSelected={spelling.on}
          aria-describedby="spelling-hint"
          onChange={(on) => store.change({ spelling: { on } })}
        >
          <span className="checkbox-box" aria-hidden />
          {t("composer.settings.spelling")}
        </Checkbox>
        <p className="settings-hint" id="spelling-hint">
          {languages === null ? t("composer.settings.spellingSystem") : t("composer.settings.spellingHint")}
        </p>
      </div>
      {languages !== null && spelling.on && (
        <Languages
          all={languages}
          chosen={spelling.languages}
          onChange={(next) => store.change({ spelling: { languages: next } })}
        />
      )}
    </section>
  );
}

function Choice({ isOn, label, hint, onChoose }: { isOn: boolean; label: string; hint: string; onChoose: () => void }) {
  return (
    <div>
      <label className="settings-choice">
        <input type="radio" name="send-key" checked={isOn} onChange={onChoose} />
        {label}
      </label>
      <p className="settings-hint">{hint}</p>
    </div>
  );
}

interface LanguagesProps {
  readonly all: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (next: string[]) => void;
}

function Languages({ all, chosen, onChange }: LanguagesProps) {
  const [query, setQuery] = useState("");
  const names = new Intl.DisplayNames(currentLanguage().locale, { type: "language" });
  const nameOf = (code: string) => names.of(code) ?? code;
  const found = query.trim() === "" ? [] : fuzzyFilter(all, query, nameOf).slice(0, MOST_SHOWN);
  const shown = [...chosen, ...found.filter((code) => !chosen.includes(code))];
  return (
    <div className="languages" role="group" aria-label={t("composer.settings.languages")}>
      <SearchField aria-label={t("composer.settings.languagesSearch")} value={query} onChange={setQuery}>
        <Input className="input" placeholder={t("composer.settings.languagesSearch")} />
      </SearchField>
      {shown.length === 0 && (
        <p className="settings-hint" role="status">
          {query.trim() === "" ? t("composer.settings.none") : t("composer.settings.languagesNone")}
        </p>
      )}
      {shown.map((code) => (
        <Checkbox
          key={code}
          className="checkbox"
          isSelected={chosen.includes(code)}
          onChange={(isOn) => onChange(isOn ? [...chosen, code] : chosen.filter((one) => one !== code))}
        >
          <span className="checkbox-box" aria-hidden />
          {nameOf(code)}
        </Checkbox>
      ))}
    </div>
  );
}
