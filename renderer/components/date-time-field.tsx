/**
 * The fields for a date with its time, and for a time of day: parts that are typed or stepped through, and a calendar.
 *
 * They follow the language of the app, not that of the system: order, digits, calendar, first day of the week, 12 or 24
 * hours. Wall-clock values in and out; whoever asks knows the zone. Invariant: a date that is not filled in whole is null;
 * a time of day stays what it was until it is whole again.
 */
import type { CalendarDateTime } from "@internationalized/date";
import { Time } from "@internationalized/date";
import { CalendarDays } from "lucide-react";
import { use, useEffect, useEffectEvent, useState } from "react";
import type { DateSegmentProps } from "react-aria-components";
import {
  Button,
  Calendar,
  DateFieldStateContext,
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

/** Tells, too, when one of them stands empty: React Aria keeps the value of before until all are filled again. */
function Part({ segment, onBlank }: Pick<DateSegmentProps, "segment"> & { onBlank: (isBlank: boolean) => void }) {
  const segments = use(DateFieldStateContext)?.segments ?? [];
  const isBlank = segments.some(({ isEditable, isPlaceholder }) => isEditable && isPlaceholder);
  const tell = useEffectEvent(onBlank);
  const isFirst = segments[0] === segment;
  useEffect(() => {
    if (isFirst) tell(isBlank);
  }, [isFirst, isBlank]);
  return <DateSegment className="date-part" segment={segment} />;
}

interface DateTimeProps {
  readonly label: string;
  /** Id of what says more about it. */
  readonly describedBy?: string;
  readonly initial: CalendarDateTime;
  /** What lies before cannot be chosen in the calendar, and is marked when it is typed. */
  readonly min: CalendarDateTime;
  readonly onChange: (value: CalendarDateTime | null) => void;
}

export function DateTimeField({ label, describedBy, initial, min, onChange }: DateTimeProps) {
  const [picked, setPicked] = useState<CalendarDateTime | null>(initial);
  return (
    <DatePicker
      className="field"
      granularity="minute"
      value={picked}
      minValue={min}
      // The form says in words what is wrong, once it is sent.
      validationBehavior="aria"
      autoFocus
      onChange={(next) => {
        setPicked(next);
        onChange(next);
      }}
      {...(describedBy === undefined ? {} : { "aria-describedby": describedBy })}
    >
      <Label className="field-label">{label}</Label>
      <Group className="date-box">
        <DateInput className="date-parts">
          {(segment) => <Part segment={segment} onBlank={(isBlank) => onChange(isBlank ? null : picked)} />}
        </DateInput>
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
        <DateInput className="date-parts">
          {(segment) => <DateSegment className="date-part" segment={segment} />}
        </DateInput>
      </div>
    </TimeField>
  );
}
