/** The middle pane: title, search box, progress of a first sync, then the conversations or what was found. */
import { Search, X } from "lucide-react";
import { useRef } from "react";
import { Button, Input, ProgressBar, SearchField } from "react-aria-components";
import { cleanLine } from "../lib/bidi.ts";
import { useFocusHold } from "../lib/use-focus-hold.ts";
import { useLate } from "../lib/use-late.ts";
import { firstSync } from "../lib/sync-summary.ts";
import { useAccounts, useInbox, useSearch, useStores, useSync, useTriage } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { ConversationList } from "./conversation-list.tsx";
import { InTurn } from "./in-turn.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { SearchFilters } from "./search-filters.tsx";
import { SearchHints } from "./search-head.tsx";
import { SearchResults } from "./search-results.tsx";
import "./list-pane.css";

export function ListPane({ onOpenAgain }: { onOpenAgain: () => void }) {
  const { search } = useStores();
  const showsResults = useShowsResults();
  const scope = useInbox((state) => state.scope);
  const view = useInbox((state) => state.view);
  const hasSelection = useTriage((state) => state.selected.size > 0);
  const account = useAccounts((state) => state.accounts?.find((candidate) => candidate.id === scope));
  const pane = useRef<HTMLElement>(null);
  const searching = useRef<HTMLDivElement>(null);
  useFocusHold(searching);

  const focusRow = () => pane.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
  const leave = () => {
    search.clear();
    requestAnimationFrame(focusRow);
  };

  return (
    <section
      ref={pane}
      className="list-pane"
      aria-label={account === undefined ? t("sidebar.all") : cleanLine(account.name)}
    >
      <header className="list-header">
        {hasSelection ? (
          <SelectionBar />
        ) : (
          <h2 className="list-title" dir="auto" tabIndex={-1}>
            {t(`views.${view}`)}
            {account !== undefined && <bdi className="list-scope"> {cleanLine(account.name)}</bdi>}
          </h2>
        )}
        <div ref={searching} className="list-search">
          <SearchBox
            onLeave={() => {
              // While the first answer is looked for, the rows below are not the ones that were asked for.
              if (search.getState().isAsking === showsResults) focusRow();
            }}
          />
          <InTurn>
            <SearchFilters />
          </InTurn>
        </div>
      </header>
      <FirstSync />
      {showsResults ? (
        <SearchResults onLeave={leave} />
      ) : (
        <>
          <SearchHints />
          <ConversationList onOpenAgain={onOpenAgain} />
        </>
      )}
    </section>
  );
}

/** By itself, so that a letter draws the box anew and nothing around it. */
function SearchBox({ onLeave }: { onLeave: () => void }) {
  const { search } = useStores();
  const query = useSearch((state) => state.query);
  return (
    <SearchField
      className="search"
      aria-label={t("search.label")}
      value={query}
      onChange={search.setQuery}
      onKeyDown={(event) => {
        // The keys of an input method are about the word it makes.
        if (event.nativeEvent.isComposing) event.continuePropagation();
        else if (event.key === "Escape" && query === "") onLeave();
        else if (event.key === "ArrowDown") onLeave();
        else event.continuePropagation();
      }}
    >
      <Search aria-hidden size="1.077rem" strokeWidth={2} className="search-icon" />
      <Input className="search-input" placeholder={t("search.placeholder")} />
      {query !== "" && (
        <Button className="search-clear" aria-label={t("search.clear")}>
          <X aria-hidden size="1.077rem" />
        </Button>
      )}
    </SearchField>
  );
}

/** The list stays until there is an answer: between the two stands nothing to see, unless the answer takes long. */
function useShowsResults(): boolean {
  const isAsking = useSearch((state) => state.isAsking);
  const isAnswered = useSearch((state) => state.answered !== null);
  const isLate = useLate(isAsking && !isAnswered);
  return isAsking && (isAnswered || isLate);
}

function FirstSync() {
  const { format } = useStores();
  const statuses = useSync((state) => state.statuses);
  const progress = firstSync(statuses);
  if (progress === null) return null;
  const done = format.count(progress.done);
  const words =
    progress.total === null
      ? t("firstSync.soFar", { done })
      : t("firstSync.of", { done, total: format.count(Math.max(progress.total, progress.done)) });
  return (
    <ProgressBar
      className="first-sync"
      aria-label={t("firstSync.label")}
      valueLabel={words}
      {...(progress.total === null
        ? { isIndeterminate: true }
        : { value: progress.done, maxValue: Math.max(progress.total, progress.done, 1) })}
    >
      {({ percentage, isIndeterminate }) => (
        <>
          <p className="first-sync-words">
            <span>{t("firstSync.title")}</span>
            <span className="first-sync-count">{words}</span>
          </p>
          <div className="first-sync-track" data-indeterminate={isIndeterminate}>
            <div className="first-sync-fill" style={isIndeterminate ? {} : { width: `${percentage ?? 0}%` }} />
          </div>
        </>
      )}
    </ProgressBar>
  );
}
