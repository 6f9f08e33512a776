/** Which news are told: every rule with the case that would break it. */
import { describe, expect, it } from "vitest";
import { decide, isQuiet, levelOf } from "../../../../electron/notify/decide.ts";
import type { Circumstances, News } from "../../../../electron/notify/decide.ts";
import type { AccountId, ConversationId, MessageId } from "../../../../shared/domain.ts";
import { defaultSettings } from "../../../../shared/settings.ts";

const news = (id: number, change: Partial<News> = {}): News => ({
  conversationId: id as ConversationId,
  accountId: 1 as AccountId,
  accountName: "Front desk",
  provider: "twilio",
  contactName: null,
  contactNumber: "+15551230000",
  consent: "opted_in",
  count: 1,
  messageId: (id * 10) as MessageId,
  text: "hello",
  textsAreRemoved: false,
  ...change,
});

const settings = defaultSettings().notifications;
const now = (change: Partial<Circumstances> = {}): Circumstances => ({
  settings,
  minuteOfDay: 600,
  isFocused: false,
  openId: null,
  isCatchingUp: false,
  ...change,
});
const many = (count: number) => Array.from({ length: count }, (_, index) => news(index + 1, { count: 10 }));
const kindOf = (list: readonly News[], circumstances: Circumstances) => decide(list, circumstances).kind;

describe("decide", () => {
  it("tells nothing of nothing", () => expect(kindOf([], now())).toBe("none"));

  it("is silent about the thread in view, but only of a focused window", () => {
    const openId = 1 as ConversationId;
    expect(kindOf([news(1)], now({ openId, isFocused: true }))).toBe("none");
    expect(kindOf([news(1)], now({ openId, isFocused: false }))).toBe("threads");
    expect(kindOf([news(2)], now({ openId, isFocused: true }))).toBe("threads");
  });

  it("is silent when switched off, in quiet hours and about muted accounts", () => {
    expect(kindOf([news(1)], now({ settings: { ...settings, enabled: false } }))).toBe("none");
    const quiet = { on: true, from: 540, to: 660 };
    expect(kindOf([news(1)], now({ settings: { ...settings, quiet } }))).toBe("none");
    const mutedAccounts = [1 as AccountId];
    expect(kindOf([news(1)], now({ settings: { ...settings, mutedAccounts } }))).toBe("none");
    expect(kindOf([news(1, { accountId: 2 as AccountId })], now({ settings: { ...settings, mutedAccounts } }))).toBe(
      "threads",
    );
  });

  it("tells one notification per thread, however many texts", () => {
    const decision = decide([news(1, { count: 900 }), news(2)], now());
    expect(decision).toMatchObject({ kind: "threads", threads: [{}, {}] });
  });

  it("makes one summary of many threads at once, and of several while catching up", () => {
    expect(decide(many(5), now())).toEqual({ kind: "summary", conversations: 5, messages: 50 });
    expect(decide(many(4), now()).kind).toBe("threads");
    expect(decide(many(2), now({ isCatchingUp: true })).kind).toBe("summary");
    expect(decide(many(1), now({ isCatchingUp: true })).kind).toBe("threads");
  });

  it("counts in a summary only what may be told", () => {
    const list = [...many(6), news(7, { accountId: 2 as AccountId })];
    const mutedAccounts = [2 as AccountId];
    expect(decide(list, now({ settings: { ...settings, mutedAccounts } }))).toMatchObject({ conversations: 6 });
  });
});

describe("levelOf", () => {
  it("says who alone, by default, where texts are removed", () => {
    expect(levelOf({ textsAreRemoved: true }, settings)).toBe("sender");
    expect(levelOf({ textsAreRemoved: false }, settings)).toBe("full");
  });

  it("follows a person's choice", () => {
    for (const privacy of ["full", "sender", "nothing"] as const) {
      expect(levelOf({ textsAreRemoved: true }, { ...settings, privacy })).toBe(privacy);
    }
  });
});

describe("isQuiet", () => {
  it.each([
    [{ on: true, from: 60, to: 120 }, 60, true],
    [{ on: true, from: 60, to: 120 }, 119, true],
    [{ on: true, from: 60, to: 120 }, 120, false],
    [{ on: true, from: 1200, to: 420 }, 1200, true],
    [{ on: true, from: 1200, to: 420 }, 0, true],
    [{ on: true, from: 1200, to: 420 }, 419, true],
    [{ on: true, from: 1200, to: 420 }, 420, false],
    [{ on: true, from: 60, to: 60 }, 60, false],
    [{ on: false, from: 0, to: 1439 }, 60, false],
  ])("%o at minute %i: %s", (quiet, minute, expected) => {
    expect(isQuiet(quiet, minute)).toBe(expected);
  });
});
