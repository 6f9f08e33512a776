/**
 * Speaks inbound messages that arrive at the end of the open thread, through a polite live region.
 *
 * Must not keep words of its own: what stands in the region is drawn from the messages as they are now. Invariant: a
 * text that is removed, or no longer loaded, leaves the region with it.
 */
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { MessageId } from "../../shared/domain.ts";
import { t } from "../i18n.ts";
import { arrivalsAfter } from "../lib/arrivals.ts";
import { spokenBody } from "../lib/body.ts";
import { useStores } from "../stores/context.tsx";
import type { ThreadStore } from "../stores/thread-store.ts";

export function Announcer({ thread, contact }: { thread: ThreadStore; contact: string }) {
  const { format } = useStores();
  const messages = useStore(thread, (state) => state.messages);
  const seen = useRef(messages.at(-1) ?? null);
  const [spoken, setSpoken] = useState<ReadonlySet<MessageId>>(new Set());
  useEffect(() => {
    const arrivals = arrivalsAfter(messages, seen.current);
    seen.current = messages.at(-1) ?? seen.current;
    if (arrivals.length > 0) setSpoken(new Set(arrivals));
  }, [messages]);
  // Each is an element of its own: an added element is spoken, also when it says what the last one said.
  return (
    <div className="visually-hidden" aria-live="polite">
      {messages
        .filter(({ id, body }) => spoken.has(id) && (body.kind === "text" || body.kind === "empty"))
        .map(({ id, body, mediaCount }) => (
          <p key={id}>{t("thread.newFrom", { contact, text: spokenBody(body, mediaCount, format) })}</p>
        ))}
    </div>
  );
}
