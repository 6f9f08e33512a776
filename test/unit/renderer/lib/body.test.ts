import { describe, expect, it } from "vitest";
import { preview, redactionSentence, spokenBody } from "../../../../renderer/lib/body.ts";
import { createFormat } from "../../../../renderer/lib/format.ts";

const format = createFormat({ locale: "en-GB", timeZone: "UTC" });
const removed = Date.UTC(2026, 3, 10, 10, 0);
const here = Date.UTC(2026, 3, 10, 10, 2);

describe("a text that is gone", () => {
  it("says who removed it, when, and what became of this device's copy", () => {
    expect(redactionSentence({ by: "provider", at: removed, removedHereAt: here }, format)).toBe(
      "Redacted: removed by your provider's retention on 10 Apr 2026; this device removed its copy on 10 Apr 2026, 10:02.",
    );
    expect(redactionSentence({ by: "provider", at: removed, removedHereAt: null }, format)).toBe(
      "Redacted: removed by your provider's retention on 10 Apr 2026; this device never held a copy.",
    );
    expect(redactionSentence({ by: "retention", at: removed, removedHereAt: here }, format)).toBe(
      "Redacted: removed on this device on 10 Apr 2026, when the retention window ended.",
    );
  });

  it("keeps the four cases apart", () => {
    const spoken = [
      spokenBody({ kind: "redacted", redaction: { by: "provider", at: removed, removedHereAt: here } }, 0, format),
      spokenBody({ kind: "redacted", redaction: { by: "retention", at: removed, removedHereAt: here } }, 0, format),
      spokenBody({ kind: "missing" }, 0, format),
      spokenBody({ kind: "text", text: "[redacted]" }, 0, format),
    ];
    expect(new Set(spoken).size).toBe(4);
    expect(spoken.map((sentence) => sentence.startsWith("Redacted"))).toEqual([true, true, false, false]);
    expect(spoken[3]).toBe("[redacted]");
  });

  it("names attachments, but not those of a removed text", () => {
    expect(spokenBody({ kind: "empty" }, 2, format)).toBe("2 attachments");
    expect(spokenBody({ kind: "text", text: "Look" }, 1, format)).toBe("Look. 1 attachment");
    const redaction = { by: "provider", at: removed, removedHereAt: null } as const;
    expect(spokenBody({ kind: "redacted", redaction }, 2, format)).not.toContain("attachment");
  });

  it("fits a list row", () => {
    const now = Date.UTC(2026, 3, 14);
    const redaction = { by: "provider", at: removed, removedHereAt: here } as const;
    expect(preview({ kind: "redacted", redaction }, now, format)).toEqual({
      kind: "redacted",
      text: "Text removed 10 Apr",
    });
    expect(preview({ kind: "text", text: "one\n  two\u202E" }, now, format)).toEqual({ kind: "text", text: "one two" });
  });
});
