/** The settings in the window: a change is shown at once, and no answer of before takes it away. */
import { expect, it } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { createSettingsStore } from "../../../../renderer/stores/settings-store.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";

async function start() {
  const fake = createFakeBridge();
  const answer = Promise.withResolvers<void>();
  let isSlow = false;
  const { invoke } = fake.bridge;
  // Main answers at once; its answer takes its time.
  fake.bridge.invoke = async (name, ...args) => {
    const outcome = await invoke(name, ...args);
    if (isSlow && name === "settings.get") await answer.promise;
    return outcome;
  };
  const store = createSettingsStore(createBridgeClient(fake.bridge));
  await store.load();
  isSlow = true;
  const theme = () => store.getState().view?.settings.appearance.theme;
  const stored = async () => {
    const outcome = await invoke("settings.get");
    return outcome.ok ? outcome.value.settings.appearance : null;
  };
  return { fake, store, theme, stored, letAnswerCome: answer.resolve };
}

it("keeps a change that was made while they were read again, and saves the next one with it", async () => {
  const { store, theme, stored, letAnswerCome } = await start();
  // The window was focused by a click, and that click changes something.
  const reading = store.load();
  await new Promise(setImmediate);
  store.change({ appearance: { theme: "dark" } });
  letAnswerCome();
  await reading;
  expect(theme()).toBe("dark");
  store.change({ appearance: { density: "compact" } });
  await expect.poll(stored).toMatchObject({ theme: "dark", density: "compact" });
});

it("are as main has them when it refuses a change", async () => {
  const { fake, store, theme, letAnswerCome } = await start();
  const before = theme();
  fake.fail("settings.save", "disk_full");
  store.change({ appearance: { theme: "dark" } });
  letAnswerCome();
  await expect.poll(() => store.getState().failed).toBe(true);
  await expect.poll(theme).toBe(before);
});

it("keeps a later change when an earlier one is refused", async () => {
  const { fake, store, theme, stored, letAnswerCome } = await start();
  letAnswerCome();
  fake.fail("settings.save", "disk_full");
  store.subscribe(({ failed }) => {
    if (failed) fake.fail("settings.save", null);
  });
  const release = fake.hold("settings.save");
  store.change({ appearance: { theme: "dark" } });
  await expect.poll(() => fake.countOf("settings.save")).toBe(1);
  store.change({ appearance: { density: "compact" } });
  release();
  await expect.poll(stored).toMatchObject({ theme: "dark", density: "compact" });
  expect(theme()).toBe("dark");
});

it("saves what was chosen while a save was on its way at once, not one by one", async () => {
  const { fake, store, stored } = await start();
  const release = fake.hold("settings.save");
  store.change({ appearance: { theme: "dark" } });
  await expect.poll(() => fake.countOf("settings.save")).toBe(1);
  store.change({ appearance: { theme: "light" } });
  store.change({ appearance: { density: "compact" } });
  release();
  await expect.poll(stored).toMatchObject({ theme: "light", density: "compact" });
  expect(fake.countOf("settings.save")).toBe(2);
});
