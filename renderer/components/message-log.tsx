/**
 * The log "Messages": the loaded run of a thread, drawn only where it is seen.
 *
 * Opens at the newest message, loads older ones when scrolled near the top with the position kept, follows the
 * bottom while the reader is there and never pulls them down from elsewhere. New inbound messages are spoken
 * through a polite live region; the log itself is not live, since scrolling mounts old messages.
 */
import { ArrowDown } from "lucide-react";
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button } from "react-aria-components";
import type { VirtualizerHandle } from "virtua";
import { Virtualizer } from "virtua";
import { useStore } from "zustand";
import type { Conversation, MessageId, OutboxItem } from "../../shared/domain.ts";
import { contactTitle } from "../lib/names.ts";
import { picturesOf } from "../lib/pictures.ts";
import { isInField } from "../lib/places.ts";
import type { ThreadItem } from "../lib/thread-items.ts";
import { threadItems } from "../lib/thread-items.ts";
import { useNow, useOutbox, useStores } from "../stores/context.tsx";
import type { ThreadStore } from "../stores/thread-store.ts";
import { t } from "../i18n.ts";
import { Announcer } from "./announcer.tsx";
import { CoverageLine } from "./coverage-line.tsx";
import { MessageBubble } from "./message-bubble.tsx";
import { OptOutAsk } from "./opt-out-ask.tsx";
import { MissingMessages } from "./missing-messages.tsx";
import { OutboxBubble } from "./outbox-bubble.tsx";
import { PictureViewer } from "./picture-viewer.tsx";
import "./message-log.css";

/** Distances in pixels: this close to the end counts as being there, this close to the top loads more. */
const AT_END = 48;
const NEAR_TOP = 600;

interface Props {
  readonly thread: ThreadStore;
  readonly conversation: Conversation;
  readonly onEdit: (item: OutboxItem) => void;
  readonly onRetry: (item: OutboxItem) => void;
  readonly onCancel: (item: OutboxItem) => void;
  readonly onDiscard: (item: OutboxItem) => void;
}

export function MessageLog({ thread, conversation, onEdit, onRetry, onCancel, onDiscard }: Props) {
  const { format } = useStores();
  const now = useNow();
  const {
    messages,
    outbox: waiting,
    coverage,
    hasOlder,
    loadingOlder,
    prepends,
    unreadSince,
    target,
  } = useStore(thread);
  const leaving = useOutbox((state) => state.leaving);
  const outbox = useMemo(() => waiting.filter(({ id }) => !leaving.has(id)), [waiting, leaving]);
  const gap = coverage?.gap ?? null;
  const items = useMemo(
    () => threadItems(messages, outbox, format, { unreadSince, gap }),
    [messages, outbox, format, unreadSince, gap],
  );
  const contact = contactTitle(conversation, format);
  const pictures = useMemo(() => picturesOf(messages, contact, format), [messages, contact, format]);

  const virtualizer = useRef<VirtualizerHandle>(null);
  const log = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [isAway, setAway] = useState(false);
  const seenPrepends = useRef(prepends);
  // virtua keeps the distance to the end for exactly the render in which items came in front
  const isShift = seenPrepends.current !== prepends;

  /** The newest message that was seen at the end: what comes after it is counted. */
  const [seenLast, setSeenLast] = useState(messages.at(-1)?.id ?? null);
  const lastId = messages.at(-1)?.id ?? null;
  const lastOutbox = outbox.at(-1)?.id ?? 0;
  useLayoutEffect(() => {
    if (follows.current) setSeenLast(lastId);
  }, [lastId, isAway]);

  /** The beginning of the unread is held where it was put: pictures that come in later grow under it, not over it. */
  const isHeld = useRef(false);
  useLayoutEffect(() => {
    isHeld.current = false;
  }, [lastId, lastOutbox, target]);
  useEffect(() => {
    const box = log.current;
    const letGo = () => {
      isHeld.current = false;
    };
    for (const kind of ["wheel", "pointerdown", "keydown"]) box?.addEventListener(kind, letGo, { passive: true });
    return () => {
      for (const kind of ["wheel", "pointerdown", "keydown"]) box?.removeEventListener(kind, letGo);
    };
  }, []);

  // Opened with unread messages: their beginning comes first, if they are more than fit.
  const unreadAt = items.findIndex(({ kind }) => kind === "unread");
  const hasUnread = unreadAt !== -1;
  const toUnread = useEffectEvent(() => {
    // Whoever has scrolled away already is reading something.
    if (!follows.current) return;
    follows.current = false;
    isHeld.current = true;
    virtualizer.current?.scrollToIndex(unreadAt, { align: "start" });
  });
  useLayoutEffect(() => {
    if (hasUnread) toUnread();
  }, [hasUnread]);

  const toTarget = useEffectEvent((id: MessageId | "newest") => {
    const index = id === "newest" ? items.length - 1 : items.findIndex(({ key }) => key === `message ${id}`);
    follows.current = id === "newest";
    if (index !== -1) virtualizer.current?.scrollToIndex(index, { align: id === "newest" ? "end" : "center" });
    // Found late, it finds somebody who went on to the search or to the reply.
    if (id === "newest" || !isInField()) log.current?.focus({ preventScroll: true });
  });
  useLayoutEffect(() => {
    if (target !== null) toTarget(target.id);
  }, [target]);

  useLayoutEffect(() => {
    seenPrepends.current = prepends;
    if (follows.current) virtualizer.current?.scrollToIndex(items.length - 1, { align: "end" });
  }, [items, prepends]);

  const seenOutbox = useRef(lastOutbox);
  useLayoutEffect(() => {
    // What one has just sent is always shown, wherever one was reading.
    if (lastOutbox > seenOutbox.current) {
      follows.current = true;
      virtualizer.current?.scrollToIndex(items.length - 1, { align: "end" });
    }
    seenOutbox.current = lastOutbox;
  }, [lastOutbox, items.length]);

  const onScroll = (offset: number) => {
    const handle = virtualizer.current;
    if (handle === null) return;
    follows.current = handle.scrollSize - offset - handle.viewportSize < AT_END;
    setAway(!follows.current);
    if (offset < NEAR_TOP && hasOlder) void thread.loadOlder();
  };
  const onResize = () => {
    if (isHeld.current && hasUnread) virtualizer.current?.scrollToIndex(unreadAt, { align: "start" });
    else if (follows.current) virtualizer.current?.scrollToIndex(items.length - 1, { align: "end" });
  };
  // A run shorter than the window cannot be scrolled, so it asks for more by itself.
  useEffect(() => {
    const handle = virtualizer.current;
    if (handle !== null && hasOlder && handle.scrollSize <= handle.viewportSize + NEAR_TOP) void thread.loadOlder();
  }, [items, hasOlder, thread]);

  const targetKey = target === null ? null : `message ${target.id}`;
  const seenIndex = messages.findIndex(({ id }) => id === seenLast);
  const newCount =
    seenIndex === -1 ? 0 : messages.slice(seenIndex + 1).filter(({ direction }) => direction === "inbound").length;

  const draw = (item: ThreadItem) => {
    switch (item.kind) {
      case "head":
        return <CoverageLine {...{ thread, conversation, coverage, hasOlder, loadingOlder }} />;
      case "gap":
        return <MissingMessages thread={thread} conversation={conversation} gap={item.gap} />;
      case "unread":
        return (
          <h3 className="unread-line">
            <span>{t("timeline.unread")}</span>
          </h3>
        );
      case "day":
        return (
          <h3 className="day">
            <span>{format.day(item.at, now)}</span>
          </h3>
        );
      case "message":
        return (
          <>
            <MessageBubble {...item} ownNumber={conversation.ownNumber} contact={contact} format={format} />
            {item.message.id === conversation.optOutHint && (
              <OptOutAsk conversation={conversation} messageId={item.message.id} />
            )}
          </>
        );
      case "outbox":
        return (
          <OutboxBubble
            item={item.item}
            contact={contact}
            onRetry={() => onRetry(item.item)}
            onEdit={() => onEdit(item.item)}
            onCancel={() => onCancel(item.item)}
            onDiscard={() => onDiscard(item.item)}
          />
        );
    }
  };

  return (
    <div className="log-frame">
      <div ref={log} className="log" role="log" aria-label={t("thread.label")} aria-live="off" tabIndex={0}>
        <div className="log-spacer" />
        <Virtualizer
          ref={virtualizer}
          data={items}
          shift={isShift}
          bufferSize={600}
          onScroll={onScroll}
          onResize={onResize}
        >
          {(item) => (
            <div
              key={target !== null && item.key === targetKey ? `${item.key} ${target.turn}` : item.key}
              className="log-item"
              data-target={item.key === targetKey}
            >
              {draw(item)}
            </div>
          )}
        </Virtualizer>
      </div>
      {isAway && <JumpToNewest count={newCount} onPress={thread.showNewest} />}
      <PictureViewer pictures={pictures} />
      <Announcer thread={thread} contact={contact} />
    </div>
  );
}

function JumpToNewest({ count, onPress }: { count: number; onPress: () => void }) {
  return (
    <Button
      className="jump"
      data-count={count > 0}
      aria-label={count > 0 ? t("timeline.newestCount", { count }) : t("thread.latest")}
      onPress={onPress}
    >
      {count > 0 && <span aria-hidden>{t("timeline.newestCount", { count })}</span>}
      <ArrowDown aria-hidden size="1.231rem" />
    </Button>
  );
}
