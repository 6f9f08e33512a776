/** Until when: the usual moments in a list, or a date and time of one's own. */
import type { CalendarDateTime } from "@internationalized/date";
import { useState } from "react";
import { Form } from "react-aria-components";
import type { ConversationId } from "../../shared/domain.ts";
import { isFuture, localTime, momentOf } from "../lib/send-times.ts";
import { snoozeTimes } from "../lib/snooze-times.ts";
import { useNow, useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { DateTimeField } from "./date-time-field.tsx";
import { DialogFrame } from "./dialog-frame.tsx";
import { Picker } from "./picker.tsx";
import { Alert, TextButton } from "./ui.tsx";

interface Props {
  readonly ids: readonly ConversationId[];
}

export function SnoozeDialog({ ids }: Props) {
  const { nav, triage, format } = useStores();
  const { later, tomorrow, nextWeek } = snoozeTimes(useNow());
  const moments = new Map<string, number | null>([
    ...(later === null ? [] : [["later", later] as const]),
    ["tomorrow", tomorrow],
    ["week", nextWeek],
    ["reply", null],
  ]);
  const labelOf = {
    later: t("snooze.later"),
    tomorrow: t("snooze.tomorrow"),
    week: t("snooze.week"),
    reply: t("snooze.reply"),
  };
  const items = [...moments].map(([id, at]) => ({
    id,
    label: labelOf[id as keyof typeof labelOf],
    ...(at === null ? {} : { hint: format.moment(at) }),
  }));
  return (
    <Picker
      title={t("snooze.title")}
      label={t("snooze.title")}
      placeholder={t("snooze.title")}
      listLabel={t("snooze.title")}
      none={t("palette.none")}
      items={[...items, { id: "pick", label: t("snooze.pick") }]}
      onClose={nav.closeDialog}
      onChoose={(id) => {
        const until = moments.get(id);
        if (until === undefined) nav.openDialog({ kind: "snooze_pick", ids });
        else void triage.apply(ids, { kind: "snooze", until });
      }}
    />
  );
}

export function SnoozePickDialog({ ids }: Props) {
  const { nav, triage, format } = useStores();
  const zone = format.timeZone;
  const now = useNow();
  const [initial] = useState(() => localTime(snoozeTimes(now).tomorrow, zone));
  const [value, setValue] = useState<CalendarDateTime | null>(initial);
  const [failures, setFailures] = useState(0);
  return (
    <DialogFrame title={t("snooze.pickTitle")} isBusy={false} onClose={nav.closeDialog}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          const until = value === null ? null : momentOf(value, zone);
          if (until === null || !isFuture(until, Date.now())) return setFailures(failures + 1);
          nav.closeDialog();
          void triage.apply(ids, { kind: "snooze", until });
        }}
      >
        <DateTimeField label={t("snooze.when")} initial={initial} min={localTime(now, zone)} onChange={setValue} />
        {failures > 0 && <Alert text={t("snooze.past")} focusKey={failures} />}
        <div className="form-footer">
          <span />
          <TextButton tone="primary" type="submit">
            {t("snooze.submit")}
          </TextButton>
        </div>
      </Form>
    </DialogFrame>
  );
}
