/** Links and activations from outside: 10,000 of each, and nothing but opening a thread ever comes of them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readActivation,
  readShownId,
  replyArguments,
  replyKey,
  shownId,
} from "../../../../electron/notify/activation.ts";
import { linkOfArguments, readLink } from "../../../../electron/notify/deep-link.ts";
import type { ConversationId, MessageId } from "../../../../shared/domain.ts";

const RUNS = 10_000;
const thread = 12 as ConversationId;
const messageId = 345 as MessageId;

const piece = fc.constantFrom(
  "threadkeep:",
  "threadkeep://",
  "THREADKEEP://",
  "open",
  "send",
  "/",
  "//",
  "12",
  "0",
  "-1",
  "1e3",
  "9".repeat(20),
  "..",
  "%2e%2e",
  "?text=hi",
  "#x",
  "&tag=t1",
  "@evil.test",
  "javascript:",
  "file:///etc/passwd",
  "--inspect=9229",
  "--no-sandbox",
  "--load-extension=/tmp/x",
  "\n",
  " ",
  "\u0000",
);
const hostile = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")),
  fc.string({ maxLength: 20 }).map((rest) => `threadkeep://${rest}`),
  fc.string({ maxLength: 20 }).map((rest) => `threadkeep://open/${rest}`),
);

describe("a threadkeep:// link", () => {
  it("opens a thread by its local id", () => {
    expect(readLink("threadkeep://open/12")).toEqual({ kind: "open", conversationId: 12 });
  });

  it.each([
    "threadkeep://open/0",
    "threadkeep://open/-1",
    "threadkeep://open/12/",
    "threadkeep://open/12?text=hello",
    "threadkeep://open/12#x",
    "threadkeep://open/ 12",
    "threadkeep://open/12\n",
    "threadkeep://send/12",
    "threadkeep:open/12",
    "Threadkeep://open/12",
    "https://open/12",
    `threadkeep://open/${"9".repeat(16)}`,
    "",
  ])("%j is none", (text) => expect(readLink(text)).toBeNull());

  it(`is exactly that or nothing, for ${RUNS} texts`, () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const id = readLink(text)?.conversationId ?? null;
        expect(id === null || (text === `threadkeep://open/${id}` && Number.isSafeInteger(id))).toBe(true);
      }),
      { numRuns: RUNS, seed: 13 },
    );
  });

  it("counts only as the last argument, whatever switches stand before it", () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 6 }), hostile, (before, last) => {
        expect(linkOfArguments([...before, "threadkeep://open/7"])).toEqual({ kind: "open", conversationId: 7 });
        expect(linkOfArguments(["threadkeep://open/7", ...before, `${last} `])).toBeNull();
      }),
      { numRuns: 2_000, seed: 14 },
    );
    expect(linkOfArguments([])).toBeNull();
  });
});

describe("an activation", () => {
  it("comes back as it was sent out", () => {
    expect(readActivation(replyArguments("click", { conversationId: thread, messageId }), undefined)).toEqual({
      kind: "open",
      conversationId: thread,
      messageId,
      text: "",
    });
    expect(readActivation(replyArguments("reply", { conversationId: thread, messageId }), "On my way")).toEqual({
      kind: "reply",
      conversationId: thread,
      messageId,
      text: "On my way",
    });
    const summary = replyArguments("click", { conversationId: null, messageId: null });
    expect(readActivation(summary, undefined)).toMatchObject({ kind: "open", conversationId: null });
  });

  it("has arguments that the system's splitting on & and = cannot misread", () => {
    const split = new Map(
      replyArguments("reply", { conversationId: thread, messageId })
        .split("&")
        .map((part) => part.split("=") as [string, string]),
    );
    expect(Object.fromEntries(split)).toEqual({ type: "reply", tag: "t12-345" });
    expect(split.get("tag")).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });

  it(`is refused unless it has our form, for ${RUNS} texts`, () => {
    fc.assert(
      fc.property(hostile, fc.string(), (text, reply) => {
        expect(readActivation(text, reply)).toBeNull();
      }),
      { numRuns: RUNS, seed: 15 },
    );
  });

  it("never replies to a summary", () => {
    expect(readActivation("type=reply&tag=summary", "hello")).toMatchObject({ kind: "open", text: "" });
  });
});

describe("the id of a shown notification", () => {
  it("names the thread and the message, and is read back", () => {
    const news = { tag: "t12", conversationId: thread, messageId };
    expect(shownId(news)).toBe("t12-345");
    expect(readShownId("t12-345")).toEqual(news);
  });

  it("of anything else is not taken for a thread's", () => {
    expect(shownId({ tag: "summary", messageId: null })).toBe("summary");
    for (const id of ["summary", "draft12", "t12", "t0-3", "t12-0", "t12-345 ", `t${"9".repeat(16)}-1`, ""]) {
      expect(readShownId(id)).toBeNull();
    }
  });
});

describe("replyKey", () => {
  it("is the same for the same reply, and another for another text, message or thread", () => {
    const key = replyKey(thread, messageId, "On my way");
    expect(replyKey(thread, messageId, " On my way\n")).toBe(key);
    const others = [
      replyKey(thread, messageId, "On my way!"),
      replyKey(thread, 346 as MessageId, "On my way"),
      replyKey(13 as ConversationId, messageId, "On my way"),
    ];
    expect(new Set([key, ...others]).size).toBe(4);
    expect(key).not.toContain("way");
  });
});
