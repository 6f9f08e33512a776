/** Send later: the usual moments in a list, or a date and time of one's own with the zone it is meant in. */
import type { CalendarDateTime } from "@internationalized/date";
import { today } from "@internationalized/date";
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Form,
  Group,
  Heading,
  I18nProvider,
  Label,
  Popover,
} from "react-aria-components";
import type { Millis } from "../../shared/domain.ts";
import { currentLanguage, t } from "../i18n.ts";
import { isFuture, localTime, momentOf, sendTimes } from "../lib/send-times.ts";
import { useNav, useNow, useStores } from "../stores/context.tsx";
import { DialogFrame } from "./dialog-frame.tsx";
import { Picker } from "./picker.tsx";
import { Alert, TextButton } from "./ui.tsx";
import "./send-later.css";

interface Props {
  readonly onChoose: (at: Millis) => void;
}

const zoneOf = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

export function SendLater({ onChoose }: Props) {
  const kind = useNav((state) => state.dialog?.kind);
  if (kind === "send_later") return <Moments onChoose={onChoose} />;
  return kind === "send_later_pick" ? <PickMoment onChoose={onChoose} /> : null;
}

function Moments({ onChoose }: Props) {
  const { nav, format } = useStores();
  const { later, tomorrow, monday } = sendTimes(useNow(), zoneOf());
  const moments = new Map<string, Millis>([
    ...(later === null ? [] : [["later", later] as const]),
    ["tomorrow", tomorrow],
    ["monday", monday],
  ]);
  const labels = { later: t("schedule.later"), tomorrow: t("schedule.tomorrow"), monday: t("schedule.monday") };
  return (
    <Picker
      title={t("schedule.title")}
      label={t("schedule.title")}
      placeholder={t("schedule.title")}
      listLabel={t("schedule.title")}
      none={t("palette.none")}
      items={[
        ...[...moments].map(([id, at]) => ({
          id,
          label: labels[id as keyof typeof labels],
          hint: format.moment(at),
        })),
        { id: "pick", label: t("schedule.pick") },
      ]}
      onClose={nav.closeDialog}
      onChoose={(id) => {
        const at = moments.get(id);
        if (at === undefined) nav.openDialog({ kind: "send_later_pick" });
        else onChoose(at);
      }}
    />
  );
}

function PickMoment({ onChoose }: Props) {
  const { nav, format } = useStores();
  const zone = zoneOf();
  const [value, setValue] = useState<CalendarDateTime | null>(() =>
    localTime(sendTimes(Date.now(), zone).tomorrow, zone),
  );
  const [problem, setProblem] = useState<{ text: string; at: number } | null>(null);
  const at = value === null ? null : momentOf(value, zone);
  return (
    <DialogFrame title={t("schedule.pickTitle")} isBusy={false} onClose={nav.closeDialog}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (at === null) return setProblem({ text: t("schedule.invalid"), at: Date.now() });
          if (!isFuture(at, Date.now())) return setProblem({ text: t("schedule.past"), at: Date.now() });
          nav.closeDialog();
          onChoose(at);
        }}
      >
        <I18nProvider locale={currentLanguage().locale}>
          <DatePicker
            className="field date-field"
            granularity="minute"
            shouldForceLeadingZeros
            value={value}
            onChange={setValue}
            aria-describedby="send-later-zone"
          >
            <Label className="field-label">{t("schedule.when")}</Label>
            <Group className="date-group">
              <DateInput className="date-input">
                {(segment) => <DateSegment className="date-segment" segment={segment} />}
              </DateInput>
              <Button className="icon-button">
                <CalendarDays aria-hidden size="1.231rem" strokeWidth={1.75} />
              </Button>
            </Group>
            <Popover className="popover date-popover">
              <Dialog className="dialog date-dialog">
                <Calendar className="calendar" minValue={today(zone)}>
                  <header className="calendar-header">
                    <Button slot="previous" className="icon-button">
                      <ChevronLeft aria-hidden size="1.231rem" className="flips" />
                    </Button>
                    <Heading className="calendar-title" />
                    <Button slot="next" className="icon-button">
                      <ChevronRight aria-hidden size="1.231rem" className="flips" />
                    </Button>
                  </header>
                  <CalendarGrid className="calendar-grid">
                    {(date) => <CalendarCell className="calendar-cell" date={date} />}
                  </CalendarGrid>
                </Calendar>
              </Dialog>
            </Popover>
          </DatePicker>
        </I18nProvider>
        <p className="field-hint" id="send-later-zone">
          {at !== null && <strong>{t("schedule.willSend", { time: format.moment(at) })}</strong>}{" "}
          {t("schedule.zone", { zone: zone.replaceAll("_", " ") })}
        </p>
        {problem !== null && <Alert text={problem.text} focusKey={problem.at} />}
        <div className="form-footer">
          <span />
          <TextButton tone="primary" type="submit">
            {t("schedule.submit")}
          </TextButton>
        </div>
      </Form>
    </DialogFrame>
  );
}
