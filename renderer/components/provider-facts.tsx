/** What a connected account's provider can and cannot do, folded away in its card. */
import { CAPABILITIES } from "../../shared/capabilities.ts";
import type { ProviderName } from "../../shared/domain.ts";
import { capabilitySentences, capabilityStrings } from "../capability-strings.ts";
import "./provider-facts.css";

export function ProviderFacts({ provider, label }: { provider: ProviderName; label: string }) {
  return (
    <details className="provider-facts">
      <summary>{capabilityStrings.summary(label)}</summary>
      <ul>
        {capabilitySentences(label, CAPABILITIES[provider]).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  );
}
