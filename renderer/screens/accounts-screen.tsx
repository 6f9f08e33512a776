/** Accounts: what is connected, how it stands, rename, replace the key, disconnect (with time to take it back). */
import { Plus } from "lucide-react";
import type { Account } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import { AccountCard } from "../components/account-card.tsx";
import { Page } from "../components/page.tsx";
import { TextButton } from "../components/ui.tsx";
import { errorSentence } from "../lib/error-words.ts";
import { cleanLine } from "../lib/bidi.ts";
import { visibleAccounts } from "../stores/accounts-store.ts";
import { useAccounts, useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import "./accounts-screen.css";

const UNDO_MS = 6_000;

export function AccountsScreen() {
  const { accounts: store, nav, toasts } = useStores();
  const accounts = visibleAccounts(useAccounts((state) => state));

  const complain = (error: unknown) =>
    toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: 8_000 });

  function disconnect(account: Account): void {
    store.prepareDisconnect(account.id);
    toasts.add(
      {
        text: t("accounts.disconnected", { name: cleanLine(account.name) }),
        tone: "plain",
        action: { label: t("common.undo"), run: () => store.undoDisconnect(account.id) },
      },
      { timeout: UNDO_MS, onClose: () => void store.commitDisconnect(account.id).catch(complain) },
    );
  }

  return (
    <Page
      title={t("accounts.title")}
      intro={<p>{t("accounts.intro")}</p>}
      action={
        <TextButton tone="primary" onPress={() => nav.openDialog({ kind: "connect" })}>
          <Plus aria-hidden size="1.231rem" /> {t("accounts.connect")}
        </TextButton>
      }
    >
      <ul className="page-list">
        {accounts.map((account) => (
          <AccountCard
            key={account.id}
            account={account}
            onRename={(name) => store.rename(account.id, name).then(() => undefined)}
            onReplaceKey={() => nav.openDialog({ kind: "replace_key", id: account.id })}
            onDisconnect={() => disconnect(account)}
          />
        ))}
      </ul>
    </Page>
  );
}
