import { describe, expect, it, vi } from "vitest";
import { createFormat, createSpokenFormat } from "../../../../renderer/lib/format.ts";
import type { SpokenLanguage } from "../../../../shared/languages.ts";

const format = createFormat({ locale: "en-US", timeZone: "America/New_York" });
const at = (iso: string) => Date.parse(iso);
/** Intl puts a narrow no-break space before AM and PM. */
const plain = (text: string) => text.replaceAll("\u202F", " ");

describe("format", () => {
  const now = at("2026-04-14T16:20:00-04:00");

  it.each([
    ["2026-04-14T09:05:00-04:00", "9:05 AM"],
    ["2026-04-14T00:01:00-04:00", "12:01 AM"],
    ["2026-04-13T23:59:00-04:00", "Yesterday"],
    ["2026-04-10T12:00:00-04:00", "Fri"],
    ["2026-04-07T12:00:00-04:00", "Apr 7"],
    ["2025-12-31T12:00:00-05:00", "Dec 31, 2025"],
    ["2026-04-15T12:00:00-04:00", "Apr 15, 2026"],
  ])("list time of %s is %s", (iso, shown) => {
    expect(plain(format.listTime(at(iso), now))).toBe(shown);
  });

  it("counts calendar days across a clock change, not periods of 24 hours", () => {
    // clocks go forward on 8 March 2026 in New York: this day has 23 hours
    expect(format.day(at("2026-03-08T00:30:00-05:00"), at("2026-03-09T00:10:00-04:00"))).toBe("Yesterday");
    expect(format.day(at("2026-03-07T23:50:00-05:00"), at("2026-03-09T00:10:00-04:00"))).toBe("Saturday, March 7");
  });

  it("names days by the shown zone", () => {
    const late = at("2026-04-14T23:30:00-04:00");
    expect(format.dayKey(late)).toBe("2026-04-14");
    expect(createFormat({ locale: "en-US", timeZone: "UTC" }).dayKey(late)).toBe("2026-04-15");
  });

  it("finds midnight to the second in zones that are whole quarters of an hour off", () => {
    for (const timeZone of ["UTC", "Asia/Kathmandu", "Australia/Adelaide", "America/St_Johns", "Pacific/Chatham"]) {
      const zoned = createFormat({ locale: "en-US", timeZone });
      const calendar = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
      const start = at("2026-04-03T00:00:00Z");
      for (let minute = 0; minute < 4_000; minute += 1) {
        const moment = start + minute * 60_000;
        for (const near of [moment - 1, moment]) expect(zoned.dayKey(near)).toBe(calendar.format(near));
      }
    }
  });

  it("keeps the width of the clock in the status line", () => {
    expect(plain(format.paddedTime(at("2026-04-14T09:41:00-04:00")))).toBe("09:41 AM");
    expect(createFormat({ locale: "de-DE", timeZone: "UTC" }).paddedTime(at("2026-04-14T09:41:00Z"))).toBe("09:41");
  });

  it("writes a number as it is dialled from the own number", () => {
    expect(format.phone("+15550100123", "+15550101000")).toBe("(555) 010-0123");
    expect(format.phone("+15550100123", "+442071838750")).toBe("+1 555 010 0123");
    expect(format.phone("+442071838750", "+15550101000")).toBe("+44 20 7183 8750");
  });

  it("leaves alone what is no phone number", () => {
    expect(format.phone("Dental\u202Ecod.exe")).toBe("Dentalcod.exe");
    expect(format.phone("+1555010XXXX")).toBe("+1555010XXXX");
  });
});

describe("the format of what is spoken now", () => {
  it("is made anew for another language, and when the computer came into another zone", () => {
    let spoken = { language: "en", locale: "en-US" } as SpokenLanguage;
    let moves = 0;
    const now = createSpokenFormat(
      () => spoken,
      () => moves,
    );
    expect(now.count(1_234.5)).toBe("1,234.5");
    spoken = { language: "es", locale: "es-ES" };
    expect(now.count(12_345.5)).toBe("12.345,5");

    const moment = at("2026-04-14T12:00:00Z");
    const before = now.time(moment);
    vi.stubEnv("TZ", "Pacific/Kiritimati");
    // Until somebody looked, all times are of one place.
    expect(now.time(moment)).toBe(before);
    moves += 1;
    expect(now.timeZone).toBe("Pacific/Kiritimati");
    expect(now.time(moment)).toBe("2:00");
    vi.unstubAllEnvs();
  });
});
