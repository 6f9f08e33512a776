/** Vobiz's line in the registry: the words of its connect form and how to make its client. */
import type { ProviderEntry } from "../registry.ts";
import { createVobiz } from "./client.ts";

export const vobiz: ProviderEntry = {
  form: {
    provider: "vobiz",
    label: "Vobiz",
    fields: [
      { name: "authId", label: "Auth ID", secret: false, placeholder: "MA_XXXXXXXX" },
      { name: "authToken", label: "Auth token", secret: true, placeholder: "Your auth token" },
    ],
    // The prefix is the generation: newer accounts answer at /api/v1/messaging.
    defaultBaseUrl: "https://api.vobiz.ai/v1/messaging",
  },
  apiSuffix: "/conversations",
  sendPaceMs: 1_000,
  // No limit is documented: modest.
  tuning: { pageSize: 100, focusedPollMs: 30_000, budget: { capacity: 4, perSecond: 2, reserve: 2 } },
  keyField: "authToken",
  create: ({ credentials, ...connection }) =>
    createVobiz({
      ...connection,
      authId: credentials["authId"] ?? "",
      authToken: credentials["authToken"] ?? "",
    }),
};
