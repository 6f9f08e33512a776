/** The WhatsApp reply window: when free text is open, when it is shut, and when nothing may be said. */
import { describe, expect, it } from "vitest";
import { replyWindowOf, timeLeft } from "../../../../renderer/lib/reply-window.ts";

const NOW = Date.UTC(2026, 3, 28, 12);
const HOUR_MS = 3_600_000;
const inbound = (hoursAgo: number, channel = "whatsapp") => ({
  direction: "inbound" as const,
  createdAt: NOW - hoursAgo * HOUR_MS,
  channel,
});
const outbound = (hoursAgo: number, channel = "whatsapp") => ({
  ...inbound(hoursAgo, channel),
  direction: "outbound" as const,
});

describe("the reply window", () => {
  it("is open for 24 hours after the contact last wrote, whatever we wrote since", () => {
    const messages = [inbound(30), inbound(2), outbound(1)];
    expect(replyWindowOf("vobiz", messages, true, NOW)).toEqual({ kind: "open", closesAt: NOW + 22 * HOUR_MS });
  });

  it("is shut at its last millisecond, not before", () => {
    expect(replyWindowOf("vobiz", [inbound(24)], true, NOW)).toEqual({ kind: "shut" });
    expect(replyWindowOf("vobiz", [inbound(24)], true, NOW - 1)).toMatchObject({ kind: "open" });
  });

  it("is shut where the contact never wrote, and unknown while that is not known", () => {
    expect(replyWindowOf("vobiz", [outbound(1)], true, NOW)).toEqual({ kind: "shut" });
    expect(replyWindowOf("vobiz", [outbound(1)], false, NOW)).toBeNull();
    expect(replyWindowOf("vobiz", [], true, NOW)).toBeNull();
  });

  it("concerns WhatsApp only", () => {
    expect(replyWindowOf("twilio", [inbound(30, "sms")], true, NOW)).toBeNull();
    expect(replyWindowOf("twilio", [inbound(30)], true, NOW)).toEqual({ kind: "shut" });
    expect(replyWindowOf("highlevel", [inbound(30)], true, NOW)).toEqual({ kind: "shut" });
    expect(replyWindowOf("agentmessage", [inbound(30)], true, NOW)).toBeNull();
    expect(replyWindowOf("quo", [inbound(30)], true, NOW)).toBeNull();
  });

  it("never promises more time than is left", () => {
    expect(timeLeft(NOW + 2 * HOUR_MS - 1, NOW)).toBe("1 hour");
    expect(timeLeft(NOW + HOUR_MS - 1, NOW)).toBe("59 minutes");
    expect(timeLeft(NOW + 59_000, NOW)).toBe("0 minutes");
  });
});
