import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { ConsentChip } from "../../../../renderer/components/consent-chip.tsx";
import { createFormat } from "../../../../renderer/lib/format.ts";
import { StoresProvider } from "../../../../renderer/stores/context.tsx";
import { createStores } from "../../../../renderer/stores/stores.ts";
import type { Conversation } from "../../../../shared/domain.ts";
import { createFakeBridge, FAKE_NOW } from "../../../fakes/fake-bridge.ts";

const stores = createStores(createBridgeClient(createFakeBridge().bridge), {
  format: createFormat({ locale: "en-US", timeZone: "UTC" }),
  now: () => FAKE_NOW,
});
const APRIL_10 = Date.UTC(2026, 3, 10, 9);

const words = (conversation: Pick<Conversation, "consent" | "consentConfirmedAt">) =>
  renderToStaticMarkup(
    <StoresProvider stores={stores}>
      <ConsentChip conversation={conversation} />
    </StoresProvider>,
  ).replaceAll(/<[^>]+>/g, "");

describe("the consent beside the text", () => {
  it.each([
    [{ state: "opted_in", since: APRIL_10 }, "Opted in Apr 10"],
    [{ state: "opted_out", since: null }, "Opted out"],
    [{ state: "unknown", since: null }, "No consent on record"],
  ] as const)("is the provider's word: %j", (consent, said) =>
    expect(words({ consent, consentConfirmedAt: null })).toBe(said),
  );

  it("says whose word it is, and since when, where a person confirmed it here", () => {
    const consent = { state: "unknown", since: null } as const;
    expect(words({ consent, consentConfirmedAt: APRIL_10 })).toBe("Confirmed here by a person on Apr 10");
  });
});
