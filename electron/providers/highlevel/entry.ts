/** HighLevel's line in the registry: the words of its connect form and how to make its client. */
import type { ProviderEntry } from "../registry.ts";
import { DEFAULT_API_VERSION, createHighLevel } from "./client.ts";

export const highLevel: ProviderEntry = {
  form: {
    provider: "highlevel",
    label: "HighLevel",
    fields: [
      { name: "accessToken", label: "Access token", secret: true, placeholder: "pit-…" },
      { name: "locationId", label: "Location ID", secret: false, placeholder: "The sub-account's ID" },
      { name: "apiVersion", label: "API version", secret: false, placeholder: DEFAULT_API_VERSION, isOptional: true },
    ],
    defaultBaseUrl: "https://services.leadconnectorhq.com",
  },
  apiSuffix: "/conversations",
  sendPaceMs: 1_000,
  // 100 requests in 10 seconds, shared with every other integration that uses the token.
  tuning: { pageSize: 100, focusedPollMs: 20_000, budget: { capacity: 10, perSecond: 4, reserve: 3 } },
  keyField: "accessToken",
  create: ({ credentials, ...connection }) =>
    createHighLevel({
      ...connection,
      accessToken: credentials["accessToken"] ?? "",
      locationId: credentials["locationId"] ?? "",
      apiVersion: credentials["apiVersion"] ?? DEFAULT_API_VERSION,
    }),
};
