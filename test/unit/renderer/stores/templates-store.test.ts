/** The saved replies in the window: shown at once, saved in order, taken back when refused. */
import { describe, expect, it, vi } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { createTemplatesStore } from "../../../../renderer/stores/templates-store.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";
import { FAKE_TEMPLATES } from "../../../fakes/fake-composer.ts";

async function start() {
  const fake = createFakeBridge();
  const store = createTemplatesStore(createBridgeClient(fake.bridge));
  await store.load();
  const names = () => store.getState().all?.map(({ name }) => name);
  const stored = async () => {
    const answer = await fake.bridge.invoke("templates.list");
    return answer.ok ? answer.value.map(({ name }) => name) : null;
  };
  return { fake, store, names, stored };
}

const [first, second, third] = FAKE_TEMPLATES.map(({ name }) => name);
const firstId = FAKE_TEMPLATES[0]!.id;

describe("the saved replies", () => {
  it("are added, changed, moved and deleted, and main has the same", async () => {
    const { store, names, stored } = await start();
    store.put({ id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7aff", name: "New", text: "Text" });
    store.put({ ...FAKE_TEMPLATES[0]!, name: "Changed" });
    store.move(firstId, 1);
    expect(names()).toEqual([second, "Changed", third, "New"]);
    store.move(firstId, -1);
    store.move(firstId, -1);
    store.remove(firstId);
    expect(names()).toEqual([second, third, "New"]);
    await expect.poll(stored).toEqual([second, third, "New"]);
  });

  it("come back to where they were, once", async () => {
    const { store, names } = await start();
    const putBack = store.remove(FAKE_TEMPLATES[1]!.id);
    expect(names()).toEqual([first, third]);
    putBack();
    putBack();
    expect(names()).toEqual([first, second, third]);
  });

  it("are as main has them when it refuses a change", async () => {
    const { fake, store, names } = await start();
    fake.fail("templates.save", "disk_full");
    store.remove(firstId);
    await expect.poll(() => store.getState().failed).toBe(true);
    await expect.poll(names).toEqual([first, second, third]);
  });

  it("keep a change that was made while they were read again", async () => {
    const { fake, store, names, stored } = await start();
    // The answer of before the change comes after it.
    const { bridge } = fake;
    const before = await bridge.invoke("templates.list");
    const { promise, resolve } = Promise.withResolvers<typeof before>();
    vi.spyOn(bridge, "invoke").mockReturnValueOnce(promise);
    const reading = store.load();
    await Promise.resolve();
    store.put({ id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7aff", name: "New", text: "Text" });
    resolve(before);
    await reading;
    expect(names()).toEqual([first, second, third, "New"]);
    store.remove(firstId);
    await expect.poll(stored).toEqual([second, third, "New"]);
  });

  it("keep a later change when an earlier one is refused", async () => {
    const { fake, store, names, stored } = await start();
    fake.fail("templates.save", "disk_full");
    store.subscribe(({ failed }) => {
      if (failed) fake.fail("templates.save", null);
    });
    const release = fake.hold("templates.save");
    store.remove(firstId);
    await expect.poll(() => fake.countOf("templates.save")).toBe(1);
    store.move(FAKE_TEMPLATES[2]!.id, -1);
    release();
    await expect.poll(stored).toEqual([third, second]);
    expect(names()).toEqual([third, second]);
  });
});
