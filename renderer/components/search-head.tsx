/**
 * Around the results: above them how many there are and what was not understood, below them what cannot be found
 * because it is not here.
 *
 * Invariant: what comes later than the results (the holes) moves none of them, so it stands at their end.
 */
import { t } from "../i18n.ts";
import { useSearch, useStores } from "../stores/context.tsx";
import { Spinner, TextButton } from "./ui.tsx";
import "./search-head.css";

/** Counted up to here; beyond it the number says nothing more. */
const MAX_COUNTED = 10_000;

export function SearchHead() {
  const count = useSearch(({ results }) => results.length);
  const hasMore = useSearch((state) => state.hasMore);
  const isGoingOn = useSearch((state) => state.isGoingOn);
  // Not before the pause that makes the list whole: until then a number would only say how much is asked for.
  const isCounted = useSearch((state) => state.isWhole || state.isGoingOn);
  const { format } = useStores();
  return (
    <div className="search-head">
      <p className="list-count" aria-live="polite">
        {isCounted && (hasMore ? t("search.countMore", { shown: format.count(count) }) : t("search.count", { count }))}
        {isGoingOn && (
          <>
            {" · "}
            <Spinner /> {t("search.further")}
          </>
        )}
      </p>
      <SearchHints />
    </div>
  );
}

/** One line: the first thing that was not understood. */
export function SearchHints() {
  const hints = useSearch((state) => state.hints);
  const [hint] = hints;
  if (hint === undefined) return null;
  return (
    <p className="search-hint" role="status">
      {t(`search.hint.${hint.kind}`, { filter: hint.filter, value: hint.value })}
    </p>
  );
}

/** What no words can find here. */
export function SearchHoles() {
  const { search, format } = useStores();
  const holes = useSearch((state) => state.holes);
  const download = useSearch((state) => state.download);
  if (holes === null || holes.removed + holes.incomplete === 0) return null;
  const shown = (count: number) => `${format.count(count)}${count >= MAX_COUNTED ? "+" : ""}`;
  const { removed, incomplete } = holes;
  return (
    <div className="search-holes">
      <p>
        {[
          ...(removed === 0 ? [] : [t("search.removed", { count: removed, shown: shown(removed) })]),
          ...(incomplete === 0 ? [] : [t("search.incomplete", { count: incomplete, shown: shown(incomplete) })]),
        ].join(" · ")}
      </p>
      {incomplete > 0 &&
        (download === "asked" ? (
          <p className="search-download" role="status">
            <Spinner /> {t("search.downloading")}
          </p>
        ) : (
          <TextButton tone="quiet" onPress={() => void search.download()}>
            {t("search.download")}
          </TextButton>
        ))}
      {download === "failed" && <p role="alert">{t("search.downloadFailed")}</p>}
    </div>
  );
}
