/**
 * The open conversation: header, messages, composer, all bound to one thread store.
 *
 * Invariant: messages, composer and panel are built anew for each conversation; only the header stays, which holds nothing
 * and does nothing but by the id of the conversation it shows.
 */
import { ChevronLeft, MessageSquareText, SearchX, TriangleAlert } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import type { Conversation, ConversationId, OutboxItem } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import { discardReply } from "../lib/discard-reply.ts";
import { errorSentence } from "../lib/error-words.ts";
import { contactTitle } from "../lib/names.ts";
import { findRow } from "../lib/page-cache.ts";
import { cancelScheduled } from "../lib/scheduled.ts";
import { replyWindowOf } from "../lib/reply-window.ts";
import { useLate } from "../lib/use-late.ts";
import { useInbox, useNav, useNow, useStores } from "../stores/context.tsx";
import type { ThreadStore } from "../stores/thread-store.ts";
import { t } from "../i18n.ts";
import { Avatar } from "./avatar.tsx";
import type { ComposerHandle } from "./composer.tsx";
import { FileDrop } from "./composer-files.tsx";
import { Composer } from "./composer.tsx";
import { ContactPanel } from "./contact-panel.tsx";
import { EmptyState } from "./empty-state.tsx";
import { MessageLog } from "./message-log.tsx";
import { ReplyWindowLine } from "./reply-window.tsx";
import { ThreadActions } from "./thread-actions.tsx";
import { IconButton, TextButton } from "./ui.tsx";
import "./thread-pane.css";

export function ThreadPane({ composerRef }: { composerRef: React.RefObject<ComposerHandle | null> }) {
  const openId = useInbox((state) => state.openId);
  // Beside an empty list there is nothing to choose, and the list has said so already.
  const isNothingThere = useInbox((state) => state.cache.total === 0);
  return (
    <section className="thread-pane" aria-label={t("thread.pane")} tabIndex={-1}>
      {openId === null ? (
        !isNothingThere && <EmptyState icon={MessageSquareText} title={t("thread.none")} hint={t("thread.noneHint")} />
      ) : (
        <OpenThread id={openId} composerRef={composerRef} />
      )}
    </section>
  );
}

function OpenThread({ id, composerRef }: { id: ConversationId; composerRef: React.RefObject<ComposerHandle | null> }) {
  const stores = useStores();
  const thread = useMemo(() => stores.threadOf(id), [stores, id]);
  const phase = useStore(thread, (state) => state.phase);
  const failure = useStore(thread, (state) => state.failure);
  const read = useStore(thread, (state) => state.conversation);
  // Its row says who it is before the thread is read.
  const row = useInbox((state) => findRow(state.cache, id));
  const conversation = read ?? row;

  useEffect(() => {
    void thread.refresh();
    return thread.leave;
  }, [thread]);
  const hasComposer = phase !== "gone" && phase !== "failed";
  useEffect(() => stores.nav.leaveComposer, [stores, id, hasComposer]);
  const title = conversation === null ? "" : contactTitle(conversation, stores.format);
  useEffect(() => {
    document.title = title === "" ? t("app.name") : t("app.titleWith", { context: title });
    return () => {
      document.title = t("app.name");
    };
  }, [title]);

  if (phase === "gone") return <EmptyState icon={SearchX} title={t("thread.gone")} action={<BackButton />} />;
  if (phase === "failed" && failure !== null) {
    return (
      <EmptyState
        icon={TriangleAlert}
        title={t("thread.failed")}
        hint={errorSentence(failure)}
        action={<TextButton onPress={() => void thread.refresh()}>{t("common.retry")}</TextButton>}
      />
    );
  }
  return (
    <>
      {conversation !== null && <ThreadHeader conversation={conversation} />}
      {read === null ? (
        <Reading key={id} />
      ) : (
        <ThreadBody key={id} thread={thread} conversation={read} composerRef={composerRef} />
      )}
    </>
  );
}

/** Only after a moment: a thread that is there in 50 ms should not flash. */
function Reading() {
  return useLate() ? <ThreadSkeleton /> : null;
}

interface BodyProps {
  readonly thread: ThreadStore;
  readonly conversation: Conversation;
  readonly composerRef: React.RefObject<ComposerHandle | null>;
}

function ThreadBody({ thread, conversation, composerRef }: BodyProps) {
  const stores = useStores();
  const { messages, outbox, coverage, hasOlder } = useStore(thread);
  const ownComposer = useRef<ComposerHandle | null>(null);
  const hasDetails = useNav((state) => state.details);
  const now = useNow();

  const complain = (error: unknown) =>
    stores.toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: 8000 });
  const retry = (item: OutboxItem) =>
    void stores.bridge
      .call("outbox.retry", { id: item.id })
      .then(() => thread.refresh())
      .catch(complain);
  const edit = (item: OutboxItem) =>
    void ownComposer.current
      ?.takeBack(() => stores.bridge.call("outbox.toDraft", { id: item.id }))
      .then(() => thread.refresh())
      .catch(complain);
  const cancel = (item: OutboxItem) => void cancelScheduled(stores, item).then(() => thread.refresh());
  const discard = (item: OutboxItem) => discardReply(stores, item.id, conversation);
  const isWhole = coverage?.complete === true && !hasOlder;
  const replyWindow = replyWindowOf(conversation.provider, messages, isWhole, now);
  const isNever = coverage?.neverFetched === true && messages.length === 0 && outbox.length === 0;

  return (
    <div className="thread-body">
      <FileDrop conversation={conversation} onFiles={(given) => ownComposer.current?.addFiles(given)}>
        {isNever ? (
          <ThreadSkeleton />
        ) : (
          <MessageLog
            thread={thread}
            conversation={conversation}
            onRetry={retry}
            onEdit={edit}
            onCancel={cancel}
            onDiscard={discard}
          />
        )}
        {replyWindow !== null && <ReplyWindowLine replyWindow={replyWindow} />}
        <Composer
          conversation={conversation}
          isShut={replyWindow?.kind === "shut"}
          onSent={() => void thread.refresh()}
          ref={(handle) => {
            ownComposer.current = handle;
            composerRef.current = handle;
          }}
        />
      </FileDrop>
      {hasDetails && <ContactPanel conversation={conversation} coverage={coverage} />}
    </div>
  );
}

function ThreadHeader({ conversation }: { conversation: Conversation }) {
  const { format } = useStores();
  const own = conversation.ownLabel ?? format.phone(conversation.ownNumber, conversation.ownNumber);
  const number = format.phone(conversation.contactNumber, conversation.ownNumber);
  const title = contactTitle(conversation, format);
  return (
    <header className="thread-header">
      <BackButton />
      <Avatar contact={conversation} />
      <div className="thread-who">
        <h2 className="thread-title" dir="auto">
          {title}
        </h2>
        <p className="thread-sub">
          {title !== number && (
            <span>
              <bdi>{number}</bdi>
            </span>
          )}
          <span>{t("thread.via", { number: own })}</span>
        </p>
      </div>
      <ThreadActions conversation={conversation} />
    </header>
  );
}

/** Shown by the style sheet only where list and thread share one pane. */
function BackButton() {
  const { inbox } = useStores();
  return (
    <IconButton className="back" label={t("thread.backToList")} icon={ChevronLeft} onPress={() => inbox.open(null)} />
  );
}

function ThreadSkeleton() {
  return (
    <div className="thread-loading" role="status" aria-label={t("thread.loading")}>
      <span className="skeleton skeleton-bubble" />
      <span className="skeleton skeleton-bubble" data-own />
      <span className="skeleton skeleton-bubble" />
      <p>{t("coverage.downloading")}</p>
    </div>
  );
}
