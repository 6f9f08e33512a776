/** What this device holds of the thread and how fresh that is; stands above the oldest loaded message. */
import { CAPABILITIES } from "../../shared/capabilities.ts";
import type { Conversation, Coverage } from "../../shared/domain.ts";
import { t } from "../i18n.ts";
import { PROVIDER_LABELS } from "../lib/provider-labels.ts";
import { useNow, useStores } from "../stores/context.tsx";
import type { ThreadStore } from "../stores/thread-store.ts";
import { MissingMessages } from "./missing-messages.tsx";
import { Spinner } from "./ui.tsx";

interface Props {
  readonly thread: ThreadStore;
  readonly conversation: Conversation;
  readonly coverage: Coverage | null;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
}

export function CoverageLine({ thread, conversation, coverage, hasOlder, loadingOlder }: Props) {
  const { format } = useStores();
  const now = useNow();
  if (hasOlder || loadingOlder || coverage === null) {
    return <p className="coverage">{loadingOlder && <Spinner />}</p>;
  }
  const { gap, complete, checkedAt, oldestAt, neverFetched } = coverage;
  if (gap !== null && gap.after === null) {
    return <MissingMessages thread={thread} conversation={conversation} gap={gap} />;
  }
  // Where it never says so, a text that stands here may be gone there: nothing missing is shown as nothing.
  const isSilent = !CAPABILITIES[conversation.provider].redaction;
  const provider = PROVIDER_LABELS[conversation.provider];
  return (
    <p className="coverage">
      {words()}
      {isSilent && <span className="coverage-note">{t("coverage.noSign", { provider })}</span>}
    </p>
  );

  function words(): string {
    if (complete && checkedAt !== null) {
      const time = format.paddedTime(checkedAt);
      return oldestAt === null
        ? t("timeline.completeEmpty", { time })
        : t("timeline.complete", { date: format.date(oldestAt, now), time });
    }
    return neverFetched ? t("coverage.downloading") : t("coverage.partial");
  }
}
