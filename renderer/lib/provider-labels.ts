/** The providers' own names: no words of ours, the same in every language. */
import type { ProviderName } from "../../shared/domain.ts";

export const PROVIDER_LABELS: Readonly<Record<ProviderName, string>> = {
  agentmessage: "AgentMessage",
  twilio: "Twilio",
  quo: "Quo",
  highlevel: "HighLevel",
  vobiz: "Vobiz",
};
