/** List and thread side by side; the style sheet turns them into one pane in narrow windows. */
import { useRef } from "react";
import type { ComposerHandle } from "../components/composer.tsx";
import { ListPane } from "../components/list-pane.tsx";
import { ThreadPane } from "../components/thread-pane.tsx";
import { useInbox } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import "./inbox-screen.css";

export function InboxScreen() {
  const composer = useRef<ComposerHandle | null>(null);
  const isOpen = useInbox((state) => state.openId !== null);
  return (
    <main className="inbox" data-open={isOpen}>
      <h1 className="visually-hidden">{t("app.name")}</h1>
      <ListPane onOpenAgain={() => composer.current?.focus()} />
      <ThreadPane composerRef={composer} />
    </main>
  );
}
