/** The retention window of one account: what is enforced and on what evidence, and a number typed over it. */
import type { FormEvent } from "react";
import { useState } from "react";
import type { RetentionStatus } from "../../shared/storage.ts";
import type { Format } from "../lib/format.ts";
import { useStores } from "../stores/context.tsx";
import { storageStrings } from "../storage-strings.ts";
import { Alert, Field, TextButton } from "./ui.tsx";

const words = storageStrings.retention;
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
    <section className="retention" aria-label={`${words.title}: ${name}`}>
      <h3>{words.title}</h3>
      <p>{windowWords(retention, format)}</p>
      <p className="storage-note">
        {lastRunAt === null
          ? words.notRun
          : words.lastRun(format.moment(lastRunAt), removedTexts, format.count(removedTexts))}
      </p>
      <form className="retention-form" onSubmit={save}>
        <Field label={words.field} hint={words.hint} value={text} onChange={setText} inputMode="numeric" />
        <TextButton type="submit">{words.save}</TextButton>
        {typedDays !== null && (
          <TextButton
            tone="quiet"
            onPress={() => {
              setText("");
              setRefusedAt(null);
              onSet(null);
            }}
          >
            {words.clear}
          </TextButton>
        )}
      </form>
      {refusedAt !== null && <Alert text={words.invalid} focusKey={refusedAt} />}
    </section>
  );
}

function windowWords({ typedDays, learned, enforcedDays }: RetentionStatus, format: Format): string {
  if (enforcedDays === null) return words.none;
  const days = (count: number) => words.days(count, format.count(count));
  const evidence =
    learned === null
      ? null
      : ([days(learned.days), format.count(learned.agreeing), format.count(learned.pairs)] as const);
  if (typedDays === null) return evidence === null ? words.none : words.learned(...evidence);
  const typed = words.typed(days(typedDays));
  return evidence === null ? typed : `${typed} ${words.alsoLearned(...evidence)}`;
}
