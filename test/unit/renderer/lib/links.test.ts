import { describe, expect, it } from "vitest";
import { createLinkSplitter, safeLink } from "../../../../renderer/lib/links.ts";
import { seededRandom } from "../../../fakes/fake-data.ts";

const split = createLinkSplitter();
const links = (text: string) => split(text).filter((part) => part.kind === "link");

describe("the link policy", () => {
  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>1</script>",
    "file:///etc/passwd",
    "vbscript:x",
    "ftp://example.com",
    "//example.com/x",
    "https://user:pass@example.com/",
    "https://bank.example@evil.example/",
    "threadkeep://open/1",
    "tel:+15550100123",
    "ms-msdt:/id",
    "http://",
    "mailto:",
    "mailto:a@b.example,c@d.example",
    "https://example.com/" + "a".repeat(2_100),
  ])("refuses %s", (address) => {
    expect(safeLink(address)).toBeNull();
  });

  it("shows the host as the browser will see it, look-alikes in punycode", () => {
    expect(safeLink("https://exаmple.com/")?.host).toBe("xn--exmple-4nf.com");
    expect(safeLink("https://EXAMPLE.com:8443/a")?.host).toBe("example.com:8443");
  });

  it("drops what a stranger put into a mail link", () => {
    expect(safeLink("mailto:a@b.example?subject=x&body=y&bcc=z@evil.example")?.url).toBe("mailto:a@b.example");
  });

  it("treats a bare domain as https and an e-mail address as a mail link", () => {
    expect(links("see example.com/x or write to a@b.com").map((part) => part.url)).toEqual([
      "https://example.com/x",
      "mailto:a@b.com",
    ]);
  });

  it("keeps every character that is not a bidi or control character", () => {
    const text = "before https://example.com/a, after\nline";
    expect(
      split(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
    expect(split("a\u202Eb\u2066c\u0000d")).toEqual([{ kind: "text", text: "abcd" }]);
  });

  it("lets nothing but https, http and mailto through, over 10,000 hostile texts", () => {
    const random = seededRandom(20260414);
    const pieces = [
      "javascript:",
      "data:",
      "https://",
      "http://",
      "HTTPS:\\\\",
      "mailto:",
      "ftp://",
      "//",
      "file:",
      "@",
      ":",
      "/",
      "?",
      "#",
      "evil.example",
      "bank.com",
      "xn--",
      "а.com",
      "user:pw@",
      "alert(1)",
      "<script>",
      "\u202E",
      "\u2066",
      "\u0000",
      "%00",
      " ",
      "\n",
      "\t",
      "🦷",
      "a",
      "..",
      "\\",
      "'",
      '"',
      "[::1]",
      "127.0.0.1",
      "\uD800",
      "blob:",
      "intent:",
      "view-source:",
    ];
    let found = 0;
    for (let round = 0; round < 10_000; round++) {
      const text = Array.from(
        { length: 1 + Math.floor(random() * 8) },
        () => pieces[Math.floor(random() * pieces.length)],
      ).join("");
      for (const link of [...links(text), safeLink(text)]) {
        if (link === null) continue;
        found += 1;
        const url = new URL(link.url);
        expect(["https:", "http:", "mailto:"]).toContain(url.protocol);
        expect(url.username + url.password).toBe("");
        expect(link.host).toBe(url.protocol === "mailto:" ? url.pathname.split("@")[1] : url.host);
      }
    }
    expect(found).toBeGreaterThan(500);
  });
});
