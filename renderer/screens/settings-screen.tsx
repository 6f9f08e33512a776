/** Notifications and the desktop: what a person may choose. Each change is saved and applied at once. */
import type { ReactNode } from "react";
import { useEffect, useId } from "react";
import { Checkbox } from "react-aria-components";
import { useStore } from "zustand";
import type { NotificationPrivacy } from "../../shared/settings.ts";
import { AppearanceCard } from "../components/appearance.tsx";
import { Alert } from "../components/ui.tsx";
import { t } from "../i18n.ts";
import { cleanLine } from "../lib/bidi.ts";
import { fromTimeText, toTimeText } from "../lib/time-of-day.ts";
import { visibleAccounts } from "../stores/accounts-store.ts";
import { useAccounts, useStores } from "../stores/context.tsx";
import "./settings-screen.css";

const PRIVACY: readonly NotificationPrivacy[] = ["auto", "full", "sender", "nothing"];

export function SettingsScreen() {
  const { settings: store } = useStores();
  const { view, failed } = useStore(store);
  const accounts = visibleAccounts(useAccounts((state) => state));
  useEffect(() => void store.load(), [store]);

  if (view === null) return <main className="settings" aria-label={t("settings.title")} />;
  const { settings, can } = view;
  const { notifications, desktop } = settings;
  const { quiet, mutedAccounts } = notifications;
  return (
    <main className="settings" aria-label={t("settings.title")}>
      <div className="settings-body">
        <header className="settings-header">
          <h1>{t("settings.title")}</h1>
          <p>{t("settings.intro")}</p>
        </header>
        {failed && <Alert text={t("settings.failed")} focusKey={failed} />}
        <AppearanceCard store={store} appearance={settings.appearance} />
        <section className="settings-card">
          <Tick
            isOn={notifications.enabled}
            onChange={(enabled) => store.change({ notifications: { enabled } })}
            label={t("settings.enabled")}
          />
          <fieldset className="settings-group" disabled={!notifications.enabled}>
            <legend>{t("settings.privacy")}</legend>
            {PRIVACY.map((level) => (
              <Choice
                key={level}
                name="privacy"
                isOn={notifications.privacy === level}
                label={t(`settings.privacyOf.${level}.label`)}
                hint={t(`settings.privacyOf.${level}.hint`)}
                onChoose={() => store.change({ notifications: { privacy: level } })}
              />
            ))}
          </fieldset>
        </section>
        <section className="settings-card">
          <Tick
            isOn={quiet.on}
            onChange={(on) => store.change({ notifications: { quiet: { ...quiet, on } } })}
            label={t("settings.quiet")}
            hint={t("settings.quietHint")}
          />
          <div className="settings-times">
            {(["from", "to"] as const).map((end) => (
              <TimeField
                key={end}
                label={t(`settings.${end}`)}
                minutes={quiet[end]}
                isDisabled={!quiet.on}
                onChange={(minutes) => store.change({ notifications: { quiet: { ...quiet, [end]: minutes } } })}
              />
            ))}
          </div>
        </section>
        <section className="settings-card" aria-label={t("settings.accounts")}>
          <h2>{t("settings.accounts")}</h2>
          {accounts.map(({ id, name }) => (
            <Tick
              key={id}
              isOn={!mutedAccounts.includes(id)}
              label={<bdi>{cleanLine(name)}</bdi>}
              onChange={(isOn) =>
                store.change({
                  notifications: {
                    mutedAccounts: isOn ? mutedAccounts.filter((muted) => muted !== id) : [...mutedAccounts, id],
                  },
                })
              }
            />
          ))}
        </section>
        {(can.closeToTray || can.startAtLogin) && (
          <section className="settings-card" aria-label={t("settings.desktop")}>
            <h2>{t("settings.desktop")}</h2>
            {can.closeToTray && (
              <Tick
                isOn={desktop.closeToTray}
                onChange={(closeToTray) => store.change({ desktop: { closeToTray } })}
                label={t("settings.closeToTray")}
              />
            )}
            {can.startAtLogin && (
              <Tick
                isOn={desktop.startAtLogin}
                onChange={(startAtLogin) => store.change({ desktop: { startAtLogin } })}
                label={t("settings.startAtLogin")}
              />
            )}
          </section>
        )}
      </div>
    </main>
  );
}

interface TickProps {
  readonly isOn: boolean;
  readonly label: ReactNode;
  readonly hint?: string;
  readonly onChange: (isOn: boolean) => void;
}

function Tick({ isOn, label, hint, onChange }: TickProps) {
  const id = useId();
  return (
    <div>
      <Checkbox
        className="checkbox"
        isSelected={isOn}
        onChange={onChange}
        {...(hint === undefined ? {} : { "aria-describedby": id })}
      >
        <span className="checkbox-box" aria-hidden />
        {label}
      </Checkbox>
      {hint !== undefined && (
        <p className="settings-hint" id={id}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly isOn: boolean;
  readonly label: string;
  readonly hint: string;
  readonly onChoose: () => void;
}

function Choice({ name, isOn, label, hint, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <div>
      <label className="settings-choice">
        <input type="radio" name={name} checked={isOn} aria-describedby={id} onChange={onChoose} />
        {label}
      </label>
      <p className="settings-hint" id={id}>
        {hint}
      </p>
    </div>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly minutes: number;
  readonly isDisabled: boolean;
  readonly onChange: (minutes: number) => void;
}

function TimeField({ label, minutes, isDisabled, onChange }: TimeFieldProps) {
  return (
    <label className="field settings-time">
      <span className="field-label">{label}</span>
      <input
        className="input"
        type="time"
        required
        value={toTimeText(minutes)}
        disabled={isDisabled}
        onChange={(event) => {
          const chosen = fromTimeText(event.target.value);
          if (chosen !== null) onChange(chosen);
        }}
      />
    </label>
  );
}
