/** A new key for an account: checked first; the account's conversations stay. Same care for the key as when connecting. */
import type { FormEvent } from "react";
import { useEffect, useRef, useState } from "react";
import type { Account } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import { errorSentence } from "../lib/error-words.ts";
import { cleanLine } from "../lib/bidi.ts";
import { useAccounts, useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { clearCredentials, CredentialFields, findEmptyField, readCredentials } from "./credential-fields.tsx";
import { DialogFrame } from "./dialog-frame.tsx";
import { Alert, Spinner, TextButton } from "./ui.tsx";

export function ReplaceKeyDialog({ account }: { account: Account }) {
  const { accounts, nav, toasts } = useStores();
  const provider = useAccounts((state) => state.providers?.find((form) => form.provider === account.provider));
  const form = useRef<HTMLFormElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ text: string; at: number } | null>(null);
  useEffect(() => void accounts.loadProviders(), [accounts]);
  const name = cleanLine(account.name);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const element = event.currentTarget;
    const empty = findEmptyField(element);
    if (empty !== null) {
      const label = provider?.fields.find((field) => empty.name.endsWith(`:${field.name}`))?.label ?? "";
      setProblem({ text: t("connect.required", { field: label }), at: Date.now() });
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await accounts.replaceKey(account.id, readCredentials(element));
      clearCredentials(form);
      nav.closeDialog();
      toasts.add({ text: t("accounts.replaced", { name }), tone: "plain" }, { timeout: 5000 });
    } catch (error) {
      setProblem({ text: errorSentence(failureOf(error)), at: Date.now() });
    } finally {
      setBusy(false);
    }
  }

  return (
    <DialogFrame title={t("accounts.replaceTitle", { name })} isBusy={isBusy} onClose={nav.closeDialog}>
      <form ref={form} className="form" autoComplete="off" noValidate onSubmit={(event) => void submit(event)}>
        {problem !== null && <Alert text={problem.text} focusKey={problem.at} />}
        {provider !== undefined && <CredentialFields provider={provider} />}
        <footer className="form-footer">
          <p className="form-promise">{t("accounts.replaceHint")}</p>
          <TextButton tone="primary" type="submit" isDisabled={isBusy || provider === undefined}>
            {isBusy && <Spinner />}
            {isBusy ? t("connect.checking") : t("accounts.replaceKey")}
          </TextButton>
        </footer>
      </form>
    </DialogFrame>
  );
}
