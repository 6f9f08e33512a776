/** The middle pane: title, search box, progress of a first sync, then the conversations or what was found. */
import { Search, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button, Input, ProgressBar, SearchField } from "react-aria-components";
import { cleanLine } from "../lib/bidi.ts";
import { firstSync } from "../lib/sync-summary.ts";
import { useAccounts, useInbox, useSearch, useStores, useSync } from "../stores/context.tsx";
import { strings } from "../strings.ts";
import { ConversationList } from "./conversation-list.tsx";
import { SearchResults } from "./search-results.tsx";
import "./list-pane.css";

export function ListPane({ onOpenAgain }: { onOpenAgain: () => void }) {
  const { search, nav } = useStores();
  const scope = useInbox((state) => state.scope);
  const account = useAccounts((state) => state.accounts?.find((candidate) => candidate.id === scope));
  const query = useSearch((state) => state.query);
  const pane = useRef<HTMLElement>(null);
  const box = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isFind =
        event.key.toLowerCase() === "f" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey;
      const isSlash = event.key === "/" && !event.metaKey && !event.ctrlKey && !event.altKey && !isTyping(event.target);
      if ((!isFind && !isSlash) || nav.getState().dialog !== null) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [nav]);

  const focusRow = () => pane.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
  const leave = () => {
    search.clear();
    requestAnimationFrame(focusRow);
  };

  return (
    <section
      ref={pane}
      className="list-pane"
      aria-label={account === undefined ? strings.sidebar.all : cleanLine(account.name)}
    >
      <header className="list-header">
        <h2 className="list-title" dir="auto">
          {account === undefined ? strings.sidebar.all : cleanLine(account.name)}
        </h2>
        <SearchField
          className="search"
          aria-label={strings.search.label}
          value={query}
          onChange={search.setQuery}
          onKeyDown={(event) => {
            if (event.key === "Escape" && query === "") focusRow();
            else if (event.key === "ArrowDown") focusRow();
            else event.continuePropagation();
          }}
        >
          <Search aria-hidden size="1.077rem" strokeWidth={2} className="search-icon" />
          <Input ref={box} className="search-input" placeholder={strings.search.placeholder} />
          {query !== "" && (
            <Button className="search-clear" aria-label={strings.search.clear}>
              <X aria-hidden size="1.077rem" />
            </Button>
          )}
        </SearchField>
      </header>
      <FirstSync />
      {query.trim() === "" ? <ConversationList onOpenAgain={onOpenAgain} /> : <SearchResults onLeave={leave} />}
    </section>
  );
}

function isTyping(element: EventTarget | null): boolean {
  return element instanceof HTMLElement && element.matches("input, textarea, select, [contenteditable]");
}

function FirstSync() {
  const { format } = useStores();
  const statuses = useSync((state) => state.statuses);
  const progress = firstSync(statuses);
  if (progress === null) return null;
  const done = format.count(progress.done);
  const words =
    progress.total === null
      ? strings.firstSync.soFar(done)
      : strings.firstSync.of(done, format.count(Math.max(progress.total, progress.done)));
  return (
    <ProgressBar
      className="first-sync"
      aria-label={strings.firstSync.label}
      valueLabel={words}
      {...(progress.total === null
        ? { isIndeterminate: true }
        : { value: progress.done, maxValue: Math.max(progress.total, progress.done, 1) })}
    >
      {({ percentage, isIndeterminate }) => (
        <>
          <p className="first-sync-words">
            <span>{strings.firstSync.title}</span>
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
