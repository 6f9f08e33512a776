/**
 * Settings, "About": the version, updates, release notes and the licences of what is inside.
 *
 * Shows the state main tells and decides nothing: whether and when to install is main's business.
 */
import { useEffect, useState } from "react";
import type { About, Notice, UpdateState } from "../../shared/updates.ts";
import { t } from "../i18n.ts";
import { useStores } from "../stores/context.tsx";
import { DialogFrame } from "./dialog-frame.tsx";
import { Alert, Spinner, TextButton } from "./ui.tsx";
import "./about-section.css";

export function AboutSection() {
  const { bridge, format } = useStores();
  const [about, setAbout] = useState<About | null>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    let isGone = false;
    const show = (update: UpdateState) => !isGone && setAbout((known) => known && { ...known, update });
    const unsubscribe = bridge.on("updates.changed", show);
    bridge.call("about.get").then(
      (answer) => !isGone && setAbout(answer),
      () => {}, // the section stays empty; nothing in it is needed to work
    );
    return () => {
      isGone = true;
      unsubscribe();
    };
  }, [bridge]);

  if (about === null) return null;
  const { update, releaseNotesUrl } = about;
  const ask = (name: "updates.check" | "updates.restart") =>
    void bridge.call(name).then((state) => setAbout((known) => known && { ...known, update: state }), ignore);
  return (
    <section className="card" aria-label={t("about.title")}>
      <h3>{t("about.name", { version: about.version })}</h3>
      <p className="about-state" role="status" aria-label={t("updates.label")}>
        {isWorking(update) && <Spinner />}
        {stateText(update, (at) => format.moment(at))}
      </p>
      {update.kind === "downloading" && (
        <progress className="about-progress" max={100} value={update.percent} aria-label={t("updates.progress")} />
      )}
      <div className="about-actions">
        {(update.kind === "ready" || update.kind === "waiting") && (
          <TextButton isDisabled={update.kind === "waiting"} onPress={() => ask("updates.restart")}>
            {t("updates.restart")}
          </TextButton>
        )}
        {(update.kind === "idle" || update.kind === "failed") && (
          <TextButton onPress={() => ask("updates.check")}>{t("updates.check")}</TextButton>
        )}
        {releaseNotesUrl !== null && (
          <TextButton onPress={() => void bridge.call("app.openLink", { url: releaseNotesUrl }).catch(ignore)}>
            {t("about.releaseNotes")}
          </TextButton>
        )}
        <TextButton onPress={() => setOpen(true)}>{t("about.licences")}</TextButton>
      </div>
      {isOpen && <NoticesDialog onClose={() => setOpen(false)} />}
    </section>
  );
}

/** What went wrong is in the state that main pushes. */
const ignore = () => {};

const isWorking = ({ kind }: UpdateState): boolean =>
  kind === "checking" || kind === "available" || kind === "downloading" || kind === "waiting";

function stateText(update: UpdateState, momentOf: (at: number) => string): string {
  switch (update.kind) {
    case "off":
      return t(`updates.off.${update.reason}`);
    case "idle":
      return update.checkedAt === null ? t("updates.idle") : t("updates.current", { when: momentOf(update.checkedAt) });
    case "checking":
      return t("updates.checking");
    case "available":
      return t("updates.available", { version: update.version });
    case "downloading":
      return t("updates.downloading", { version: update.version, percent: update.percent });
    case "ready":
      return t("updates.ready", { version: update.version });
    case "waiting":
      return t(`updates.waiting.${update.busy}`);
    case "failed":
      return t(`updates.failed.${update.reason}`);
  }
}

function NoticesDialog({ onClose }: { onClose: () => void }) {
  const { bridge } = useStores();
  const [notices, setNotices] = useState<readonly Notice[] | "failed" | null>(null);
  useEffect(() => {
    let isGone = false;
    bridge.call("about.notices").then(
      (list) => !isGone && setNotices(list),
      () => !isGone && setNotices("failed"),
    );
    return () => {
      isGone = true;
    };
  }, [bridge]);
  return (
    <DialogFrame title={t("about.licences")} isBusy={false} onClose={onClose}>
      <div className="about-notices">
        <p className="about-note">{t("about.licencesIntro")}</p>
        {notices === "failed" && <Alert text={t("about.licencesFailed")} focusKey="failed" />}
        {notices === null && <Spinner />}
        {Array.isArray(notices) && (
          <ul className="about-list">
            {notices.map(({ name, version, license, text }: Notice) => (
              <li key={`${name} ${version}`}>
                <details>
                  <summary>
                    <bdi>{name}</bdi> <span className="about-version">{version}</span>{" "}
                    <span className="about-licence">{license}</span>
                  </summary>
                  <pre dir="ltr">{text}</pre>
                </details>
              </li>
            ))}
          </ul>
        )}
      </div>
    </DialogFrame>
  );
}
