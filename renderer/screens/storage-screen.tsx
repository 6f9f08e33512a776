/** "Sync & storage": what is held of each account, re-check, rebuild (with time to take it back), retention. */
import { HardDrive } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Account } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import type { StorageReport } from "../../shared/storage.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { Page } from "../components/page.tsx";
import { StorageCard } from "../components/storage-card.tsx";
import { TextButton } from "../components/ui.tsx";
import { errorSentence } from "../lib/error-words.ts";
import { cleanLine } from "../lib/bidi.ts";
import { byteSize } from "../lib/byte-size.ts";
import type { Format } from "../lib/format.ts";
import { visibleAccounts } from "../stores/accounts-store.ts";
import { useAccounts, useStores } from "../stores/context.tsx";
import { createStorageStore } from "../stores/storage-store.ts";
import { t } from "../i18n.ts";
import "./storage-screen.css";

const UNDO_MS = 6_000;

export function StorageScreen() {
  const { bridge, toasts, format } = useStores();
  const [storage] = useState(() => createStorageStore(bridge));
  const { report, failure, pending } = useStore(storage);
  const accounts = visibleAccounts(useAccounts((state) => state));
  useEffect(() => storage.watch(), [storage]);

  const complain = (error: unknown) =>
    toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: 8_000 });
  const say = (text: string) => toasts.add({ text, tone: "plain" }, { timeout: 4_000 });

  async function recheck(account: Account): Promise<void> {
    try {
      await storage.recheck(account.id);
      say(t("storage.rechecking", { name: cleanLine(account.name) }));
    } catch (error) {
      complain(error);
    }
  }

  async function setRetention(account: Account, days: number | null): Promise<void> {
    try {
      await storage.setRetention(account.id, days);
      say(days === null ? t("storage.retention.cleared") : t("storage.retention.saved"));
    } catch (error) {
      complain(error);
    }
  }

  function rebuild({ id, name }: Account): void {
    storage.prepareRebuild(id);
    toasts.add(
      {
        text: t("storage.rebuilding", { name: cleanLine(name) }),
        tone: "plain",
        action: { label: t("common.undo"), run: () => storage.undoRebuild(id) },
      },
      { timeout: UNDO_MS, onClose: () => void storage.commitRebuild(id).catch(complain) },
    );
  }

  return (
    <Page
      title={t("storage.title")}
      intro={
        <>
          <p>{t("storage.intro")}</p>
          {report !== null && <p className="storage-note">{diskWords(report, format)}</p>}
        </>
      }
    >
      {report === null && failure === null && <p role="status">{t("storage.loading")}</p>}
      {failure !== null && (
        <EmptyState
          icon={HardDrive}
          title={t("storage.failed")}
          hint={errorSentence(failure)}
          action={<TextButton onPress={() => void storage.load()}>{t("common.retry")}</TextButton>}
        />
      )}
      <ul className="page-list">
        {report?.accounts.map((one) => {
          const account = accounts.find(({ id }) => id === one.accountId);
          return account === undefined ? null : (
            <StorageCard
              key={account.id}
              account={account}
              storage={one}
              isPending={pending.has(account.id)}
              onRecheck={() => void recheck(account)}
              onRebuild={() => rebuild(account)}
              onRetention={(days) => void setRetention(account, days)}
            />
          );
        })}
      </ul>
    </Page>
  );
}

function diskWords({ files, purgePending, lastPurgeAt }: StorageReport, format: Format): string {
  const size = (bytes: number) => byteSize(bytes, format.count);
  const where =
    files === null
      ? t("storage.noFiles")
      : t("storage.size", {
          total: size(files.databaseBytes + files.walBytes),
          database: size(files.databaseBytes),
          journal: size(files.walBytes),
        });
  const last =
    lastPurgeAt === null ? t("storage.neverPurged") : t("storage.purged", { at: format.moment(lastPurgeAt) });
  return `${where} ${purgePending ? t("storage.purging") : last}`;
}
