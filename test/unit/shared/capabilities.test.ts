/** The capability sheet against the adapters it speaks of, and the sentences made from it. */
import { describe, expect, it } from "vitest";
import { getProviderEntry, providerForms } from "../../../electron/providers/registry.ts";
import { t } from "../../../renderer/i18n.ts";
import { capabilitySentences } from "../../../renderer/lib/capability-sentences.ts";
import { CAPABILITIES } from "../../../shared/capabilities.ts";
import { PROVIDERS } from "../../../shared/domain.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";

const providerOf = (name: (typeof PROVIDERS)[number]) =>
  getProviderEntry(name).create({
    baseUrl: "https://api.example.test",
    credentials: {},
    fetch,
    clock: createFakeClock(),
  });

describe.each(PROVIDERS)("%s", (name) => {
  const can = CAPABILITIES[name];

  it("is described as its adapter behaves", () => {
    const provider = providerOf(name);
    expect(can.marksRead).toBe(provider.markRead !== undefined);
    const delta = { newest_first: "newest_first", since_filter: "filter", unordered: "full_walk" } as const;
    expect(can.changes).toBe(provider.listChanges === undefined ? "reread" : "feed");
    expect(can.delta).toBe(delta[provider.listOrder ?? "newest_first"]);
  });

  it("can be connected, and says where its credentials are found", () => {
    const form = providerForms().find(({ provider }) => provider === name);
    expect(t(`connect.hintOf.${name}`)).toMatch(/^In .+\./);
    expect(form?.defaultBaseUrl).toMatch(/^https:/);
  });

  it("says in words what it does not give", () => {
    const said = capabilitySentences("Acme", can).join(" ");
    expect(said.includes("gives no unread count")).toBe(can.unread === "device");
    expect(said.includes("consent is shown as unknown")).toBe(!can.consent);
    expect(said.includes("does not say when it removes a text")).toBe(!can.redaction);
  });
});
