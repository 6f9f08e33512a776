/** The WhatsApp reply window beside the composer: how long it is open, or why free text is closed. */
import { Clock, ClockAlert } from "lucide-react";
import { t } from "../i18n.ts";
import type { ReplyWindow } from "../lib/reply-window.ts";
import { timeLeft } from "../lib/reply-window.ts";
import { useNow } from "../stores/context.tsx";
import "./reply-window.css";

export function ReplyWindowLine({ replyWindow }: { replyWindow: ReplyWindow }) {
  const now = useNow();
  const isOpen = replyWindow.kind === "open";
  const Icon = isOpen ? Clock : ClockAlert;
  return (
    <p className="reply-window" id="reply-window" data-open={isOpen}>
      <Icon aria-hidden size="1rem" strokeWidth={2} />
      <span>
        {isOpen
          ? t("capabilities.windowOpen", { left: timeLeft(replyWindow.closesAt, now) })
          : t("capabilities.windowShut")}
      </span>
    </p>
  );
}
