/** The listbox "Search results": one option per hit, with the found words marked in the snippet. */
import { SearchX } from "lucide-react";
import { memo } from "react";
import { errorSentence } from "../lib/error-words.ts";
import { cleanLine } from "../lib/bidi.ts";
import { markedParts } from "../lib/marks.ts";
import { contactTitle } from "../lib/names.ts";
import { useInbox, useNow, useSearch, useStores } from "../stores/context.tsx";
import type { SearchResult } from "../stores/search-store.ts";
import { t } from "../i18n.ts";
import { Avatar } from "./avatar.tsx";
import type { RowPlace } from "./conversation-row.tsx";
import { EmptyState } from "./empty-state.tsx";
import { SearchHead, SearchHoles } from "./search-head.tsx";
import { VirtualListbox } from "./virtual-listbox.tsx";

const ROW_HEIGHT = 64;
/** So near to the end of the list, more of it is asked for. */
const NEAR_ROWS = 15;
const QUARTER_MS = 15 * 60_000;

export function SearchResults({ onLeave }: { onLeave: () => void }) {
  const { search, inbox, threadOf } = useStores();
  // Not the query: a key that is answered later changes nothing here yet.
  const answered = useSearch((state) => state.answered);
  const results = useSearch((state) => state.results);
  const isGoingOn = useSearch((state) => state.isGoingOn);
  const activeIndex = useSearch((state) => state.activeIndex);
  const failure = useSearch((state) => state.failure);

  if (failure !== null) return <EmptyState icon={SearchX} title={errorSentence(failure)} />;
  if (answered === null) return <p className="list-count">{t("search.searching")}</p>;
  if (results.length === 0) {
    return (
      <>
        <SearchHead />
        <div className="search-none">
          {!isGoingOn && (
            <EmptyState icon={SearchX} title={t("search.none", { query: answered })} hint={t("search.noneHint")} />
          )}
        </div>
        <SearchHoles />
      </>
    );
  }
  return (
    <>
      <SearchHead />
      <VirtualListbox
        label={t("search.results")}
        length={results.length}
        activeIndex={Math.min(activeIndex, results.length - 1)}
        rowHeight={ROW_HEIGHT}
        resetKey={answered}
        onRange={(_first, last) => {
          if (last >= results.length - NEAR_ROWS) search.more();
        }}
        onActive={search.setActive}
        onOpen={(index) => {
          const result = results[index];
          if (result === undefined) return;
          inbox.open(result.conversation.id);
          // A hit in the thread is shown where it stands.
          if (result.message !== null) void threadOf(result.conversation.id).showMessage(result.message);
        }}
        onEscape={() => {
          onLeave();
          return true;
        }}
        renderRow={(index) => {
          const result = results[index]!;
          return <ResultRow index={index} total={results.length} isActive={index === activeIndex} result={result} />;
        }}
      />
      <SearchHoles />
    </>
  );
}

const ResultRow = memo(function ResultRow({
  result,
  index,
  total,
  isActive,
}: Pick<RowPlace, "index" | "total" | "isActive"> & { result: SearchResult }) {
  const { format } = useStores();
  const now = useNow(QUARTER_MS);
  const isOpen = useInbox((state) => state.openId === result.conversation.id);
  const { conversation, message, snippet, marks } = result;
  const at = message?.createdAt ?? conversation.lastMessageAt;
  const contact = contactTitle(conversation, format);
  const time = format.listTime(at, now);
  const words = cleanLine(snippet);
  const spoken = message?.direction === "outbound" ? t("list.you", { preview: words }) : words;
  return (
    <div
      role="option"
      aria-label={[contact, time, spoken].filter((part) => part !== "").join(t("common.separator"))}
      aria-selected={isOpen}
      aria-setsize={total}
      aria-posinset={index + 1}
      data-index={index}
      tabIndex={isActive ? 0 : -1}
      className="row"
    >
      <span className="row-unread" />
      <Avatar contact={conversation} />
      <span className="row-text">
        <span className="row-top">
          <bdi className="row-contact">{contact}</bdi> <time className="row-time">{time}</time>{" "}
        </span>
        <span className="row-bottom">
          <span className="row-preview" dir="auto">
            {message?.direction === "outbound" && t("list.you", { preview: "" })}
            {markedParts(snippet, marks).map((part, place) =>
              part.isMarked ? <mark key={place}>{part.text}</mark> : <span key={place}>{part.text}</span>,
            )}
          </span>
        </span>
      </span>
    </div>
  );
});
