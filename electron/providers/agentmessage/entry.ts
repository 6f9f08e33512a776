/** AgentMessage's line in the registry: the words of its connect form and how to make its client. */
import type { ProviderEntry } from "../registry.ts";
import { createAgentMessage } from "./client.ts";

export const agentMessage: ProviderEntry = {
  form: {
    provider: "agentmessage",
    label: "AgentMessage",
    fields: [{ name: "apiKey", label: "API key", secret: true, placeholder: "am_live_…" }],
    defaultBaseUrl: "https://api.agentmsg.io",
  },
  apiSuffix: "/v1",
  // The lowest tier of the vendor's send limits is one a second.
  sendPaceMs: 1_000,
  keyField: "apiKey",
  create: ({ credentials, ...connection }) =>
    createAgentMessage({ ...connection, apiKey: credentials["apiKey"] ?? "" }),
};
