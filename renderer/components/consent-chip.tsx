/** The contact's consent in words, colour and symbol; never colour alone. */
import { Ban, ShieldCheck, ShieldQuestion } from "lucide-react";
import type { Consent } from "../../shared/domain.ts";
import { useNow, useStores } from "../stores/context.tsx";
import { consentWords } from "../lib/consent-words.ts";
import "./consent-chip.css";

const ICONS = { opted_in: ShieldCheck, opted_out: Ban, unknown: ShieldQuestion } as const;

export function ConsentChip({ consent }: { consent: Consent }) {
  const { format } = useStores();
  const now = useNow();
  const Icon = ICONS[consent.state];
  const since = consent.since === null ? null : format.date(consent.since, now);
  return (
    <span className="consent" data-state={consent.state}>
      <Icon aria-hidden size="1rem" strokeWidth={2} />
      {consentWords(consent.state, since)}
    </span>
  );
}
