/** A calendar that leads into the open thread: to the first message on a day or after it. */
import type { CalendarDate } from "@internationalized/date";
import { today } from "@internationalized/date";
import { useEffect, useRef, useState } from "react";
import { Calendar } from "react-aria-components";
import type { ConversationId } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import { t } from "../i18n.ts";
import { errorSentence } from "../lib/error-words.ts";
import { useStores } from "../stores/context.tsx";
import { DialogFrame } from "./dialog-frame.tsx";
import { MonthGrid } from "./month-calendar.tsx";
import { Alert, Spinner } from "./ui.tsx";
import "./jump-date-dialog.css";

const SHOWN_MS = 4_000;

export function JumpDateDialog({ id }: { id: ConversationId }) {
  const { nav, threadOf, toasts, format } = useStores();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ readonly text: string; readonly count: number } | null>(null);
  const asked = useRef(0);
  const zone = format.timeZone;
  useEffect(() => threadOf(id).stayHere, [threadOf, id]);

  const complain = (text: string) => setFailure({ text, count: (asked.current += 1) });

  async function jump(day: CalendarDate): Promise<void> {
    const at = day.toDate(zone).getTime();
    const date = format.fullDate(at);
    setBusy(true);
    setFailure(null);
    try {
      const found = await threadOf(id).jumpTo(at);
      if (found === null) return complain(t("timeline.jumpNothing", { date }));
      nav.closeDialog();
      const isThatDay = format.dayKey(found) === format.dayKey(at);
      const text = isThatDay
        ? t("timeline.jumped", { date })
        : t("timeline.jumpedLater", { date, found: format.fullDate(found) });
      toasts.add({ text, tone: "plain" }, { timeout: SHOWN_MS });
    } catch (error) {
      complain(errorSentence(failureOf(error)));
    } finally {
      setBusy(false);
    }
  }

  return (
    <DialogFrame title={t("timeline.jumpTitle")} isBusy={false} onClose={nav.closeDialog}>
      <div className="jump-date">
        <p className="jump-date-hint">{t("timeline.jumpHint")}</p>
        <Calendar
          className="calendar"
          aria-label={t("timeline.jumpTitle")}
          autoFocus
          maxValue={today(zone)}
          isDisabled={isBusy}
          onChange={(day) => void jump(day as CalendarDate)}
        >
          <MonthGrid />
        </Calendar>
        {isBusy && (
          <p className="jump-date-hint" role="status">
            <Spinner /> {t("timeline.jumpReading")}
          </p>
        )}
        {failure !== null && <Alert text={failure.text} focusKey={failure.count} />}
      </div>
    </DialogFrame>
  );
}
