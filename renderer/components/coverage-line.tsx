/** What this device holds of the thread and how fresh that is; stands above the oldest loaded message. */
import type { Coverage } from "../../shared/domain.ts";
import { useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { Spinner } from "./ui.tsx";

interface Props {
  readonly coverage: Coverage | null;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
}

export function CoverageLine({ coverage, hasOlder, loadingOlder }: Props) {
  const { format } = useStores();
  if (hasOlder || loadingOlder || coverage === null) {
    return <p className="coverage">{loadingOlder && <Spinner />}</p>;
  }
  return <p className="coverage">{words()}</p>;

  function words(): string {
    if (coverage!.complete && coverage!.checkedAt !== null) {
      return t("coverage.complete", { time: format.paddedTime(coverage!.checkedAt) });
    }
    return coverage!.neverFetched ? t("coverage.downloading") : t("coverage.partial");
  }
}
