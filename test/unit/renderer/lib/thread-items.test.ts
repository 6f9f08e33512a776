import { describe, expect, it } from "vitest";
import { createFormat } from "../../../../renderer/lib/format.ts";
import { threadItems } from "../../../../renderer/lib/thread-items.ts";
import type { Message, OutboxItem } from "../../../../shared/domain.ts";

const format = createFormat({ locale: "en-US", timeZone: "UTC" });
const start = Date.UTC(2026, 3, 14, 12);
const MINUTE = 60_000;

function message(
  id: number,
  minutes: number,
  direction: Message["direction"],
  status: Message["status"] = "delivered",
): Message {
  return {
    id: id as Message["id"],
    conversationId: 1 as Message["conversationId"],
    direction,
    body: { kind: "text", text: String(id) },
    mediaCount: 0,
    status,
    createdAt: start + minutes * MINUTE,
  };
}
const reply = (createdAt: number) =>
  ({ id: 9, conversationId: 1, text: "x", state: "queued", error: null, attempts: 0, createdAt }) as OutboxItem;

describe("threadItems", () => {
  it("draws a line for every day and groups runs of one side", () => {
    const items = threadItems(
      [
        message(1, 0, "inbound"),
        message(2, 2, "inbound"),
        message(3, 30, "inbound"),
        message(4, 31, "outbound"),
        message(5, 24 * 60, "outbound"),
      ],
      [],
      format,
    );
    expect(items.map((item) => item.key)).toEqual([
      "head",
      "day 2026-04-14",
      "message 1",
      "message 2",
      "message 3",
      "message 4",
      "day 2026-04-15",
      "message 5",
    ]);
    const groups = items.flatMap((item) => (item.kind === "message" ? [[item.startsGroup, item.endsGroup]] : []));
    expect(groups).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  it("shows the delivery state under the last own message and under every one that failed or waits", () => {
    const items = threadItems(
      [
        message(1, 0, "outbound", "failed"),
        message(2, 9, "outbound"),
        message(3, 18, "outbound", "queued"),
        message(4, 27, "outbound"),
        message(5, 36, "inbound"),
      ],
      [],
      format,
    );
    expect(items.flatMap((item) => (item.kind === "message" ? [item.showsStatus] : []))).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  it("keeps keys while older messages are put in front", () => {
    const newer = [message(5, 60, "inbound"), message(6, 61, "inbound")];
    const before = threadItems(newer, [], format).map((item) => item.key);
    const after = threadItems([message(4, 0, "outbound"), ...newer], [], format).map((item) => item.key);
    expect(after.slice(-2)).toEqual(before.slice(-2));
  });

  it("never draws a day line that goes back in time for a reply that waited", () => {
    const items = threadItems([message(1, 24 * 60, "inbound")], [reply(start)], format);
    expect(items.map((item) => item.kind)).toEqual(["head", "day", "message", "outbox"]);
  });

  it("puts the unread line before the first unread, never before everything", () => {
    const messages = [message(1, 0, "inbound"), message(2, 1, "outbound"), message(3, 2, "inbound")];
    const keys = (since: number | null) =>
      threadItems(messages, [], format, { unreadSince: since, gap: null }).map(({ key }) => key);
    expect(keys(start)).toEqual(["head", "day 2026-04-14", "message 1", "message 2", "unread", "message 3"]);
    expect(keys(start - 1)).not.toContain("unread");
    expect(keys(start + 2 * MINUTE)).not.toContain("unread");
    expect(keys(null)).not.toContain("unread");
  });

  it("puts a gap after the message it follows, and leaves one at the beginning to the head", () => {
    const messages = [message(1, 0, "inbound"), message(2, 1, "inbound")];
    const keys = (after: number | null, before: number | null) =>
      threadItems(messages, [reply(start)], format, { unreadSince: null, gap: { after, before } }).map(
        ({ key }) => key,
      );
    expect(keys(start, start + MINUTE)).toEqual([
      "head",
      "day 2026-04-14",
      "message 1",
      "gap",
      "message 2",
      "outbox 9",
    ]);
    expect(keys(start + MINUTE, null).slice(-2)).toEqual(["gap", "outbox 9"]);
    expect(keys(null, start)).not.toContain("gap");
  });
});
