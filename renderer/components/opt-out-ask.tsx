/** Under a text that may ask for no more messages: what a person can decide. Nothing is decided without one. */
import { Hand } from "lucide-react";
import type { Conversation, MessageId } from "../../shared/domain.ts";
import { t } from "../i18n.ts";
import { decideConsent } from "../lib/consent-decisions.ts";
import { useStores } from "../stores/context.tsx";
import { TextButton } from "./ui.tsx";
import "./opt-out-ask.css";

export function OptOutAsk({ conversation, messageId }: { conversation: Conversation; messageId: MessageId }) {
  const stores = useStores();
  return (
    <div className="opt-out-ask" role="group" aria-label={t("consent.hintTitle")}>
      <p>
        <Hand aria-hidden size="1.077rem" /> <strong>{t("consent.hint")}.</strong> {t("consent.hintBody")}
      </p>
      <div className="message-actions">
        <TextButton tone="danger" onPress={() => void decideConsent(stores, conversation, "opted_out", messageId)}>
          {t("consent.markOut")}
        </TextButton>
        <TextButton tone="quiet" onPress={() => void decideConsent(stores, conversation, "dismissed", messageId)}>
          {t("consent.notOut")}
        </TextButton>
      </div>
    </div>
  );
}
