/** Writes or changes one saved reply. Its variables are inserted by button, so that nobody has to know how they are spelt. */
import { useRef, useState } from "react";
import { Form } from "react-aria-components";
import { VARIABLES } from "../../shared/template-text.ts";
import type { Variable } from "../../shared/template-text.ts";
import { t } from "../i18n.ts";
import type { Template } from "../stores/templates-store.ts";
import { DialogFrame } from "./dialog-frame.tsx";
import { Alert, Field, TextButton } from "./ui.tsx";

const MAX_NAME = 60;
const MAX_TEXT = 2_000;
const EXAMPLE = "{{contact.firstName|…}}";

interface Props {
  readonly template: Template;
  readonly onSave: (template: Template) => void;
  readonly onClose: () => void;
}

const labelOf = (variable: Variable) =>
  ({
    "contact.firstName": t("templates.variables.contact_firstName"),
    "contact.name": t("templates.variables.contact_name"),
    "contact.number": t("templates.variables.contact_number"),
    "me.number": t("templates.variables.me_number"),
    "account.name": t("templates.variables.account_name"),
    date: t("templates.variables.date"),
    time: t("templates.variables.time"),
  })[variable];

export function TemplateDialog({ template, onSave, onClose }: Props) {
  const [name, setName] = useState(template.name);
  const [text, setText] = useState(template.text);
  const [problem, setProblem] = useState<{ text: string; at: number } | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);

  const insert = (variable: Variable) => {
    const { selectionStart, selectionEnd } = box.current ?? { selectionStart: text.length, selectionEnd: text.length };
    const piece = `{{${variable}}}`;
    setText(text.slice(0, selectionStart) + piece + text.slice(selectionEnd));
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(selectionStart + piece.length, selectionStart + piece.length);
    });
  };

  return (
    <DialogFrame
      title={template.name === "" ? t("templates.new") : t("templates.editOf", { name: template.name })}
      isBusy={false}
      onClose={onClose}
    >
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === "") return setProblem({ text: t("templates.needsName"), at: Date.now() });
          if (text.trim() === "") return setProblem({ text: t("templates.needsText"), at: Date.now() });
          onSave({ id: template.id, name: name.trim(), text: text.trim() });
        }}
      >
        <Field label={t("templates.name")} value={name} maxLength={MAX_NAME} autoFocus onChange={setName} />
        <label className="field">
          <span className="field-label">{t("templates.text")}</span>
          <textarea
            ref={box}
            className="input template-text"
            rows={5}
            dir="auto"
            spellCheck
            maxLength={MAX_TEXT}
            aria-describedby="template-hint"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <div className="template-variables" role="group" aria-label={t("templates.insertVariable")}>
          {VARIABLES.map((variable) => (
            <TextButton key={variable} tone="quiet" onPress={() => insert(variable)}>
              {labelOf(variable)}
            </TextButton>
          ))}
        </div>
        <p className="field-hint" id="template-hint">
          {t("templates.textHint", { example: EXAMPLE })}
        </p>
        {problem !== null && <Alert text={problem.text} focusKey={problem.at} />}
        <div className="form-footer">
          <span />
          <TextButton tone="primary" type="submit">
            {t("templates.save")}
          </TextButton>
        </div>
      </Form>
    </DialogFrame>
  );
}
