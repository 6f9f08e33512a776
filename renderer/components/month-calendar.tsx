/**
 * The grid of a month with its two arrows, in the calendar, the week and the digits of the language spoken.
 *
 * Stands inside React Aria's `Calendar`, which knows what is chosen; used by itself and by the date fields.
 */
import { ChevronLeft, ChevronRight } from "lucide-react";
import {
  Button,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Heading,
} from "react-aria-components";
import { currentLanguage, t } from "../i18n.ts";
import "./month-calendar.css";

export function MonthGrid() {
  // Arabic shortens no name of a day: seven of them do not fit side by side.
  const weekdayStyle = currentLanguage().language === "ar" ? "narrow" : "short";
  return (
    <>
      <div className="calendar-header">
        <Button slot="previous" className="icon-button" aria-label={t("timeline.month.previous")}>
          <ChevronLeft aria-hidden size="1.231rem" />
        </Button>
        <Heading className="calendar-title" />
        <Button slot="next" className="icon-button" aria-label={t("timeline.month.next")}>
          <ChevronRight aria-hidden size="1.231rem" />
        </Button>
      </div>
      <CalendarGrid className="calendar-grid" weekdayStyle={weekdayStyle}>
        <CalendarGridHeader>
          {(day) => <CalendarHeaderCell className="calendar-weekday">{day}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>{(date) => <CalendarCell className="calendar-day" date={date} />}</CalendarGridBody>
      </CalendarGrid>
    </>
  );
}
