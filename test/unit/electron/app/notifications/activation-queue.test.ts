/** Clicks and replies that the inbox cannot take yet: kept, in order, told of, and stored once it can. */
import { beforeEach, describe, expect, it } from "vitest";
import { createActivationQueue, HELD_RETRY_MS } from "../../../../../electron/app/notifications/activation-queue.ts";
import type { ActivationQueue } from "../../../../../electron/app/notifications/activation-queue.ts";
import { createLog } from "../../../../../electron/log.ts";
import type { Activation } from "../../../../../electron/notify/activation.ts";
import type { ConversationId, MessageId } from "../../../../../shared/domain.ts";
import { AppError } from "../../../../../shared/errors.ts";
import type { AppErrorCode } from "../../../../../shared/errors.ts";
import { createFakeClock, settle } from "../../../../fakes/fake-clock.ts";

const reply = (text: string): Activation => ({
  kind: "reply",
  conversationId: 1 as ConversationId,
  messageId: 2 as MessageId,
  text,
});
const click: Activation = { ...reply(""), kind: "open" };

let clock: ReturnType<typeof createFakeClock>;
let queue: ActivationQueue;
let isOpen: boolean;
/** What the database says to a reply; null: it takes it. */
let refusal: AppErrorCode | null;
let done: string[];
let held: number;
let shown: number;
let lines: string[];

beforeEach(() => {
  clock = createFakeClock();
  [isOpen, refusal, done, held, shown, lines] = [true, null, [], 0, 0, []];
  queue = createActivationQueue({
    clock,
    log: createLog((line) => void lines.push(line), clock.now),
    activate: () =>
      isOpen
        ? async ({ kind, text }) => {
            await Promise.resolve();
            if (kind === "reply" && refusal !== null) throw new AppError(refusal, `about ${text}`);
            done.push(kind === "reply" ? text : "click");
          }
        : null,
    showWindow: () => (shown += 1),
    onHeld: () => (held += 1),
  });
});

describe("before the inbox is open", () => {
  it("keeps clicks and replies, and brings the window up for a click only", async () => {
    isOpen = false;
    queue.add(reply("first"));
    expect(shown).toBe(0);
    queue.add(click);
    queue.add(reply("second"));
    expect(shown).toBe(1);
    await clock.advance(60_000);
    expect(done).toEqual([]);
    isOpen = true;
    queue.flush();
    await clock.advance(0);
    await settle();
    expect(done.toSorted()).toEqual(["click", "first", "second"]);
    expect(done.indexOf("first")).toBeLessThan(done.indexOf("second"));
    queue.flush();
    await settle();
    expect(done).toHaveLength(3);
  });
});

describe("while the disk refuses", () => {
  it("brings the window up for a click whose thread cannot be looked up: it says what is wrong", async () => {
    const broken = createActivationQueue({
      clock,
      log: createLog((line) => void lines.push(line), clock.now),
      activate: () => () => Promise.reject(new AppError("disk_error")),
      showWindow: () => (shown += 1),
      onHeld: () => (held += 1),
    });
    broken.add(click);
    await settle();
    expect([shown, held, lines.length]).toEqual([1, 0, 1]);
  });

  it("holds replies in order, says so once, lets clicks pass, and stores them when it can", async () => {
    refusal = "disk_full";
    for (const text of ["first", "second"]) queue.add(reply(text));
    queue.add(click);
    await clock.advance(HELD_RETRY_MS * 3);
    expect({ done, held }).toEqual({ done: ["click"], held: 1 });
    refusal = null;
    await clock.advance(HELD_RETRY_MS * 2);
    expect(done).toEqual(["click", "first", "second"]);
    expect(clock.pending()).toBe(0);
    refusal = "disk_error";
    queue.add(reply("third"));
    await clock.advance(HELD_RETRY_MS);
    expect(held).toBe(2);
  });

  it("tries one at a time, also when asked from two sides", async () => {
    refusal = "disk_full";
    queue.add(reply("only"));
    await clock.advance(1);
    refusal = null;
    for (let again = 0; again < 5; again += 1) queue.flush();
    await clock.advance(HELD_RETRY_MS * 2);
    expect(done).toEqual(["only"]);
  });

  it("never logs a word of it", async () => {
    refusal = "disk_full";
    queue.add(reply("a private matter"));
    await clock.advance(HELD_RETRY_MS);
    expect(lines.join("")).toContain("disk_full");
    expect(lines.join("")).not.toContain("private");
  });
});

describe("a damaged cache", () => {
  it("takes its reply along, as words to salvage: it is not offered to the next cache", async () => {
    refusal = "db_damaged";
    queue.add(reply("salvaged elsewhere"));
    await clock.advance(0);
    refusal = null;
    await clock.advance(HELD_RETRY_MS * 3);
    expect({ done, held }).toEqual({ done: [], held: 0 });
    queue.add(reply("the next one"));
    await clock.advance(0);
    expect(done).toEqual(["the next one"]);
  });
});
