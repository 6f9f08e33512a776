/** The retention window of one account: what is enforced and on what evidence, and a number typed over it. */
import type { FormEvent } from "react";
import { useState } from "react";
import type { RetentionStatus } from "../../shared/storage.ts";
import { useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { Alert, Field, TextButton } from "./ui.tsx";

const MAX_DAYS = 3_650;

interface Props {
  readonly name: string;
  readonly retention: RetentionStatus;
  /** Rejects with an AppError. */
  readonly onSet: (days: number | null) => void;
}

export function RetentionForm({ name, retention, onSet }: Props) {
  const { format } = useStores();
  const { typedDays, lastRunAt, removedTexts } = retention;
  const [text, setText] = useState(typedDays === null ? "" : String(typedDays));
  const [refusedAt, setRefusedAt] = useState<number | null>(null);

  function save(event: FormEvent): void {
    event.preventDefault();
    const days = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
    const isGood = days >= 1 && days <= MAX_DAYS;
    setRefusedAt(isGood ? null : performance.now());
    if (isGood) onSet(days);
  }

  return (
    <section className="retention" aria-label={`${t("storage.retention.title")}: ${name}`}>
      <h3>{t("storage.retention.title")}</h3>
      <p>{windowWords(retention)}</p>
      <p className="storage-note">
        {lastRunAt === null
          ? t("storage.retention.notRun")
          : t("storage.retention.lastRun", { time: format.moment(lastRunAt), count: removedTexts })}
      </p>
      <form className="retention-form" onSubmit={save}>
        <Field
          label={t("storage.retention.field")}
          hint={t("storage.retention.hint", { min: 1, max: MAX_DAYS })}
          value={text}
          onChange={setText}
          inputMode="numeric"
        />
        <TextButton type="submit">{t("storage.retention.save")}</TextButton>
        {typedDays !== null && (
          <TextButton
            tone="quiet"
            onPress={() => {
              setText("");
              setRefusedAt(null);
              onSet(null);
            }}
          >
            {t("storage.retention.clear")}
          </TextButton>
        )}
      </form>
      {refusedAt !== null && (
        <Alert text={t("storage.retention.invalid", { min: 1, max: MAX_DAYS })} focusKey={refusedAt} />
      )}
    </section>
  );
}

function windowWords({ typedDays, learned, enforcedDays }: RetentionStatus): string {
  if (enforcedDays === null) return t("storage.retention.none");
  const days = (count: number) => t("storage.retention.days", { count });
  const evidence =
    learned === null ? null : { days: days(learned.days), agreeing: learned.agreeing, pairs: learned.pairs };
  if (typedDays === null)
    return evidence === null ? t("storage.retention.none") : t("storage.retention.learned", evidence);
  const typed = t("storage.retention.typed", { days: days(typedDays) });
  return evidence === null ? typed : `${typed} ${t("storage.retention.alsoLearned", evidence)}`;
}
