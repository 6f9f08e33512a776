import { describe, expect, it } from "vitest";
import { arrivalsAfter } from "../../../../renderer/lib/arrivals.ts";
import type { Message } from "../../../../shared/domain.ts";

const message = (id: number, createdAt: number, direction: Message["direction"] = "inbound"): Message => ({
  id: id as Message["id"],
  conversationId: 1 as Message["conversationId"],
  direction,
  body: { kind: "text", text: `text ${id}` },
  mediaCount: 0,
  status: direction === "inbound" ? "received" : "sent",
  createdAt,
});

describe("arrivals in an open thread", () => {
  it("are none when the thread is shown for the first time", () => {
    expect(arrivalsAfter([message(1, 10)], null)).toEqual([]);
  });

  it("are all that came since, not only the last, and also behind an answer of ours", () => {
    const seen = message(1, 10);
    const run = [seen, message(2, 20), message(3, 30), message(4, 40, "outbound")];
    expect(arrivalsAfter(run, seen)).toEqual([2, 3]);
  });

  it("are not what was loaded in front, though its row is newer", () => {
    const seen = message(5, 50);
    expect(arrivalsAfter([message(9, 40), seen], seen)).toEqual([]);
  });

  it("at the same moment go by their rows", () => {
    const seen = message(5, 50);
    expect(arrivalsAfter([message(4, 50), seen, message(6, 50)], seen)).toEqual([6]);
  });

  it("are found also when the last seen message was removed from the thread", () => {
    expect(arrivalsAfter([message(1, 10), message(3, 30)], message(2, 20))).toEqual([3]);
  });
});
