import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { MessageBubble } from "../../../../renderer/components/message-bubble.tsx";
import { createFormat } from "../../../../renderer/lib/format.ts";
import { StoresProvider } from "../../../../renderer/stores/context.tsx";
import { createStores } from "../../../../renderer/stores/stores.ts";
import type { Body, Message } from "../../../../shared/domain.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";
import { seededRandom } from "../../../fakes/fake-data.ts";

const format = createFormat({ locale: "en-US", timeZone: "UTC" });
const stores = createStores(createBridgeClient(createFakeBridge().bridge), { format });

function draw(body: Body, mediaCount = 0): string {
  const message: Message = {
    id: 1 as Message["id"],
    conversationId: 1 as Message["conversationId"],
    direction: "inbound",
    body,
    mediaCount,
    status: "received",
    createdAt: Date.UTC(2026, 3, 14, 18, 53),
  };
  return renderToStaticMarkup(
    <StoresProvider stores={stores}>
      <MessageBubble message={message} contact="Dana" format={format} startsGroup endsGroup showsStatus={false} />
    </StoresProvider>,
  );
}
const text = (value: string) => draw({ kind: "text", text: value });

describe("a message", () => {
  it("is an article with a one-sentence name", () => {
    expect(text("Hi").replaceAll("\u202F", " ")).toContain(
      '<article class="message" aria-label="Inbound from Dana, 6:53 PM: Hi"',
    );
  });

  it("begins with the word Redacted when its text was removed", () => {
    const redaction = { by: "provider", at: 0, removedHereAt: null } as const;
    const visible = draw({ kind: "redacted", redaction }, 3).replace(/<[^>]*>/g, "");
    expect(visible).toMatch(/^Redacted: removed by your provider/);
    expect(visible).not.toContain("attachment");
  });

  it("shows a customer's own [redacted] as the text it is", () => {
    expect(text("[redacted]")).toContain(">[redacted]<");
    expect(text("[redacted]")).not.toContain("Redacted:");
  });

  it("folds a very long text and can show all of it", () => {
    const markup = text("word ".repeat(10_000));
    expect(markup).toContain("Show all");
    expect(markup.split('class="bubble"')[1]!.length).toBeLessThan(3_000);
  });

  it("cuts between characters, also where they are made of several", () => {
    const family = "👨‍👩‍👧‍👦";
    for (const before of ["", "a", "ab", "abc", "abcd"]) {
      const [, shown = ""] = />([^<]*)…</.exec(text(before + family.repeat(200))) ?? [];
      expect(shown.length).toBeGreaterThan(1_000);
      expect(shown.slice(before.length).replaceAll(family, "")).toBe("");
    }
  });

  it("makes no element of what a stranger wrote, over 2,000 hostile texts", () => {
    const random = seededRandom(7);
    const pieces = [
      "<script>alert(1)</script>",
      "<img src=x onerror=alert(1)>",
      "<svg onload=1>",
      "<iframe srcdoc=x>",
      "<style>*{}</style>",
      "javascript:alert(1)",
      "https://evil.example/<b>",
      "&lt;b&gt;",
      "{{x}}",
      "\u202E",
      "\uD800",
      '" onclick="x',
      "<base href=//x>",
      " ",
    ];
    const allowed = new Set(["article", "div", "p", "time", "span", "button", "bdi"]);
    for (let round = 0; round < 2_000; round++) {
      const body = Array.from(
        { length: 1 + Math.floor(random() * 6) },
        () => pieces[Math.floor(random() * pieces.length)],
      ).join("");
      for (const [, tag] of text(body).matchAll(/<([a-z0-9]+)/gi)) expect(allowed).toContain(tag);
    }
  });
});
