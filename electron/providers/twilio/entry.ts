/** Twilio's line in the registry: the words of its connect form and how to make its client. */
import type { ProviderEntry } from "../registry.ts";
import { createTwilio } from "./client.ts";

export const twilio: ProviderEntry = {
  form: {
    provider: "twilio",
    label: "Twilio",
    fields: [
      { name: "accountSid", label: "Account SID", secret: false, placeholder: "AC…" },
      { name: "authToken", label: "Auth token", secret: true, placeholder: "Auth token, or SK…:secret of an API key" },
    ],
    defaultBaseUrl: "https://conversations.twilio.com",
  },
  apiSuffix: "/v2",
  sendPaceMs: 1_000,
  // No limit is documented: modest. Whether new texts move a conversation is not documented either: sweep hourly.
  tuning: {
    pageSize: 1_000,
    focusedPollMs: 30_000,
    sweepEveryMs: 3_600_000,
    budget: { capacity: 10, perSecond: 4, reserve: 3 },
  },
  keyField: "authToken",
  create: ({ credentials, ...connection }) =>
    createTwilio({
      ...connection,
      accountSid: credentials["accountSid"] ?? "",
      authToken: credentials["authToken"] ?? "",
    }),
};
