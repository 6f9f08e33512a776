/**
 * List and thread side by side; the style sheet turns them into one pane in narrow windows.
 *
 * Invariant: in one pane Escape leads from the thread to the list, and the focus never stays in the pane that is hidden.
 */
import { useEffect, useRef } from "react";
import type { ComposerHandle } from "../components/composer.tsx";
import { ListPane } from "../components/list-pane.tsx";
import { ThreadPane } from "../components/thread-pane.tsx";
import { focusList, focusThread } from "../lib/places.ts";
import { useInbox, useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import "./inbox-screen.css";

export function InboxScreen() {
  const composer = useRef<ComposerHandle | null>(null);
  const { inbox } = useStores();
  const isOpen = useInbox((state) => state.openId !== null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current === isOpen) return;
    wasOpen.current = isOpen;
    if (isOpen) focusThread();
    // What was left behind is gone with the thread; where something else has the focus, it keeps it.
    else if (document.activeElement === document.body) focusList();
  }, [isOpen]);

  useEffect(() => {
    if (!isOpen) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const isInThread = event.target instanceof Element && event.target.closest(".thread-pane") !== null;
      if (event.key !== "Escape" || event.defaultPrevented || !isInThread) return;
      event.preventDefault();
      if (!focusList()) inbox.open(null);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [inbox, isOpen]);

  return (
    <main className="inbox" data-open={isOpen}>
      <h1 className="visually-hidden">{t("app.name")}</h1>
      <ListPane onOpenAgain={() => composer.current?.focus()} />
      <ThreadPane composerRef={composer} />
    </main>
  );
}
