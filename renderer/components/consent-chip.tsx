/** The contact's consent in words, colour and symbol; never colour alone. A person's own word is told as what it is. */
import { Ban, ShieldCheck, ShieldQuestion, UserRoundCheck } from "lucide-react";
import type { Conversation } from "../../shared/domain.ts";
import { useNow, useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { consentWords } from "../lib/consent-words.ts";
import "./consent-chip.css";

const ICONS = { opted_in: ShieldCheck, opted_out: Ban, unknown: ShieldQuestion, confirmed: UserRoundCheck } as const;

export function ConsentChip({
  conversation: { consent, consentConfirmedAt },
}: {
  conversation: Pick<Conversation, "consent" | "consentConfirmedAt">;
}) {
  const { format } = useStores();
  const now = useNow();
  const date = (at: number | null) => (at === null ? null : format.date(at, now));
  const confirmed = date(consentConfirmedAt);
  const state = confirmed === null ? consent.state : "confirmed";
  const Icon = ICONS[state];
  return (
    <span className="consent" data-state={state}>
      <Icon aria-hidden size="1rem" strokeWidth={2} />
      {confirmed === null
        ? consentWords(consent.state, date(consent.since))
        : t("consent.confirmedHereOn", { date: confirmed })}
    </span>
  );
}
