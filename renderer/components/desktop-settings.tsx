/** How the app lives on this computer, as far as the system lets it choose. Draws nothing where there is no choice. */
import type { SettingsView } from "../../shared/ipc.ts";
import type { DesktopSettings } from "../../shared/settings.ts";
import { t } from "../i18n.ts";
import type { SettingsStore } from "../stores/settings-store.ts";
import { Tick } from "./settings-controls.tsx";

interface Props {
  readonly store: SettingsStore;
  readonly desktop: DesktopSettings;
  readonly can: SettingsView["can"];
}

export function DesktopCard({ store, desktop, can }: Props) {
  if (!can.closeToTray && !can.startAtLogin) return null;
  return (
    <section className="card" aria-label={t("settings.desktop")}>
      <h3>{t("settings.desktop")}</h3>
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
  );
}
