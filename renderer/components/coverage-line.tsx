/** What this device holds of the thread and how fresh that is; stands above the oldest loaded message. */
import type { Coverage } from "../../shared/domain.ts";
import { useStores } from "../stores/context.tsx";
import { strings } from "../strings.ts";
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
      return strings.coverage.complete(format.paddedTime(coverage!.checkedAt));
    }
    return coverage!.neverFetched ? strings.coverage.downloading : strings.coverage.partial;
  }
}
