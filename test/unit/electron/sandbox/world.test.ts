/** The sample world: repeatable, rich enough, and in order whatever the anchor. */
import { describe, expect, it } from "vitest";
import { cast } from "../../../../electron/sandbox/data/cast.ts";
import { library } from "../../../../electron/sandbox/data/library.ts";
import { parseScripts } from "../../../../electron/sandbox/data/script-format.ts";
import { isConversationId, isUuid } from "../../../../electron/sandbox/ids.ts";
import { redactedAt, redactionTimeOf } from "../../../../electron/sandbox/retention.ts";
import { buildWorld } from "../../../../electron/sandbox/world.ts";

const DAY_MS = 86_400_000;
const ANCHOR = Date.parse("2026-05-20T15:30:00Z");
const world = buildWorld({ anchorAt: ANCHOR, seed: "test", utcOffsetMinutes: 0 });
const messages = world.conversations.flatMap((conversation) => conversation.messages);

describe("sample world", () => {
  it("is the same for the same anchor and seed, and another for another seed", () => {
    const again = buildWorld({ anchorAt: ANCHOR, seed: "test", utcOffsetMinutes: 0 });
    expect(again).toEqual(world);
    const other = buildWorld({ anchorAt: ANCHOR, seed: "other", utcOffsetMinutes: 0 });
    expect(other.conversations[0]!.id).not.toBe(world.conversations[0]!.id);
    expect(other.conversations[0]!.messages.at(-1)!.id).not.toBe(world.conversations[0]!.messages.at(-1)!.id);
  });

  it("holds at least 72 conversations and 1,700 messages over 14 months, threads of 1 to 180", () => {
    const lengths = world.conversations.map((conversation) => conversation.messages.length);
    expect(world.conversations.length).toBeGreaterThanOrEqual(72);
    expect(messages.length).toBeGreaterThanOrEqual(1700);
    expect(Math.min(...lengths)).toBe(1);
    expect(Math.max(...lengths)).toBe(180);
    const oldest = Math.min(...messages.map((message) => message.createdAt));
    expect((ANCHOR - oldest) / DAY_MS).toBeGreaterThan(400);
    expect((ANCHOR - oldest) / DAY_MS).toBeLessThan(460);
  });

  it.each(Array.from({ length: 14 }, (_, i) => ANCHOR + i * (DAY_MS + 5_432_100)))(
    "keeps every thread strictly rising and never in the future (anchor %i)",
    (anchorAt) => {
      for (const conversation of buildWorld({ anchorAt, seed: "test", utcOffsetMinutes: -420 }).conversations) {
        const times = conversation.messages.map((message) => message.createdAt);
        expect(times.every((time, i) => i === 0 || time > times[i - 1]!)).toBe(true);
        expect(times.at(-1)).toBeLessThan(anchorAt);
      }
    },
  );

  it("looks alive now, and keeps shop hours further back", () => {
    const lasts = world.conversations.map((conversation) => conversation.messages.at(-1)!.createdAt);
    expect(ANCHOR - Math.max(...lasts)).toBeLessThan(10 * 60_000);
    const earlier = lasts.filter((at) => ANCHOR - at > DAY_MS);
    const hours = earlier.map((at) => new Date(at).getUTCHours());
    expect(hours.filter((hour) => hour < 7 || hour > 22)).toEqual([]);
    expect(new Set(earlier.map((at) => new Date(at).toISOString().slice(11, 16))).size).toBeGreaterThan(60);
  });

  it("gives every record an id of its own, in the documented shape", () => {
    expect(messages.every((message) => isUuid(message.id))).toBe(true);
    expect(new Set(messages.map((message) => message.id)).size).toBe(messages.length);
    expect(world.conversations.every((conversation) => isConversationId(conversation.id))).toBe(true);
    expect(new Set(world.conversations.map(({ id }) => id)).size).toBe(world.conversations.length);
  });

  it("uses every dialogue exactly once and repeats no readable text longer than a word or two", () => {
    const used = cast.flatMap((row) => row.scripts);
    expect(used.toSorted()).toEqual([...library.keys()].toSorted());
    const readable = messages.filter((message) => redactedAt(message.createdAt, ANCHOR) === null);
    const texts = readable.map((message) => message.text).filter((text) => text.length > 12);
    const twice = texts.filter((text, i) => texts.indexOf(text) !== i);
    // The one text that failed is sent again on purpose.
    expect(twice).toEqual(["Your chain and cassette are in. Shall we fit them on Friday?"]);
    expect(readable.length).toBeGreaterThan(600);
  });

  it("shows what an inbox has to cope with", () => {
    const texts = messages.map((message) => message.text);
    expect(texts).toContain("[redacted]");
    expect(texts).toContain("Cancel my appointment please");
    expect(texts).toContain("STOP");
    expect(texts.some((text) => text.startsWith("please stop texting me so early"))).toBe(true);
    expect(texts.some((text) => /[\u0600-\u06ff]/.test(text))).toBe(true);
    expect(texts.some((text) => /[\u0590-\u05ff]/.test(text))).toBe(true);
    expect(texts.some((text) => text.length > 1000)).toBe(true);
    expect(texts.every((text) => text.length <= 1600)).toBe(true);
    expect(texts.some((text) => text.includes("\n\n"))).toBe(true);
    expect(
      messages.flatMap((message) => message.mediaUrls).every((url) => /^https:\/\/[^/]+\.example\//.test(url)),
    ).toBe(true);
    expect(new Set(messages.map((message) => message.status))).toContain("undelivered");
  });

  it("uses only numbers reserved for fiction and no host that could exist", () => {
    const numbers = [...cast.map((row) => row.contact), ...world.numbers.map(({ number }) => number)];
    expect(numbers.filter((number) => !/^\+1\d{3}55501\d\d$|^\+447700900\d{3}$/.test(number))).toEqual([]);
    const hosts = messages.flatMap((message) => message.text.match(/https?:\/\/[^\s/]+/g) ?? []);
    expect(hosts.filter((host) => !host.endsWith(".example"))).toEqual([]);
  });
});

describe("retention", () => {
  it("removes a text in the night of the 90th day, between 03:10 and 03:20 UTC", () => {
    const at = redactionTimeOf(Date.parse("2026-01-10T08:00:00Z"));
    expect(new Date(at).toISOString()).toMatch(/^2026-04-10T03:1\d:\d\d\.000Z$/);
    expect(redactedAt(Date.parse("2026-01-10T08:00:00Z"), at - 1)).toBeNull();
    expect(redactedAt(Date.parse("2026-01-10T08:00:00Z"), at)).toBe(at);
  });
});

describe("dialogue notation", () => {
  it("reads directions, continued lines, pauses, media and outcomes", () => {
    const [script] = parseScripts(
      "# a\n< hi\n|\n| there\n~ 2h\n> {failed} no\n~ 1d 9:05\n< [photo: a.jpg, b.jpg] look\n",
    );
    expect(script!.lines.map((line) => line.text)).toEqual(["hi\n\nthere", "no", "look"]);
    expect(script!.lines[1]).toMatchObject({ outcome: "failed", gap: { kind: "after", ms: 7_200_000 } });
    expect(script!.lines[2]).toMatchObject({
      media: ["a.jpg", "b.jpg"],
      gap: { kind: "day", days: 1, minuteOfDay: 545 },
    });
  });

  it.each(["< before any name", "# a\nwhat is this", "# a\n~ soon", "# a\n| continues nothing"])(
    "refuses %j",
    (source) => {
      expect(() => parseScripts(source)).toThrow(/sample data/);
    },
  );
});
