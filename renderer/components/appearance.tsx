/** Theme, density and text size: chosen in the settings, put on the page at once. */
import { useEffect } from "react";
import { useStore } from "zustand";
import type { AppearanceSettings } from "../../shared/settings.ts";
import { useStores } from "../stores/context.tsx";
import type { SettingsStore } from "../stores/settings-store.ts";
import { t } from "../i18n.ts";

const TEXT_SIZES = [90, 100, 110, 125, 150, 175, 200] as const;
/** 13 px where the system's text size is 16: as in base.css. */
const BASE_PERCENT = 81.25;

/** Draws nothing: tells the style sheets what was chosen. */
export function Appearance() {
  const { settings } = useStores();
  const appearance = useStore(settings, (state) => state.view?.settings.appearance);
  useEffect(() => {
    if (appearance === undefined) return;
    const root = document.documentElement;
    root.dataset["theme"] = appearance.theme;
    root.dataset["density"] = appearance.density;
    root.style.fontSize = appearance.textPercent === 100 ? "" : `${(BASE_PERCENT * appearance.textPercent) / 100}%`;
  }, [appearance]);
  return null;
}

export function AppearanceCard({ store, appearance }: { store: SettingsStore; appearance: AppearanceSettings }) {
  const { format } = useStores();
  const change = (part: Partial<AppearanceSettings>) => store.change({ appearance: part });
  return (
    <section className="card" aria-label={t("appearance.title")}>
      <h3>{t("appearance.title")}</h3>
      <Row label={t("appearance.theme")}>
        <Choices
          name="theme"
          value={appearance.theme}
          labels={{
            system: t("appearance.themes.system"),
            light: t("appearance.themes.light"),
            dark: t("appearance.themes.dark"),
          }}
          onChoose={(theme) => change({ theme: theme as AppearanceSettings["theme"] })}
        />
      </Row>
      <Row label={t("appearance.density")}>
        <Choices
          name="density"
          value={appearance.density}
          labels={{
            comfortable: t("appearance.densities.comfortable"),
            compact: t("appearance.densities.compact"),
          }}
          onChoose={(density) => change({ density: density as AppearanceSettings["density"] })}
        />
      </Row>
      <label className="field appearance-size">
        <span className="field-label">{t("appearance.textSize")}</span>
        <select
          className="select"
          value={appearance.textPercent}
          onChange={(event) => change({ textPercent: Number(event.target.value) })}
        >
          {TEXT_SIZES.map((size) => (
            <option key={size} value={size}>
              {t("appearance.percent", { percent: format.count(size) })}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <fieldset className="settings-group appearance-choices">
      <legend>{label}</legend>
      {children}
    </fieldset>
  );
}

interface ChoicesProps {
  readonly name: string;
  readonly value: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly onChoose: (value: string) => void;
}

function Choices({ name, value, labels, onChoose }: ChoicesProps) {
  return Object.entries(labels).map(([id, label]) => (
    <label key={id} className="settings-choice">
      <input type="radio" name={name} checked={id === value} onChange={() => onChoose(id)} />
      {label}
    </label>
  ));
}
