/**
 * The fields for a date with its time, and for a time of day: parts that are typed or stepped through, and a calendar.
 *
 * They follow the language of the app, not that of the system: order, digits, calendar, first day of the week, 12 or 24
 * hours. Wall-clock values in and out; whoever asks knows the zone. Invariant: a field that is not filled in whole is null.
 */
import type { CalendarDateTime } from "@internationalized/date";
import { Time } from "@internationalized/date";
import { CalendarDays } from "lucide-react";
import type { DateInputProps } from "react-aria-components";
import {
  Button,
  Calendar,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Label,
  Popover,
  TimeField,
} from "react-aria-components";
import { MonthGrid } from "./month-calendar.tsx";
import "./date-time-field.css";

const MINUTES_PER_HOUR = 60;

function Parts({ slot }: Pick<DateInputProps, "slot">) {
  return (
    <DateInput className="date-parts" {...(slot === undefined ? {} : { slot })}>
      {(part) => <DateSegment className="date-part" segment={part} />}
    </DateInput>
  );
}

interface DateTimeProps {
  readonly label: string;
  /** Id of what says more about it. */
  readonly describedBy?: string;
  readonly value: CalendarDateTime | null;
  /** What lies before cannot be chosen in the calendar, and is marked when it is typed. */
  readonly min: CalendarDateTime;
  readonly onChange: (value: CalendarDateTime | null) => void;
}

export function DateTimeField({ label, describedBy, value, min, onChange }: DateTimeProps) {
  return (
    <DatePicker
      className="field"
      granularity="minute"
      value={value}
      minValue={min}
      // The form says in words what is wrong, once it is sent.
      validationBehavior="aria"
      autoFocus
      onChange={onChange}
      {...(describedBy === undefined ? {} : { "aria-describedby": describedBy })}
    >
      <Label className="field-label">{label}</Label>
      <Group className="date-box">
        <Parts />
        <Button className="icon-button">
          <CalendarDays aria-hidden size="1.231rem" strokeWidth={1.75} />
        </Button>
      </Group>
      <Popover className="popover date-popover" placement="bottom end">
        <Dialog className="dialog">
          <Calendar className="calendar">
            <MonthGrid />
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

interface TimeProps {
  readonly label: string;
  /** Since midnight. */
  readonly minutes: number;
  readonly isDisabled: boolean;
  readonly onChange: (minutes: number) => void;
}

export function TimeOfDayField({ label, minutes, isDisabled, onChange }: TimeProps) {
  return (
    <TimeField
      className="field"
      granularity="minute"
      value={new Time(Math.floor(minutes / MINUTES_PER_HOUR), minutes % MINUTES_PER_HOUR)}
      isDisabled={isDisabled}
      onChange={(time) => {
        if (time !== null) onChange(time.hour * MINUTES_PER_HOUR + time.minute);
      }}
    >
      <Label className="field-label">{label}</Label>
      <div className="date-box">
        <Parts />
      </div>
    </TimeField>
  );
}
