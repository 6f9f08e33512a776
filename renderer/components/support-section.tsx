/**
 * Settings, "Help": the report for support. Every line is shown before anything is saved, and each part can be left out.
 *
 * Must not make up or change a line: what is shown is what main saves.
 */
import { useEffect, useState } from "react";
import { Checkbox } from "react-aria-components";
import type { SupportReport, SupportSectionId } from "../../shared/support.ts";
import { t } from "../i18n.ts";
import { useStores } from "../stores/context.tsx";
import { DialogFrame } from "./dialog-frame.tsx";
import { Alert, Spinner, TextButton } from "./ui.tsx";
import "./support-section.css";

/** More is scrolled. */
const MOST_ROWS = 8;

export function SupportSection() {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="card" aria-label={t("support.title")}>
      <h3>{t("support.title")}</h3>
      <p className="support-note">{t("support.intro")}</p>
      <div>
        <TextButton onPress={() => setOpen(true)}>{t("support.open")}</TextButton>
      </div>
      {isOpen && <SupportDialog onClose={() => setOpen(false)} />}
    </section>
  );
}

type Outcome = "saved" | "outdated" | "unwritable" | "failed";

function SupportDialog({ onClose }: { onClose: () => void }) {
  const { bridge } = useStores();
  const [report, setReport] = useState<SupportReport | null>(null);
  const [left, setLeft] = useState<ReadonlySet<SupportSectionId>>(new Set());
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{ readonly is: Outcome; readonly at: number } | null>(null);
  const tell = (is: Outcome) => setOutcome({ is, at: performance.now() });
  useEffect(() => {
    let isGone = false;
    bridge.call("support.report").then(
      (made) => !isGone && setReport(made),
      () => !isGone && tell("failed"),
    );
    return () => {
      isGone = true;
    };
  }, [bridge]);

  const chosen = report?.sections.map(({ id }) => id).filter((id) => !left.has(id)) ?? [];

  async function save(): Promise<void> {
    if (report === null || isBusy) return;
    setBusy(true);
    setOutcome(null);
    try {
      const { result } = await bridge.call("support.save", { id: report.id, sections: [...chosen] });
      if (result !== "cancelled") tell(result);
    } catch {
      tell("failed");
    }
    setBusy(false);
  }

  return (
    <DialogFrame title={t("support.dialog")} isBusy={isBusy} onClose={onClose}>
      <div className="support">
        <p className="support-note">{t("support.about")}</p>
        {outcome !== null && outcome.is !== "saved" && (
          <Alert text={t(`support.${outcome.is}`)} focusKey={outcome.at} />
        )}
        {report === null ? (
          outcome === null && (
            <p className="support-wait" role="status">
              <Spinner /> {t("support.collecting")}
            </p>
          )
        ) : (
          <div className="support-parts">
            {report.sections.map((section) => (
              <Part
                key={section.id}
                section={section}
                isIn={!left.has(section.id)}
                onChange={(isIn) =>
                  setLeft((before) => {
                    const next = new Set(before);
                    if (isIn) next.delete(section.id);
                    else next.add(section.id);
                    return next;
                  })
                }
              />
            ))}
          </div>
        )}
        <div className="form-footer">
          <p role="status">{outcome?.is === "saved" && t("support.saved")}</p>
          <TextButton tone="primary" isDisabled={report === null || chosen.length === 0} onPress={() => void save()}>
            {t("support.save")}
          </TextButton>
        </div>
      </div>
    </DialogFrame>
  );
}

interface PartProps {
  readonly section: SupportReport["sections"][number];
  readonly isIn: boolean;
  readonly onChange: (isIn: boolean) => void;
}

function Part({ section: { id, lines }, isIn, onChange }: PartProps) {
  const { format } = useStores();
  const title = t(`support.sections.${id}`);
  return (
    <div className="support-part" data-left-out={!isIn}>
      <div className="support-part-head">
        <Checkbox className="checkbox" isSelected={isIn} onChange={onChange}>
          <span className="checkbox-box" aria-hidden />
          {title}
        </Checkbox>
        <span className="support-count">
          {t("support.lines", { count: lines.length, shown: format.count(lines.length) })}
        </span>
      </div>
      {lines.length === 0 ? (
        <p className="support-nothing">{t("support.nothing")}</p>
      ) : (
        <textarea
          className="support-lines"
          dir="ltr"
          readOnly
          spellCheck={false}
          rows={Math.min(lines.length, MOST_ROWS)}
          aria-label={t("support.preview", { section: title })}
          value={lines.join("\n")}
        />
      )}
    </div>
  );
}
