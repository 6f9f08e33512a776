/** What the screens before the inbox know: a try in vain is told as one, a choice during another is none. */
import { describe, expect, it } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { createAppStore } from "../../../../renderer/stores/app-store.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";

async function setUp() {
  const fake = createFakeBridge({ app: { stage: "no_keyring" } });
  const store = createAppStore(createBridgeClient(fake.bridge));
  await store.load();
  return { fake, store };
}

describe("the app store", () => {
  it("tells a retry that came to the same stage, anew after each, and no other", async () => {
    const { fake, store } = await setUp();
    expect(store.getState().isVain).toBe(false);
    const told: boolean[] = [];
    store.subscribe(({ isVain }) => void told.push(isVain));
    await store.retryVault();
    await store.retryVault();
    // Silent in between: the same words are heard again only where they went.
    expect(told.filter((isVain, index) => isVain !== told[index - 1])).toEqual([false, true, false, true]);

    fake.setApp({ stage: "ready" });
    await store.retryVault();
    expect(store.getState()).toMatchObject({ isVain: false, app: { stage: "ready" } });
  });

  it("tells no try as one in vain that failed: that has words of its own", async () => {
    const { fake, store } = await setUp();
    fake.fail("app.retryVault", "vault_failed");
    await store.retryVault();
    expect(store.getState()).toMatchObject({ isVain: false, failure: { code: "vault_failed" }, busy: false });
  });

  it("carries out one choice at a time", async () => {
    const { fake, store } = await setUp();
    const release = fake.hold("app.retryVault");
    const first = store.retryVault();
    await store.useSessionOnly();
    expect(fake.countOf("app.useSessionOnly")).toBe(0);
    release();
    await first;
    await store.useSessionOnly();
    expect(store.getState().app).toMatchObject({ stage: "ready", sessionOnly: true });
  });
});
