import { describe, expect, it } from "vitest";
import type { BridgeClient } from "../../../../renderer/bridge.ts";
import { createFilesStore } from "../../../../renderer/stores/files-store.ts";
import { assertPresent } from "../../../../shared/assert.ts";
import type { AttachmentItem } from "../../../../shared/attachments.ts";
import { CAPABILITIES } from "../../../../shared/capabilities.ts";
import type { ConversationId } from "../../../../shared/domain.ts";
import type { CallName } from "../../../../shared/ipc.ts";
import type { MediaId } from "../../../../shared/media.ts";

const [FIRST, SECOND] = [1, 2] as ConversationId[] as [ConversationId, ConversationId];
const RULES = assertPresent(CAPABILITIES.highlevel.files, "rules for files");

const item = (id: string): AttachmentItem => ({ id: id as MediaId, name: `${id}.png`, kind: "picture", sizeBytes: 10 });
const file = (name: string) => ({ name, size: 10, arrayBuffer: () => Promise.resolve(new ArrayBuffer(10)) });

/** A bridge whose answers are given by the test, in any order. */
function setUp() {
  const asked: { name: CallName; input: unknown; answer: (value: unknown) => Promise<void> }[] = [];
  const bridge = {
    call: (name: CallName, input: unknown) =>
      new Promise((resolve) => {
        const answer = async (value: unknown) => {
          resolve(value);
          // What waits for the answer comes a few turns later.
          for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
        };
        asked.push({ name, input, answer });
      }),
    on: () => () => undefined,
  } as unknown as BridgeClient;
  return { asked, store: createFilesStore(bridge) };
}

const held = (store: ReturnType<typeof createFilesStore>, id: ConversationId) => store.of(id).held.map((one) => one.id);

describe("files of drafts", () => {
  it("shows what another draft holds, though a file of the first is stored meanwhile", async () => {
    const { asked, store } = setUp();
    const adding = store.add(FIRST, [file("a.png")], RULES);
    await Promise.resolve();
    await Promise.resolve();
    void store.load(SECOND);
    const [add, list] = asked;
    expect([add?.name, list?.name]).toEqual(["attachments.add", "attachments.list"]);
    await add?.answer({ added: [item("1")], refused: [] });
    await adding;
    await list?.answer([item("2")]);
    expect(held(store, FIRST)).toEqual(["1"]);
    expect(held(store, SECOND)).toEqual(["2"]);
  });

  it("has a file once that a list told of before its own answer came", async () => {
    const { asked, store } = setUp();
    // Several are read and stored one after the other; the thread is opened again meanwhile.
    const picking = store.pick(FIRST);
    const loading = store.load(FIRST);
    await asked[1]?.answer([item("1")]);
    await loading;
    await asked[0]?.answer({ added: [item("1"), item("2")], refused: [] });
    await picking;
    expect(held(store, FIRST)).toEqual(["1", "2"]);
  });

  it("drops a list that was asked for before a file was added to the same draft", async () => {
    const { asked, store } = setUp();
    void store.load(FIRST);
    const picking = store.pick(FIRST);
    await asked[1]?.answer({ added: [item("1")], refused: [] });
    await picking;
    await asked[0]?.answer([]);
    expect(held(store, FIRST)).toEqual(["1"]);
  });

  it("reads no file that is larger than the provider takes", async () => {
    const { asked, store } = setUp();
    const arrayBuffer = () => Promise.reject(new Error("was read"));
    await store.add(FIRST, [{ name: "film.mp4", size: RULES.maxBytes + 1, arrayBuffer }], RULES);
    expect(asked).toEqual([]);
    expect(store.of(FIRST).troubles).toEqual([{ key: 1, name: "film.mp4", problem: "too_large" }]);
    expect(store.of(FIRST).adding).toEqual([]);
  });

  it("says of a folder that it cannot be read, and goes on with the next file", async () => {
    const { asked, store } = setUp();
    const arrayBuffer = () => Promise.reject(new Error("a folder"));
    const adding = store.add(FIRST, [{ name: "folder", size: 0, arrayBuffer }, file("b.png")], RULES);
    while (asked.length === 0) await Promise.resolve();
    await asked[0]?.answer({ added: [item("3")], refused: [] });
    await adding;
    expect(store.of(FIRST).troubles.map((trouble) => "problem" in trouble && trouble.problem)).toEqual(["unreadable"]);
    expect(held(store, FIRST)).toEqual(["3"]);
  });

  it("keeps a removed file in the draft until the time for taking it back is over", async () => {
    const { asked, store } = setUp();
    const loading = store.load(FIRST);
    await asked[0]?.answer([item("1"), item("2")]);
    await loading;
    store.prepareRemoval([item("1").id]);
    expect([...store.getState().leaving]).toEqual(["1"]);
    expect(asked).toHaveLength(1);
    store.undoRemoval([item("1").id]);
    await store.commitRemoval(FIRST, [item("1").id]);
    expect(asked).toHaveLength(1);

    store.prepareRemoval([item("2").id]);
    const removing = store.commitRemoval(FIRST, [item("2").id]);
    expect(asked[1]).toMatchObject({ name: "attachments.remove", input: { ids: ["2"] } });
    await asked[1]?.answer(undefined);
    await removing;
    expect(held(store, FIRST)).toEqual(["1"]);
    expect([...store.getState().leaving]).toEqual([]);
  });
});
