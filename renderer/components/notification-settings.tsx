/** What this computer tells when a text arrives, when it stays quiet, and of which accounts. */
import type { NotificationPrivacy, NotificationSettings } from "../../shared/settings.ts";
import { t } from "../i18n.ts";
import { cleanLine } from "../lib/bidi.ts";
import { visibleAccounts } from "../stores/accounts-store.ts";
import { useAccounts } from "../stores/context.tsx";
import type { SettingsStore } from "../stores/settings-store.ts";
import { TimeOfDayField } from "./date-time-field.tsx";
import { Choice, Tick } from "./settings-controls.tsx";

const PRIVACY: readonly NotificationPrivacy[] = ["auto", "full", "sender", "nothing"];

interface Props {
  readonly store: SettingsStore;
  readonly notifications: NotificationSettings;
  /** False: the system shows none, whatever is chosen here. */
  readonly canNotify: boolean;
}

export function NotificationCards({ store, notifications, canNotify }: Props) {
  const accounts = visibleAccounts(useAccounts((state) => state));
  const { quiet, mutedAccounts } = notifications;
  const change = (part: Partial<NotificationSettings>) => store.change({ notifications: part });
  return (
    <>
      <section className="card" aria-label={t("settings.privacy")}>
        {!canNotify && <p className="settings-warning">{t("settings.refused")}</p>}
        <Tick isOn={notifications.enabled} onChange={(enabled) => change({ enabled })} label={t("settings.enabled")} />
        <fieldset className="settings-group" disabled={!notifications.enabled}>
          <legend>{t("settings.privacy")}</legend>
          {PRIVACY.map((level) => (
            <Choice
              key={level}
              name="privacy"
              isOn={notifications.privacy === level}
              label={t(`settings.privacyOf.${level}.label`)}
              hint={t(`settings.privacyOf.${level}.hint`)}
              onChoose={() => change({ privacy: level })}
            />
          ))}
        </fieldset>
      </section>
      <section className="card" aria-label={t("settings.quiet")}>
        <Tick
          isOn={quiet.on}
          onChange={(on) => change({ quiet: { ...quiet, on } })}
          label={t("settings.quiet")}
          hint={t("settings.quietHint")}
        />
        <div className="settings-times">
          {(["from", "to"] as const).map((end) => (
            <TimeOfDayField
              key={end}
              label={t(`settings.${end}`)}
              minutes={quiet[end]}
              isDisabled={!quiet.on}
              onChange={(minutes) => change({ quiet: { ...quiet, [end]: minutes } })}
            />
          ))}
        </div>
      </section>
      {accounts.length > 0 && (
        <section className="card" aria-label={t("settings.accounts")}>
          <h3>{t("settings.accounts")}</h3>
          {accounts.map(({ id, name }) => (
            <Tick
              key={id}
              isOn={!mutedAccounts.includes(id)}
              label={<bdi>{cleanLine(name)}</bdi>}
              onChange={(isOn) =>
                change({
                  mutedAccounts: isOn ? mutedAccounts.filter((muted) => muted !== id) : [...mutedAccounts, id],
                })
              }
            />
          ))}
        </section>
      )}
    </>
  );
}
