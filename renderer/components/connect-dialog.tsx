/**
 * "Connect an account": provider, its credential fields, base URL, name.
 *
 * The key goes from the input to the bridge call and nowhere else; the inputs are emptied as soon as the call
 * succeeded. An error is shown as an alert that takes the focus.
 */
import { ShieldCheck } from "lucide-react";
import type { FormEvent } from "react";
import { useEffect, useId, useRef, useState } from "react";
import type { ProviderForm } from "../../shared/ipc.ts";
import { failureOf } from "../../shared/errors.ts";
import { errorSentence } from "../lib/error-words.ts";
import { useAccounts, useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import {
  clearCredentials,
  CredentialFields,
  findEmptyField,
  readCredentials,
  readField,
} from "./credential-fields.tsx";
import { DialogFrame } from "./dialog-frame.tsx";
import { Alert, Field, Spinner, TextButton } from "./ui.tsx";

export function ConnectDialog() {
  const { accounts, nav } = useStores();
  const providers = useAccounts((state) => state.providers);
  const failure = useAccounts((state) => state.failure);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => void accounts.loadProviders(), [accounts]);

  return (
    <DialogFrame title={t("connect.title")} isBusy={isBusy} onClose={nav.closeDialog}>
      {providers === null ? (
        <p className="dialog-wait">{failure === null ? t("connect.loading") : errorSentence(failure)}</p>
      ) : (
        <ConnectForm providers={providers} isBusy={isBusy} setBusy={setBusy} />
      )}
    </DialogFrame>
  );
}

interface FormProps {
  readonly providers: readonly ProviderForm[];
  readonly isBusy: boolean;
  readonly setBusy: (isBusy: boolean) => void;
}

function ConnectForm({ providers, isBusy, setBusy }: FormProps) {
  const { accounts, nav } = useStores();
  const form = useRef<HTMLFormElement>(null);
  const selectId = useId();
  const [chosen, setChosen] = useState(providers[0]?.provider);
  const [problem, setProblem] = useState<{ text: string; at: number } | null>(null);
  const provider = providers.find((candidate) => candidate.provider === chosen);
  if (provider === undefined) return null;

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const element = event.currentTarget;
    const empty = findEmptyField(element);
    if (empty !== null) {
      const label = provider!.fields.find((field) => empty.name.endsWith(`:${field.name}`))?.label ?? "";
      setProblem({ text: t("connect.required", { field: label }), at: Date.now() });
      return;
    }
    const typed = (name: string) => readField(element, name);
    setBusy(true);
    setProblem(null);
    try {
      await accounts.connect({
        provider: provider!.provider,
        name: typed("name") || provider!.label,
        baseUrl: typed("baseUrl"),
        credentials: readCredentials(element),
      });
      clearCredentials(form);
      nav.closeDialog();
      nav.show("inbox");
    } catch (error) {
      setProblem({ text: errorSentence(failureOf(error)), at: Date.now() });
    } finally {
      setBusy(false);
    }
  }

  return (
    <form ref={form} className="form" autoComplete="off" noValidate onSubmit={(event) => void submit(event)}>
      {problem !== null && <Alert text={problem.text} focusKey={problem.at} />}
      <div className="field">
        <label className="field-label" htmlFor={selectId}>
          {t("connect.provider")}
        </label>
        <select
          id={selectId}
          className="input select"
          value={chosen}
          disabled={isBusy}
          onChange={(event) => setChosen(providers.find((one) => one.provider === event.target.value)?.provider)}
        >
          {providers.map((one) => (
            <option key={one.provider} value={one.provider}>
              {one.label}
            </option>
          ))}
        </select>
      </div>
      <CredentialFields provider={provider} />
      <Field
        key={provider.provider}
        label={t("connect.baseUrl")}
        name="baseUrl"
        type="url"
        defaultValue={provider.defaultBaseUrl}
        spellCheck="false"
        autoComplete="off"
        hint={t("connect.baseUrlHint")}
      />
      <Field
        label={t("connect.name")}
        name="name"
        placeholder={t("connect.namePlaceholder")}
        maxLength={80}
        autoComplete="off"
        hint={t("connect.nameHint")}
      />
      <footer className="form-footer">
        <p className="form-promise">
          <ShieldCheck aria-hidden size="1.077rem" /> {t("connect.keyPromise")}
        </p>
        <TextButton tone="primary" type="submit" isDisabled={isBusy}>
          {isBusy && <Spinner />}
          {isBusy ? t("connect.checking") : t("connect.submit")}
        </TextButton>
      </footer>
    </form>
  );
}
