/** What a notification says and how each system is told it, with 1,000 hostile texts and pinned payloads. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccountId, ConversationId, MessageId } from "../../../../shared/domain.ts";
import type { News } from "../../../../electron/notify/decide.ts";
import {
  clean,
  keptAsDraftNotice,
  linuxOptions,
  macOptions,
  summaryNotice,
  threadNotice,
  windowsToastXml,
} from "../../../../electron/notify/payload.ts";
import { parseXml } from "../../../helpers/tiny-xml.ts";

const RUNS = 1_000;

const news = (change: Partial<News> = {}): News => ({
  conversationId: 12 as ConversationId,
  accountId: 1 as AccountId,
  accountName: "Front desk",
  provider: "agentmessage",
  contactName: "Dana Reyes",
  contactNumber: "+15551230000",
  consent: "opted_in",
  count: 1,
  messageId: 345 as MessageId,
  text: "Is Tuesday at 9 possible?",
  textsAreRemoved: true,
  ...change,
});

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        "<",
        ">",
        "&",
        '"',
        "'",
        "]]>",
        "<![CDATA[",
        "&amp;",
        "&#0;",
        "</text></binding>",
        '<action arguments="type=click&tag=t1"/>',
        "\u0000",
        "\u0007",
        "\u001b[31m",
        "\u202e",
        "\u2028",
        "\ud800",
        "\udfff",
        "\ufffe",
        "\r\n",
        "\t",
        "مرحبا",
        "😀",
        "type=reply&tag=t9-9",
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join("")),
);

const textsOf = (xml: string) =>
  parseXml(xml)
    .filter(({ name }) => name === "text")
    .map(({ text }) => text);

describe("a Windows toast", () => {
  it("is this XML, to the letter", () => {
    expect(windowsToastXml(threadNotice(news({ text: `5 < 6 & "so"` }), "full", false))).toMatchInlineSnapshot(
      `"<toast launch="type=click&amp;tag=t12-345" activationType="foreground"><visual><binding template="ToastGeneric"><text>Dana Reyes</text><text>5 &lt; 6 &amp; &quot;so&quot;</text></binding></visual><actions><input id="reply" type="text" placeHolderContent="Write a reply"/><action content="Reply" activationType="foreground" arguments="type=reply&amp;tag=t12-345" hint-inputId="reply"/></actions></toast>"`,
    );
  });

  it("has no reply field where consent does not allow one, and none on a summary", () => {
    for (const consent of ["opted_out", "unknown"] as const) {
      expect(windowsToastXml(threadNotice(news({ consent }), "full", false))).not.toContain("<input");
    }
    expect(windowsToastXml(summaryNotice(20, 6))).not.toContain("<input");
  });

  it(`parses and says exactly the text, for ${RUNS} hostile texts and names`, () => {
    fc.assert(
      fc.property(hostile, hostile, (text, contactName) => {
        const notice = threadNotice(news({ text, contactName }), "full", false);
        const xml = windowsToastXml(notice);
        const elements = parseXml(xml);
        expect(textsOf(xml)).toEqual([notice.title, notice.body]);
        // No text became an element or an attribute.
        const names = elements.map(({ name }) => name);
        expect(names).toEqual(["toast", "visual", "binding", "text", "text", "actions", "input", "action"]);
        expect(elements[0]?.attributes["launch"]).toBe("type=click&tag=t12-345");
        expect(elements.at(-1)?.attributes["arguments"]).toBe("type=reply&tag=t12-345");
      }),
      { numRuns: RUNS, seed: 5 },
    );
  });
});

describe("macOS and Linux", () => {
  it("are told this, to the letter", () => {
    const notice = threadNotice(news(), "full", true);
    expect(macOptions(notice)).toEqual({
      id: "t12-345",
      groupId: "t12",
      title: "Dana Reyes · Front desk",
      body: "Is Tuesday at 9 possible?",
      hasReply: true,
      replyPlaceholder: "Write a reply",
      silent: false,
    });
    expect(linuxOptions(notice)).toEqual({
      title: "Dana Reyes · Front desk",
      body: "Is Tuesday at 9 possible?",
      actions: [{ type: "button", text: "Reply" }],
      silent: false,
    });
  });

  it(`give Linux no markup, for ${RUNS} hostile texts`, () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const notice = threadNotice(news({ text }), "full", false);
        const { body } = linuxOptions(notice);
        expect(body).not.toMatch(/[<>]/);
        expect(parseXml(`<b>${body}</b>`)[0]?.text).toBe(notice.body);
      }),
      { numRuns: RUNS, seed: 6 },
    );
  });

  it("offer no reply without consent", () => {
    const notice = threadNotice(news({ consent: "unknown" }), "full", false);
    expect(macOptions(notice).hasReply).toBe(false);
    expect(linuxOptions(notice).actions).toEqual([{ type: "button", text: "Open" }]);
  });
});

describe("privacy", () => {
  const canary = "CANARY-WORD";
  const payloads = (change: Partial<News>, level: "sender" | "nothing") => {
    const notice = threadNotice(news(change), level, true);
    return JSON.stringify([macOptions(notice), linuxOptions(notice), windowsToastXml(notice)]);
  };

  it("sender only: no word of the text, whatever it is", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(payloads({ text: `${canary}${text}` }, "sender")).not.toContain(canary);
        expect(payloads({ text: `${canary}${text}` }, "sender")).toContain("Dana Reyes");
      }),
      { numRuns: RUNS, seed: 7 },
    );
  });

  it("nothing: neither text, nor name, number or account", () => {
    const all = { text: canary, contactName: canary, contactNumber: canary, accountName: canary };
    expect(payloads(all, "nothing")).not.toContain(canary);
  });

  it("a reply that was kept names nobody", () => {
    expect(keptAsDraftNotice(12 as ConversationId, "opted_out").body).toBe(
      "The contact has opted out. Your text is kept as a draft.",
    );
    expect(keptAsDraftNotice(12 as ConversationId, "window_shut").body).toBe(
      "WhatsApp’s 24 hours are over. Your text is kept as a draft.",
    );
    expect(keptAsDraftNotice(12 as ConversationId, "toString").body).toBe("Your text is kept as a draft.");
  });
});

describe("clean", () => {
  it("leaves ordinary texts of any language alone", () => {
    for (const text of ["Zażółć gęślą jaźń", "مرحبا، كيف حالك؟", "家族👨‍👩‍👧", "a\nb"]) {
      expect(clean(text, 240)).toBe(text);
    }
  });

  it("bounds a text without cutting a character in half, and takes away what hides or reverses", () => {
    expect(clean("😀".repeat(10), 5)).toBe("😀😀😀😀…");
    expect(clean("a\u202eb\u0000c\u2066d", 240)).toBe("abcd");
    expect(clean("one\r\n\r\n\u2028two\tthree", 240)).toBe("one\ntwo three");
  });
});
