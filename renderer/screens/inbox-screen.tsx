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
  // Another screen led here and took the focus with it; a composer that can be written in takes it next.
  useEffect(() => {
    if (document.activeElement === document.body) focusThread();
  }, []);
  useEffect(() => {
    if (wasOpen.current === isOpen) return;
    wasOpen.current = isOpen;
    if (isOpen) focusThread();
    // What was left behind is gone with the thread; where something else has the focus, it keeps it.
    else if (document.activeElement?.matches("body, .thread-pane, .thread-pane *") !== false) focusList();
  }, [isOpen]);

  useEffect(() => {
    if (!isOpen) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
      if (!(target instanceof Element)) return;
      if (target.closest(".thread-pane") === null) return;
      // A field may have a use of its own for the key, so it comes first; a button would keep the key to itself.
      const isField = target.matches("input, textarea");
      if (isField !== (event.eventPhase === Event.BUBBLING_PHASE)) return;
      event.preventDefault();
      if (!focusList()) inbox.open(null);
    };
    document.addEventListener("keydown", onKeyDown, { capture: true });
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("keydown", onKeyDown, { capture: true });
      document.removeEventListener("keydown", onKeyDown);
    };
  }, [inbox, isOpen]);

  return (
    <main className="inbox" data-open={isOpen}>
      <h1 className="visually-hidden">{t("app.name")}</h1>
      <ListPane onOpenAgain={() => composer.current?.focus()} />
      <ThreadPane composerRef={composer} />
    </main>
  );
}
