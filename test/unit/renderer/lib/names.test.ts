import { describe, expect, it } from "vitest";
import { createFormat } from "../../../../renderer/lib/format.ts";
import { avatarOf, contactTitle, messageName, outboxName, rowName } from "../../../../renderer/lib/names.ts";
import type { Conversation, Message, OutboxItem } from "../../../../shared/domain.ts";
import { fakeAccount, fakeConversation } from "../../../fakes/fake-data.ts";

const format = createFormat({ locale: "en-US", timeZone: "UTC" });
const now = Date.UTC(2026, 3, 14, 20);
const plain = (text: string) => text.replaceAll("\u202F", " ");

function conversation(changes: Partial<Conversation> = {}): Conversation {
  return {
    ...fakeConversation(0, { now, seed: 1, accounts: [fakeAccount(1)] }),
    contactName: null,
    contactNumber: "+15550100123",
    lastMessageAt: Date.UTC(2026, 3, 14, 18, 53),
    lastDirection: "inbound",
    preview: { kind: "text", text: "Hello" },
    unreadCount: 0,
    consent: { state: "opted_in", since: null },
    ...changes,
  };
}

const nameOf = (changes: Partial<Conversation>, withAccount = false) =>
  plain(rowName(conversation(changes), { now, format, withAccount }));

describe("accessible names", () => {
  it("of a plain row", () => {
    expect(nameOf({})).toBe("(555) 010-0123, 6:53 PM, Hello");
    expect(nameOf({ lastDirection: "outbound" })).toBe("(555) 010-0123, 6:53 PM, You: Hello");
  });

  it("of a row with everything that is shown by weight, colour or symbol", () => {
    const name = nameOf(
      {
        contactName: "Dana\u202E Reyes",
        unreadCount: 2,
        draft: "Maybe",
        outboxProblems: 1,
        consent: { state: "opted_out", since: null },
        accountName: "Front desk",
      },
      true,
    );
    expect(name).toBe("Dana Reyes, 6:53 PM, Draft: Maybe, Front desk, Hello, 2 unread, reply not sent, opted out");
  });

  it("of a redacted row holds the redaction, not a text", () => {
    const redaction = { by: "provider", at: Date.UTC(2026, 3, 10), removedHereAt: null } as const;
    expect(nameOf({ preview: { kind: "redacted", redaction }, lastDirection: "outbound" })).toBe(
      "(555) 010-0123, 6:53 PM, Text removed Apr 10",
    );
  });

  it("of messages are one sentence", () => {
    const message: Message = {
      id: 1 as Message["id"],
      conversationId: 1 as Message["conversationId"],
      direction: "inbound",
      body: { kind: "text", text: "Is it open?" },
      mediaCount: 0,
      status: "received",
      createdAt: Date.UTC(2026, 3, 14, 18, 53),
    };
    expect(plain(messageName(message, "(555) 010-0123", format))).toBe(
      "Inbound from (555) 010-0123, 6:53 PM: Is it open?",
    );
    expect(plain(messageName({ ...message, direction: "outbound", status: "failed" }, "Dana", format))).toBe(
      "Outbound to Dana, 6:53 PM: Is it open?. Not delivered",
    );
  });

  it("of a waiting reply begin with its state", () => {
    const item = { id: 1, conversationId: 1, text: "Hi", state: "unknown", error: null, attempts: 1, createdAt: 0 };
    expect(outboxName(item as OutboxItem, "Dana", format)).toMatch(/^Not confirmed: may have been sent/);
  });

  it("fall back to the number when a name is only invisible characters", () => {
    expect(contactTitle(conversation({ contactName: "\u2066 \u2069" }), format)).toBe("(555) 010-0123");
  });
});

describe("avatarOf", () => {
  it("takes the first letters of the first and last word, in any script", () => {
    expect(avatarOf({ contactName: "Dana Maria Reyes", contactNumber: "1" }).initials).toBe("DR");
    expect(avatarOf({ contactName: "نور حداد", contactNumber: "1" }).initials).toBe("نح");
    expect(avatarOf({ contactName: "🦷 7", contactNumber: "1" }).initials).toBeNull();
    expect(avatarOf({ contactName: null, contactNumber: "+15550100123" }).initials).toBe("23");
  });

  it("keeps a contact's colour and uses all of them", () => {
    const hues = Array.from(
      { length: 200 },
      (_, n) => avatarOf({ contactName: null, contactNumber: `+1555010${n}` }).hue,
    );
    expect(new Set(hues).size).toBe(8);
    expect(avatarOf({ contactName: "Other name", contactNumber: "+15550100" }).hue).toBe(hues[0]);
  });
});
