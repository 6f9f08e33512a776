/** The sample server's small parts: ids and cursors, segments, consent words, answers, the send limit. */
import { describe, expect, it } from "vitest";
import {
  createRequestId,
  decodeCursor,
  encodeConversationId,
  encodeCursor,
  isConversationId,
} from "../../../../electron/sandbox/ids.ts";
import { answerTo, createLife } from "../../../../electron/sandbox/life.ts";
import { segmentCount } from "../../../../electron/sandbox/segments.ts";
import { createLimiter } from "../../../../electron/sandbox/send.ts";
import { createStore, optOutKeyword } from "../../../../electron/sandbox/store.ts";
import { buildWorld } from "../../../../electron/sandbox/world.ts";

const ANCHOR = Date.parse("2026-05-20T15:30:00Z");
const newStore = () => createStore(buildWorld({ anchorAt: ANCHOR, seed: "t", utcOffsetMinutes: 0 }), () => ANCHOR);

describe("ids", () => {
  it("tells a mangled conversation id from a sound one", () => {
    const id = encodeConversationId("7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e", "+15554443333");
    expect(id).toMatch(/^AQID[A-Za-z0-9_-]+$/);
    expect(isConversationId(id)).toBe(true);
    expect(isConversationId(id.replace("AQID", "AQIE"))).toBe(false);
    expect(isConversationId(id.slice(1))).toBe(false);
    expect(isConversationId("")).toBe(false);
  });

  it("gives a cursor back to its own list only", () => {
    const cursor = encodeCursor("conversations", { at: 5, id: "x" });
    expect(decodeCursor("conversations", cursor)).toEqual({ at: 5, id: "x" });
    expect(decodeCursor("messages", cursor)).toBeNull();
    expect(decodeCursor("conversations", `${cursor}A`)).toBeNull();
    expect(decodeCursor("conversations", "not a cursor")).toBeNull();
  });

  it("makes request ids that are ULIDs and never the same", () => {
    expect(createRequestId(ANCHOR)).toMatch(/^01[0-9A-HJKMNP-TV-Z]{24}$/);
    expect(createRequestId(ANCHOR)).not.toBe(createRequestId(ANCHOR));
    expect(createRequestId(ANCHOR) < createRequestId(ANCHOR + 1)).toBe(true);
  });
});

describe("segments", () => {
  it.each([
    ["", 1],
    ["a".repeat(160), 1],
    ["a".repeat(161), 2],
    ["€".repeat(80), 1],
    ["€".repeat(81), 2],
    ["😀".repeat(35), 1],
    ["😀".repeat(36), 2],
  ])("counts %j", (text, count) => expect(segmentCount(text)).toBe(count));
});

describe("consent words", () => {
  it.each(["STOP", " stop ", "Unsubscribe", "CANCEL", "end", "Quit"])("%j opts out", (text) => {
    expect(optOutKeyword(text)).toBe(text.trim().toUpperCase());
  });
  it.each(["please stop texting me so early lol", "Cancel my appointment please", "END of an era", "stop."])(
    "%j does not",
    (text) => expect(optOutKeyword(text)).toBeNull(),
  );

  it("a STOP from the contact flips consent, a START brings it back", () => {
    const store = newStore();
    const conversation = store.conversations()[0]!;
    const consent = () => store.findConsent(conversation.contactNumber);
    expect(consent()).toMatchObject({ optedIn: true });
    store.addInbound(conversation, "please stop texting me so early lol");
    expect(consent()).toMatchObject({ optedIn: true });
    store.addInbound(conversation, "STOP");
    expect(consent()).toMatchObject({ optedIn: false, optedOutAt: conversation.messages.at(-1)!.createdAt });
    store.addInbound(conversation, "START");
    expect(consent()).toMatchObject({ optedIn: true, optedOutAt: null });
  });
});

describe("life", () => {
  it("answers in the contact's language, and takes up the offer of STOP", () => {
    const store = newStore();
    const hebrew = store.conversations().find(({ language }) => language === "he")!;
    expect(answerTo(hebrew, "Your bike is ready", 0)).toMatch(/[\u0590-\u05ff]/);
    const english = store.conversations().find(({ language }) => language === "en")!;
    expect(answerTo(english, "Reply STOP to opt out", 0)).toBe("STOP");
    expect(answerTo(english, "Hello", 0)).not.toBe(answerTo(english, "Hello", 1));
  });

  it("answers two quick messages once, and nothing after stop", () => {
    const store = newStore();
    const timers = new Map<() => void, number>();
    const life = createLife(
      store,
      (delayMs, callback) => {
        timers.set(callback, delayMs);
        return () => timers.delete(callback);
      },
      () => ANCHOR,
    );
    const conversation = store.conversations()[0]!;
    const input = { from: conversation.phoneNumber, to: conversation.contactNumber, mediaUrls: [], tag: null };
    for (const text of ["one", "two"]) life.afterSend(conversation, store.addOutbound({ ...input, text }).message);
    expect(timers.size).toBe(5);
    life.stop();
    expect(timers.size).toBe(0);
  });
});

describe("send limit", () => {
  it("lets a burst through, then one a second, and says how long to wait", () => {
    let now = 1000;
    const limiter = createLimiter(() => now, { perSecond: 1, burst: 2 });
    expect([limiter.take(), limiter.take(), limiter.take()]).toEqual([0, 0, 1]);
    now += 1000;
    expect([limiter.take(), limiter.take()]).toEqual([0, 1]);
  });
});
