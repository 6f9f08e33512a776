/** A note as it is written: saved once, never thrown away, and rid of what was removed while somebody writes in it. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { createNoteStore } from "../../../../renderer/stores/note-store.ts";
import type { ConversationId } from "../../../../shared/domain.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const REMOVED = "The code for the back door is 4711.";

function setUp(saved = "") {
  const fake = createFakeBridge();
  const note = createNoteStore(createBridgeClient(fake.bridge), 1 as ConversationId, saved);
  const saves = () =>
    fake.calls.filter(({ name }) => name === "contacts.saveNote").map(({ input }) => (input as { text: string }).text);
  return { fake, note, saves };
}

it("is saved a moment after the last key, and at once when it is left, never twice", async () => {
  const { note, saves } = setUp();
  for (const text of ["M", "Mo"]) {
    note.change(text);
    await vi.advanceTimersByTimeAsync(599);
  }
  expect(saves()).toEqual([]);
  await note.flush();
  await vi.advanceTimersByTimeAsync(10_000);
  expect([saves(), note.getState()]).toEqual([["Mo"], { text: "Mo", outcome: "saved" }]);
});

it("says when it could not be saved, and tries again", async () => {
  const { fake, note, saves } = setUp();
  fake.fail("contacts.saveNote", "disk_full");
  note.change("Mornings");
  await note.flush();
  expect(note.getState().outcome).toBe("failed");
  fake.fail("contacts.saveNote", null);
  await note.flush();
  expect([saves(), note.getState().outcome]).toEqual([["Mornings", "Mornings"], "saved"]);
});

it("follows the stored note, but not over what is being written", async () => {
  const { note } = setUp("before");
  note.follow("after");
  expect(note.getState().text).toBe("after");
  note.change("mine");
  note.follow("theirs");
  expect(note.getState().text).toBe("mine");
});

it("does not follow what was read before it was stored: the answer comes while the save is on its way", async () => {
  const { fake, note } = setUp("Mornings");
  const release = fake.hold("contacts.saveNote");
  note.change("Mornings only");
  const saving = note.flush();
  note.follow("Mornin");
  expect(note.getState().text).toBe("Mornings only");
  release();
  await saving;
  note.follow("Mornings");
  expect(note.getState().text).toBe("Mornings");
});

it("loses a quote of a removed text while somebody writes in it, and stores it no more", async () => {
  const { note, saves } = setUp(`${REMOVED} Called`);
  note.change(`${REMOVED} Called twi`);
  note.forget([REMOVED]);
  expect(note.getState().text).toBe("Called twi");
  note.change("Called twice");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(saves()).toEqual(["Called twi", "Called twice"]);
});

it("keeps what quotes nothing that was removed, and is not saved for it", async () => {
  const { note, saves } = setUp("Called twice");
  note.forget([REMOVED, "Called"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([note.getState().text, saves()]).toEqual(["Called twice", []]);
});
