/** Send later: the usual moments in a list, or a date and time of one's own with the zone it is meant in. */
import type { CalendarDateTime } from "@internationalized/date";
import { useState } from "react";
import { Form } from "react-aria-components";
import type { Millis } from "../../shared/domain.ts";
import { t } from "../i18n.ts";
import { isFuture, localTime, momentOf, sendTimes } from "../lib/send-times.ts";
import { useNav, useNow, useStores } from "../stores/context.tsx";
import { DateTimeField } from "./date-time-field.tsx";
import { DialogFrame } from "./dialog-frame.tsx";
import { Picker } from "./picker.tsx";
import { Alert, TextButton } from "./ui.tsx";

interface Props {
  readonly onChoose: (at: Millis) => void;
}

export function SendLater({ onChoose }: Props) {
  const kind = useNav((state) => state.dialog?.kind);
  if (kind === "send_later") return <Moments onChoose={onChoose} />;
  return kind === "send_later_pick" ? <PickMoment onChoose={onChoose} /> : null;
}

function Moments({ onChoose }: Props) {
  const { nav, format } = useStores();
  const { later, tomorrow, monday } = sendTimes(useNow(), format.timeZone);
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
  const zone = format.timeZone;
  const now = useNow();
  const [initial] = useState(() => localTime(sendTimes(now, zone).tomorrow, zone));
  const [value, setValue] = useState<CalendarDateTime | null>(initial);
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
        <DateTimeField
          label={t("schedule.when")}
          describedBy="send-later-zone"
          initial={initial}
          min={localTime(now, zone)}
          onChange={setValue}
        />
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
