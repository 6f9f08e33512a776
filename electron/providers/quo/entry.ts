/** Quo's line in the registry: the words of its connect form and how to make its client. */
import type { ProviderEntry } from "../registry.ts";
import { createQuo } from "./client.ts";

export const quo: ProviderEntry = {
  form: {
    provider: "quo",
    label: "Quo",
    fields: [{ name: "apiKey", label: "API key", secret: true, placeholder: "Your Quo API key" }],
    defaultBaseUrl: "https://api.openphone.com",
  },
  apiSuffix: "/v1",
  // The vendor allows ten requests a second for a key; reading needs most of them.
  sendPaceMs: 500,
  tuning: { pageSize: 100, focusedPollMs: 20_000, budget: { capacity: 8, perSecond: 6, reserve: 2 } },
  keyField: "apiKey",
  create: ({ baseUrl, credentials, fetch, clock }) =>
    createQuo({ baseUrl, apiKey: credentials["apiKey"] ?? "", fetch, clock }),
};
