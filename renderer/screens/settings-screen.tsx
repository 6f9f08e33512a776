/** Everything a person may choose, in sections on one page. Each change is saved and applied at once. */
import { useEffect } from "react";
import { useStore } from "zustand";
import { AboutSection } from "../components/about-section.tsx";
import { AppearanceCard } from "../components/appearance.tsx";
import { DesktopCard } from "../components/desktop-settings.tsx";
import { LanguageCard } from "../components/language-card.tsx";
import { NotificationCards } from "../components/notification-settings.tsx";
import { Page } from "../components/page.tsx";
import { PrivacySection } from "../components/privacy-section.tsx";
import { SettingsSections } from "../components/settings-sections.tsx";
import { SupportSection } from "../components/support-section.tsx";
import { TemplatesCard } from "../components/templates-card.tsx";
import { Alert } from "../components/ui.tsx";
import { WritingCard } from "../components/writing-card.tsx";
import { t } from "../i18n.ts";
import { useStores } from "../stores/context.tsx";
import "./settings-screen.css";

export function SettingsScreen() {
  const { settings: store } = useStores();
  const { view, failed } = useStore(store);
  useEffect(() => void store.load(), [store]);

  if (view === null) return <main className="page" aria-label={t("settings.title")} />;
  const { settings, can } = view;
  return (
    <Page title={t("settings.title")} intro={<p>{t("settings.intro")}</p>}>
      {failed && <Alert text={t("settings.failed")} focusKey={failed} />}
      <SettingsSections
        parts={[
          {
            id: "general",
            title: t("settings.sections.general"),
            children: (
              <>
                <LanguageCard />
                <AppearanceCard store={store} appearance={settings.appearance} />
                <DesktopCard store={store} desktop={settings.desktop} can={can} />
              </>
            ),
          },
          {
            id: "notifications",
            title: t("settings.sections.notifications"),
            children: <NotificationCards store={store} notifications={settings.notifications} canNotify={can.notify} />,
          },
          {
            id: "writing",
            title: t("settings.sections.writing"),
            children: (
              <>
                <WritingCard
                  store={store}
                  composer={settings.composer}
                  spelling={settings.spelling}
                  languages={can.spellingLanguages}
                />
                <TemplatesCard />
              </>
            ),
          },
          {
            id: "privacy",
            title: t("settings.sections.privacy"),
            children: <PrivacySection store={store} privacy={settings.privacy} />,
          },
          {
            id: "help",
            title: t("settings.sections.help"),
            children: (
              <>
                <SupportSection />
                <AboutSection />
              </>
            ),
          },
        ]}
      />
    </Page>
  );
}
