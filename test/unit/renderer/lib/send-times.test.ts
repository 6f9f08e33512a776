/** When a reply is scheduled for, through clock changes and zones. */
import { parseDateTime } from "@internationalized/date";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFuture, localTime, momentOf, sendTimes } from "../../../../renderer/lib/send-times.ts";

const BERLIN = "Europe/Berlin";
const at = (iso: string) => Date.parse(iso);

describe("a chosen wall-clock time", () => {
  it.each([
    ["before a gap", "2026-03-29T01:59", "2026-03-29T00:59:00Z"],
    ["inside a gap: as long after it", "2026-03-29T02:30", "2026-03-29T01:30:00Z"],
    ["after a gap", "2026-03-29T03:00", "2026-03-29T01:00:00Z"],
    ["that comes twice: the first", "2026-10-25T02:30", "2026-10-25T00:30:00Z"],
    ["after the repetition", "2026-10-25T03:00", "2026-10-25T02:00:00Z"],
  ])("%s", (_name, local, moment) => expect(momentOf(parseDateTime(local), BERLIN)).toBe(at(moment)));

  it("is the same moment in another zone afterwards", () => {
    const moment = momentOf(parseDateTime("2026-04-14T09:00"), "America/New_York");
    expect(localTime(moment, BERLIN).toString()).toBe("2026-04-14T15:00:00");
  });

  it("comes back as it was shown, for every moment of a year and many zones", () => {
    const zones = fc.constantFrom(BERLIN, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC");
    fc.assert(
      fc.property(fc.integer({ min: at("2026-01-01T00:00Z"), max: at("2027-01-01T00:00Z") }), zones, (some, zone) => {
        const moment = some - (some % 60_000);
        const back = momentOf(localTime(moment, zone), zone);
        // An hour that comes twice reads the same both times; the first is meant.
        expect(back === moment || (back < moment && moment - back <= 3_600_000)).toBe(true);
        expect(localTime(back, zone).toString()).toBe(localTime(moment, zone).toString());
      }),
    );
  });
});

describe("the usual moments", () => {
  it("are this afternoon, tomorrow and Monday at nine", () => {
    expect(sendTimes(at("2026-04-15T10:20:00Z"), "UTC")).toEqual({
      later: at("2026-04-15T13:00:00Z"),
      tomorrow: at("2026-04-16T09:00:00Z"),
      monday: at("2026-04-20T09:00:00Z"),
    });
  });

  it("on a Monday mean the next one, and have no later in the evening", () => {
    expect(sendTimes(at("2026-04-20T19:30:00Z"), "UTC")).toMatchObject({
      later: null,
      monday: at("2026-04-27T09:00:00Z"),
    });
  });

  it("are nine o'clock on the wall over a clock change", () => {
    expect(sendTimes(at("2026-03-28T12:00:00Z"), BERLIN).tomorrow).toBe(at("2026-03-29T07:00:00Z"));
  });

  it("always lie ahead", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: at("2040-01-01T00:00Z") }), (now) => {
        const { later, tomorrow, monday } = sendTimes(now, BERLIN);
        expect([later ?? tomorrow, tomorrow, monday].every((moment) => isFuture(moment, now))).toBe(true);
      }),
    );
  });
});
