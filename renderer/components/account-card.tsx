/** One account in the accounts screen; renaming happens in place. Props in, calls out. */
import { CircleAlert, CircleCheck, KeyRound, Pencil, Unplug } from "lucide-react";
import type { FormEvent } from "react";
import { useEffect, useRef, useState } from "react";
import { Input, TextField } from "react-aria-components";
import type { Account } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import { errorSentence } from "../lib/error-words.ts";
import { cleanLine } from "../lib/bidi.ts";
import { t } from "../i18n.ts";
import { PROVIDER_LABELS } from "../lib/provider-labels.ts";
import { missingScopeWords } from "../lib/sync-summary.ts";
import { ProviderFacts } from "./provider-facts.tsx";
import { Alert, IconButton, TextButton } from "./ui.tsx";

interface Props {
  readonly account: Account;
  readonly onRename: (name: string) => Promise<void>;
  readonly onReplaceKey: () => void;
  readonly onDisconnect: () => void;
}

export function AccountCard({ account, onRename, onReplaceKey, onDisconnect }: Props) {
  const [isRenaming, setRenaming] = useState(false);
  const rename = useRef<HTMLButtonElement>(null);
  const wasRenaming = useRef(false);
  // The form took the button's place: the keyboard goes back to where it was.
  useEffect(() => {
    if (wasRenaming.current && !isRenaming) rename.current?.focus();
    wasRenaming.current = isRenaming;
  }, [isRenaming]);
  const name = cleanLine(account.name);
  const isGone = account.state === "removing";
  return (
    <li className="card">
      <div className="account-main">
        <span className="account-initial" aria-hidden>
          {(name.match(/\p{L}|\p{N}/u)?.[0] ?? "•").toLocaleUpperCase()}
        </span>
        <div className="account-text">
          {isRenaming ? (
            <RenameForm name={name} onRename={onRename} onDone={() => setRenaming(false)} />
          ) : (
            <div className="account-name">
              <h2 dir="auto">{name}</h2>
              <IconButton
                ref={rename}
                label={t("accounts.renameOf", { name })}
                icon={Pencil}
                isDisabled={isGone}
                onPress={() => setRenaming(true)}
              />
            </div>
          )}
          <p className="account-facts">
            <span>{account.isSample ? t("accounts.sample") : PROVIDER_LABELS[account.provider]}</span>
            <span>{account.keyHint === null ? t("accounts.noKey") : t("accounts.key", { hint: account.keyHint })}</span>
            <bdi>{account.baseUrl}</bdi>
          </p>
        </div>
      </div>
      <AccountStateLine account={account} />
      <ProviderFacts provider={account.provider} label={PROVIDER_LABELS[account.provider]} />
      <div className="account-actions">
        {!account.isSample && (
          <TextButton aria-label={t("accounts.replaceKeyOf", { name })} isDisabled={isGone} onPress={onReplaceKey}>
            <KeyRound aria-hidden size="1.077rem" /> {t("accounts.replaceKey")}
          </TextButton>
        )}
        <TextButton
          tone="danger"
          aria-label={t("accounts.disconnectOf", { name })}
          isDisabled={isGone}
          onPress={onDisconnect}
        >
          <Unplug aria-hidden size="1.077rem" /> {t("accounts.disconnect")}
        </TextButton>
      </div>
    </li>
  );
}

function AccountStateLine({ account }: { account: Account }) {
  const isOk = account.state === "ok";
  const needsHelp = account.state === "needs_key" || account.state === "missing_scope";
  const Icon = isOk ? CircleCheck : CircleAlert;
  return (
    <p className="account-state" data-tone={isOk ? "calm" : needsHelp ? "alert" : "muted"}>
      <Icon aria-hidden size="1.077rem" />
      <span>
        {account.state === "missing_scope"
          ? missingScopeWords(account.missingScope)
          : t(`accounts.state.${account.state}`)}
      </span>
    </p>
  );
}

function RenameForm({
  name,
  onRename,
  onDone,
}: {
  name: string;
  onRename: (name: string) => Promise<void>;
  onDone: () => void;
}) {
  const [typed, setTyped] = useState(name);
  const [problem, setProblem] = useState<string | null>(null);
  const isSaving = useRef(false);

  async function save(event?: FormEvent): Promise<void> {
    event?.preventDefault();
    const wanted = typed.trim();
    if (isSaving.current) return;
    if (wanted === "" || wanted === name) {
      onDone();
      return;
    }
    isSaving.current = true;
    try {
      await onRename(wanted);
      onDone();
    } catch (error) {
      setProblem(errorSentence(failureOf(error)));
    } finally {
      isSaving.current = false;
    }
  }

  return (
    <form className="account-rename" onSubmit={(event) => void save(event)}>
      <TextField
        aria-label={t("accounts.renameField")}
        value={typed}
        onChange={setTyped}
        maxLength={80}
        autoFocus
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.nativeEvent.isComposing) onDone();
          else event.continuePropagation();
        }}
      >
        <Input className="input" dir="auto" onFocus={(event) => event.target.select()} />
      </TextField>
      <TextButton type="submit" tone="primary">
        {t("common.save")}
      </TextButton>
      <TextButton onPress={onDone}>{t("common.cancel")}</TextButton>
      {problem !== null && <Alert text={problem} focusKey={problem} />}
    </form>
  );
}
