/**
 * A provider's credential fields, uncontrolled: what is typed lives in the inputs alone, is read once at submit
 * and wiped from them by `clearCredentials`. It never enters a store or component state.
 */
import { Eye, EyeOff } from "lucide-react";
import type { RefObject } from "react";
import { useId, useState } from "react";
import type { ProviderForm } from "../../shared/ipc.ts";
import { t } from "../i18n.ts";
import { IconButton } from "./ui.tsx";

const PREFIX = "credential:";

export function CredentialFields({ provider }: { provider: ProviderForm }) {
  return provider.fields.map((field, index) => (
    <CredentialField
      key={`${provider.provider} ${field.name}`}
      field={field}
      autoFocus={index === 0}
      {...(index === provider.fields.length - 1 ? { hint: t(`connect.hintOf.${provider.provider}`) } : {})}
    />
  ));
}

function CredentialField({
  field,
  hint,
  autoFocus,
}: {
  field: ProviderForm["fields"][number];
  hint?: string;
  autoFocus: boolean;
}) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  const toggle = (
    <IconButton
      className="field-toggle"
      label={isShown ? t("connect.hide", { field: field.label }) : t("connect.show", { field: field.label })}
      icon={isShown ? EyeOff : Eye}
      onPress={() => setShown(!isShown)}
    />
  );
  // A plain input: the field component of the library keeps what is typed in its own state.
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {field.label}
        {field.isOptional === true && <span className="field-optional"> {t("connect.optional")}</span>}
      </label>
      <div className="field-box">
        <input
          id={id}
          className="input"
          name={PREFIX + field.name}
          data-optional={field.isOptional === true}
          type={field.secret && !isShown ? "password" : "text"}
          placeholder={field.placeholder}
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          autoFocus={autoFocus}
          {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
        />
        {field.secret && toggle}
      </div>
      {hint !== undefined && (
        <span id={`${id}-hint`} className="field-hint">
          {hint}
        </span>
      )}
    </div>
  );
}

/** What was typed, by field name, without blanks around it. */
export function readCredentials(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(inputs(form).map(({ name, value }) => [name.slice(PREFIX.length), value.trim()]));
}

/** A plain field of the same form. */
export function readField(form: HTMLFormElement, name: string): string {
  return form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value.trim() ?? "";
}

/** The first field that is empty: to be focused instead of sent. */
export function findEmptyField(form: HTMLFormElement): HTMLInputElement | null {
  return inputs(form).find((input) => input.value.trim() === "" && input.dataset["optional"] !== "true") ?? null;
}

export function clearCredentials(form: RefObject<HTMLFormElement | null>): void {
  for (const input of form.current === null ? [] : inputs(form.current)) input.value = "";
}

function inputs(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>(`input[name^="${PREFIX}"]`)];
}
