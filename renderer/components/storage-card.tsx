/** One account in "Sync & storage": how much is held, what is missing, and what may be done. Props in, calls out. */
import { Hammer, ScanSearch } from "lucide-react";
import type { ReactNode } from "react";
import type { Account } from "../../shared/domain.ts";
import type { AccountStorage } from "../../shared/storage.ts";
import { cleanLine } from "../lib/bidi.ts";
import type { Format } from "../lib/format.ts";
import { useStores } from "../stores/context.tsx";
import { storageStrings as strings } from "../storage-strings.ts";
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
    <li className="storage-card">
      <h2 dir="auto">{name}</h2>
      <dl className="storage-facts">
        <Fact label={strings.facts.lastPass}>
          {storage.lastCompletedAt === null ? strings.never : format.moment(storage.lastCompletedAt)}
        </Fact>
        <Fact label={strings.facts.sweep}>{sweepWords(storage, format)}</Fact>
        <Fact label={strings.facts.conversations}>{format.count(storage.conversations)}</Fact>
        <Fact label={strings.facts.threads}>
          {strings.ofThreads(format.count(threads.complete), format.count(storage.conversations))}
        </Fact>
        <Fact label={strings.facts.messages}>{format.count(storage.messages)}</Fact>
        <Fact label={strings.facts.gaps}>{gapWords(storage, format)}</Fact>
        {threads.recheck > 0 && <Fact label={strings.facts.recheck}>{format.count(threads.recheck)}</Fact>}
        {storage.keptWords > 0 && (
          <Fact label={strings.facts.kept}>{strings.kept(storage.keptWords, format.count(storage.keptWords))}</Fact>
        )}
      </dl>
      <RetentionForm key={retention.typedDays} name={name} retention={retention} onSet={onRetention} />
      <QuarantineList name={name} quarantined={quarantined} />
      <div className="storage-actions">
        <TextButton aria-label={strings.recheckOf(name)} isDisabled={isIdle} onPress={onRecheck}>
          <ScanSearch aria-hidden size="1.077rem" /> {strings.recheck}
        </TextButton>
        <TextButton tone="danger" aria-label={strings.rebuildOf(name)} isDisabled={isIdle} onPress={onRebuild}>
          <Hammer aria-hidden size="1.077rem" /> {strings.rebuild}
        </TextButton>
        {isIdle && <p className="storage-note">{isPending ? strings.rebuildPending : strings.needsAccount}</p>}
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
    return strings.sweepRunning(format.count(sweep.running.seen), format.count(conversations));
  }
  return sweep.completedAt === null ? strings.never : strings.sweepDone(format.moment(sweep.completedAt));
}

function gapWords({ threads }: AccountStorage, format: Format): string {
  const gaps = [
    [threads.behind, strings.behind],
    [threads.partial, strings.incomplete],
    [threads.neverFetched, strings.notFetched],
  ] as const;
  const words = gaps.filter(([count]) => count > 0).map(([count, say]) => say(count, format.count(count)));
  return words.length === 0 ? strings.noGaps : words.join(", ");
}
