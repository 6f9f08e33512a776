/**
 * Names from a vCard or CSV file: choose, look at what would change, give the names, take them back.
 *
 * The file is chosen and read by main; here are counts and a few examples. Going away lets go of the file.
 */
import { FileUp } from "lucide-react";
import { useEffect, useState } from "react";
import { Checkbox, Form } from "react-aria-components";
import type { ImportAnswer, ImportChoices, ImportPreview } from "../../shared/contacts.ts";
import { failureOf } from "../../shared/errors.ts";
import { t } from "../i18n.ts";
import { errorSentence } from "../lib/error-words.ts";
import { useStores } from "../stores/context.tsx";
import { DialogFrame } from "./dialog-frame.tsx";
import { ImportTable } from "./import-table.tsx";
import { Alert, Spinner, TextButton } from "./ui.tsx";
import "./import-names-dialog.css";

const AS_FOUND: ImportChoices = { columns: null, country: null };
const UNDO_MS = 12_000;

export function ImportNamesDialog() {
  const { nav, bridge, toasts } = useStores();
  const [answer, setAnswer] = useState<ImportAnswer | null>(null);
  const [choices, setChoices] = useState(AS_FOUND);
  const [replace, setReplace] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ readonly text: string; readonly count: number } | null>(null);

  useEffect(
    () => () => {
      void bridge.call("contacts.importCancel").catch(() => undefined);
    },
    [bridge],
  );

  const complain = (text: string) => setFailure((last) => ({ text, count: (last?.count ?? 0) + 1 }));

  async function run<T>(work: () => Promise<T>): Promise<T | null> {
    setBusy(true);
    setFailure(null);
    try {
      return await work();
    } catch (error) {
      complain(errorSentence(failureOf(error)));
      return null;
    } finally {
      setBusy(false);
    }
  }

  /** @param asked  what the answer is for: names are given by what is shown */
  function take(next: ImportAnswer | null, asked: ImportChoices): void {
    // Went back without choosing: what was there stays.
    if (next === null || next.kind === "none") return;
    setAnswer(next);
    setChoices(asked);
    if (next.kind === "problem") complain(t(`contacts.problem.${next.problem}`, { file: next.fileName }));
  }

  async function pick(): Promise<void> {
    if (isBusy) return;
    take(await run(() => bridge.call("contacts.importPick")), AS_FOUND);
  }

  async function look(next: ImportChoices): Promise<void> {
    take(await run(() => bridge.call("contacts.importPreview", next)), next);
  }

  async function apply(): Promise<void> {
    const done = await run(() => bridge.call("contacts.importApply", { choices, given: replace ? "replace" : "keep" }));
    if (done === null) return;
    nav.closeDialog();
    const undo = async () => {
      try {
        const { count } = await bridge.call("contacts.importUndo", { undoId: done.undoId });
        toasts.add({ text: t("contacts.import.undone", { count }), tone: "plain" }, { timeout: UNDO_MS });
      } catch (error) {
        toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: UNDO_MS });
      }
    };
    toasts.add(
      {
        text: t("contacts.import.applied", { count: done.count }),
        tone: "plain",
        action: { label: t("common.undo"), run: () => void undo() },
      },
      { timeout: UNDO_MS },
    );
  }

  const preview = answer?.kind === "preview" ? answer.preview : null;
  return (
    <DialogFrame title={t("contacts.import.title")} isBusy={false} onClose={nav.closeDialog}>
      <Form
        className="form import-names"
        onSubmit={(event) => {
          event.preventDefault();
          if (preview !== null && !isBusy) void apply();
        }}
      >
        <p className="import-intro">{t("contacts.import.intro")}</p>
        {failure !== null && <Alert text={failure.text} focusKey={failure.count} />}
        {preview !== null && (
          <Preview preview={preview} choices={choices} replace={replace} onReplace={setReplace} onLook={look} />
        )}
        <div className="form-footer">
          <TextButton autoFocus tone={preview === null ? "primary" : "plain"} onPress={() => void pick()}>
            <FileUp aria-hidden size="1.077rem" />{" "}
            {answer === null ? t("contacts.import.choose") : t("contacts.import.chooseOther")}
          </TextButton>
          {isBusy && (
            <span role="status">
              <Spinner /> {t("contacts.import.reading")}
            </span>
          )}
          {preview !== null && <ApplyButton preview={preview} replace={replace} isBusy={isBusy} />}
        </div>
      </Form>
    </DialogFrame>
  );
}

/** How many would get a name as things are chosen. */
const givenBy = ({ known, unchanged, conflicts }: ImportPreview, replace: boolean) =>
  known - unchanged - (replace ? 0 : conflicts);

function ApplyButton({ preview, replace, isBusy }: { preview: ImportPreview; replace: boolean; isBusy: boolean }) {
  const count = givenBy(preview, replace);
  return (
    <TextButton tone="primary" type="submit" isDisabled={isBusy || count <= 0}>
      {count <= 0 ? t("contacts.import.nothing") : t("contacts.import.apply", { count })}
    </TextButton>
  );
}

function Preview({
  preview,
  choices,
  replace,
  onReplace,
  onLook,
}: {
  preview: ImportPreview;
  choices: ImportChoices;
  replace: boolean;
  onReplace: (replace: boolean) => void;
  onLook: (choices: ImportChoices) => Promise<void>;
}) {
  const { format } = useStores();
  const { names, known, unmatched, conflicts, unchanged, broken, examples, fileName } = preview;
  return (
    <section className="import-preview" aria-label={fileName}>
      <h3 dir="auto">{fileName}</h3>
      <p role="status">
        {t("contacts.import.summary", {
          names: t("contacts.import.names", { count: names }),
          known: t("contacts.import.known", { count: known }),
          unmatched: t("contacts.import.unmatched", { count: unmatched }),
          conflicts: t("contacts.import.conflicts", { count: conflicts }),
        })}
      </p>
      <p className="import-more">
        {[
          ...(unchanged === 0 ? [] : [t("contacts.import.unchanged", { count: unchanged })]),
          ...(broken === 0 ? [] : [t("contacts.import.broken", { count: broken })]),
        ].join(" · ")}
      </p>
      <ImportTable preview={preview} choices={choices} onLook={onLook} />
      {conflicts > 0 && (
        <Checkbox className="checkbox" isSelected={replace} onChange={onReplace}>
          <span className="checkbox-box" aria-hidden />
          <span>{t("contacts.import.replace")}</span>
        </Checkbox>
      )}
      {examples.length > 0 && (
        <>
          <h4>{t("contacts.import.examples")}</h4>
          <ul className="import-examples">
            {examples.slice(0, 4).map(({ number, before, name }) => {
              const shown = before ?? format.phone(number);
              return (
                <li key={number} dir="auto">
                  {t("contacts.import.from", { before: shown, name })}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}
