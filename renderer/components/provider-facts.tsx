/** What a connected account's provider can and cannot do, folded away in its card. */
import { CAPABILITIES } from "../../shared/capabilities.ts";
import type { ProviderName } from "../../shared/domain.ts";
import { t } from "../i18n.ts";
import { capabilitySentences } from "../lib/capability-sentences.ts";
import "./provider-facts.css";

export function ProviderFacts({ provider, label }: { provider: ProviderName; label: string }) {
  return (
    <details className="provider-facts">
      <summary>{t("capabilities.summary", { provider: label })}</summary>
      <ul>
        {capabilitySentences(label, CAPABILITIES[provider]).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  );
}
