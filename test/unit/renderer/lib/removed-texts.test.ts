import { describe, expect, it } from "vitest";
import { removedTexts, withoutRemoved } from "../../../../renderer/lib/removed-texts.ts";
import type { Body, Message } from "../../../../shared/domain.ts";

const message = (id: number, body: Body): Message => ({
  id: id as Message["id"],
  conversationId: 1 as Message["conversationId"],
  direction: "inbound",
  body,
  mediaCount: 0,
  status: "received",
  createdAt: id,
});
const text = (value: string): Body => ({ kind: "text", text: value });
const redacted: Body = { kind: "redacted", redaction: { by: "provider", at: 5, removedHereAt: 6 } };

describe("texts a thread has lost", () => {
  it("are those of messages that stand there without them", () => {
    const before = [message(1, text("one")), message(2, text("two")), message(3, text("three"))];
    const after = [message(1, redacted), message(2, text("two")), message(3, { kind: "missing" })];
    expect(removedTexts(before, after)).toEqual(["one", "three"]);
  });

  it("are not those of messages that are no longer loaded, or were changed", () => {
    const before = [message(1, text("one")), message(2, text("two"))];
    expect(removedTexts(before, [message(2, text("two, corrected"))])).toEqual([]);
  });

  it("leave the words that quote them", () => {
    const before = [message(1, text("my door code is 4711")), message(2, text("see you on Monday"))];
    const words = "You wrote: my door code is 4711. And: see you on Monday";
    expect(withoutRemoved(words, before, [message(1, redacted), message(2, text("see you on Monday"))])).toBe(
      "You wrote: . And: see you on Monday",
    );
    expect(withoutRemoved(words, before, before)).toBe(words);
  });
});
