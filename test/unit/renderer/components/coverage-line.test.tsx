import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { CoverageLine } from "../../../../renderer/components/coverage-line.tsx";
import { createFormat } from "../../../../renderer/lib/format.ts";
import { StoresProvider } from "../../../../renderer/stores/context.tsx";
import { createStores } from "../../../../renderer/stores/stores.ts";
import type { ThreadStore } from "../../../../renderer/stores/thread-store.ts";
import { CAPABILITIES } from "../../../../shared/capabilities.ts";
import { PROVIDERS } from "../../../../shared/domain.ts";
import type { Conversation, ProviderName } from "../../../../shared/domain.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";

const format = createFormat({ locale: "en-US", timeZone: "UTC" });
const stores = createStores(createBridgeClient(createFakeBridge().bridge), { format });
const MAY = Date.UTC(2026, 4, 3, 9, 41);

function draw(provider: ProviderName): string {
  const coverage = { gap: null, complete: true, checkedAt: MAY, oldestAt: MAY, neverFetched: false, held: 1 };
  return renderToStaticMarkup(
    <StoresProvider stores={stores}>
      <CoverageLine
        thread={{} as ThreadStore}
        conversation={{ provider } as Conversation}
        coverage={coverage}
        hasOlder={false}
        loadingOlder={false}
      />
    </StoresProvider>,
  );
}

it.each(PROVIDERS)("above a thread of %s it is said when nothing tells of removed texts", (provider) => {
  const markup = draw(provider);
  expect(markup).toContain("Complete back to May 3");
  expect(markup.includes("does not say when it removes a text")).toBe(!CAPABILITIES[provider].redaction);
});
