/** One account in "Sync & storage": how much is held, what is missing, and what may be done. Props in, calls out. */
import { Hammer, ScanSearch } from "lucide-react";
import type { ReactNode } from "react";
import type { Account } from "../../shared/domain.ts";
import type { AccountStorage } from "../../shared/storage.ts";
import { cleanLine } from "../lib/bidi.ts";
import { byteSize } from "../lib/byte-size.ts";
import type { Format } from "../lib/format.ts";
import { useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { QuarantineList } from "./quarantine-list.tsx";
import { RetentionForm } from "./retention-form.tsx";
import { TextButton } from "./ui.tsx";

interface Props {
  readonly account: Account;
  readonly storage: AccountStorage;
  /** A rebuild was asked for and may still be taken back. */
  readonly isPending: boolean;
  readonly onRecheck: () => void;
  readonly onRebuild: () => void;
  readonly onRetention: (days: number | null) => void;
}

export function StorageCard({ account, storage, isPending, onRecheck, onRebuild, onRetention }: Props) {
  const { format } = useStores();
  const name = cleanLine(account.name);
  const isIdle = account.state !== "ok" || isPending;
  const { threads, quarantined, retention } = storage;
  return (
    <li className="card storage-card">
      <h2 dir="auto">{name}</h2>
      <dl className="storage-facts">
        <Fact label={t("storage.facts.lastPass")}>
          {storage.lastCompletedAt === null ? t("storage.never") : format.moment(storage.lastCompletedAt)}
        </Fact>
        <Fact label={t("storage.facts.sweep")}>{sweepWords(storage, format)}</Fact>
        <Fact label={t("storage.facts.conversations")}>{format.count(storage.conversations)}</Fact>
        <Fact label={t("storage.facts.threads")}>
          {t("storage.ofThreads", { held: format.count(threads.complete), total: format.count(storage.conversations) })}
        </Fact>
        <Fact label={t("storage.facts.messages")}>{format.count(storage.messages)}</Fact>
        <Fact label={t("storage.facts.gaps")}>{gapWords(storage)}</Fact>
        {threads.recheck > 0 && <Fact label={t("storage.facts.recheck")}>{format.count(threads.recheck)}</Fact>}
        {storage.unsentFiles.count > 0 && (
          <Fact label={t("storage.facts.files")}>
            {t("storage.unsentFiles", {
              number: format.count(storage.unsentFiles.count),
              size: byteSize(storage.unsentFiles.bytes, format.count),
            })}
          </Fact>
        )}
        {storage.keptWords > 0 && (
          <Fact label={t("storage.facts.kept")}>{t("storage.kept", { count: storage.keptWords })}</Fact>
        )}
      </dl>
      <RetentionForm name={name} retention={retention} onSet={onRetention} />
      <QuarantineList name={name} quarantined={quarantined} />
      <div className="storage-actions">
        <TextButton aria-label={t("storage.recheckOf", { name })} isDisabled={isIdle} onPress={onRecheck}>
          <ScanSearch aria-hidden size="1.077rem" /> {t("storage.recheck")}
        </TextButton>
        <TextButton tone="danger" aria-label={t("storage.rebuildOf", { name })} isDisabled={isIdle} onPress={onRebuild}>
          <Hammer aria-hidden size="1.077rem" /> {t("storage.rebuild")}
        </TextButton>
        {isIdle && (
          <p className="storage-note">{isPending ? t("storage.rebuildPending") : t("storage.needsAccount")}</p>
        )}
      </div>
    </li>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}

function sweepWords({ sweep, conversations }: AccountStorage, format: Format): string {
  if (sweep.running !== null) {
    return t("storage.sweepRunning", { seen: format.count(sweep.running.seen), total: format.count(conversations) });
  }
  return sweep.completedAt === null
    ? t("storage.never")
    : t("storage.sweepDone", { time: format.moment(sweep.completedAt) });
}

function gapWords({ threads }: AccountStorage): string {
  const gaps = [
    [threads.behind, "storage.behind"],
    [threads.partial, "storage.incomplete"],
    [threads.neverFetched, "storage.notFetched"],
  ] as const;
  const words = gaps.filter(([count]) => count > 0).map(([count, key]) => t(key, { count }));
  return words.length === 0 ? t("storage.noGaps") : words.join(t("common.separator"));
}
