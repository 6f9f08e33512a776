/** The AgentMessage adapter: what becomes of each record, the documented and the bad ones. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { adapterFor, answerTo, CONVERSATION, fixture, ok, signal, THREAD, MESSAGE } from "./agentmessage-rig.ts";
import { serve } from "./local-server.ts";

describe("conversations", () => {
  it("of the documented example page", async () => {
    const page = await answerTo(
      (provider) => provider.listConversations({ cursor: null, limit: 50, signal }),
      fixture("list-conversations.json"),
    );
    expect(page).toEqual({
      items: [
        {
          remoteId: "AQID...base64url",
          ownNumber: "+15551112222",
          ownNumberRemoteId: "7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e",
          contactNumber: "+15554443333",
          contactName: null,
          lastMessageAt: Date.UTC(2026, 3, 28, 12, 0, 1),
          lastDirection: "inbound",
          preview: "Cancel my appointment please",
          previewRedactedAt: null,
          messageCount: 14,
          consent: { optedIn: true, since: Date.UTC(2026, 3, 1, 9) },
          unreadCount: null,
        },
        {
          remoteId: "BQYH...base64url",
          ownNumber: "+15551112222",
          ownNumberRemoteId: "7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e",
          contactNumber: "+15558889999",
          contactName: null,
          lastMessageAt: Date.UTC(2026, 0, 10, 8),
          lastDirection: "outbound",
          preview: null,
          previewRedactedAt: Date.UTC(2026, 3, 10, 3, 11, 42),
          messageCount: 6,
          consent: null,
          unreadCount: null,
        },
      ],
      rejected: [],
      nextCursor: null,
    });
  });

  const one = async (change: Record<string, unknown>) => {
    const page = await answerTo(
      (provider) => provider.listConversations({ cursor: null, limit: 50, signal }),
      ok([{ ...CONVERSATION, ...change }]),
    );
    expect(page.rejected).toEqual([]);
    return page.items[0]!;
  };

  it("decide redaction by the timestamp alone", async () => {
    expect(await one({ last_message_preview: "[redacted]" })).toMatchObject({
      preview: "[redacted]",
      previewRedactedAt: null,
    });
    const at = "2026-04-28T12:30:00Z";
    expect(await one({ last_message_preview: "still here", last_message_body_redacted_at: at })).toMatchObject({
      preview: null,
      previewRedactedAt: Date.parse(at),
    });
  });

  it("take no record and an unreadable record of consent for unknown, never for a yes", async () => {
    const unreadable = [null, "yes", [], {}, { opted_in: "true" }, { opted_in: 1 }, { opted_in: null }];
    for (const consent of unreadable) expect((await one({ consent })).consent).toBeNull();
    expect((await one({ consent: { opted_in: false } })).consent).toEqual({ optedIn: false, since: null });
    expect((await one({ consent: { opted_in: true, opted_in_at: "?" } })).consent).toEqual({
      optedIn: true,
      since: null,
    });
  });

  it("keep what they need when the rest is missing or new", async () => {
    const bare = { id: "x", phone_number: "+1", contact_number: "+2", last_message_at: "2026-04-28T12:00:01Z" };
    const page = await answerTo(
      (provider) => provider.listConversations({ cursor: null, limit: 50, signal }),
      ok([bare, { ...CONVERSATION, last_message_direction: "sideways", message_count: -1, brand_new: { a: 1 } }]),
    );
    expect(page.rejected).toEqual([]);
    expect(page.items).toMatchObject([
      { remoteId: "x", lastDirection: null, preview: null, messageCount: null, consent: null, ownNumberRemoteId: null },
      { remoteId: "AQID", lastDirection: null, messageCount: null },
    ]);
  });

  it.each([
    ["c2", "c2"],
    ["", null],
    [null, null],
    [undefined, null],
  ])("read the next cursor %j as %j", async (sent, read) => {
    const body = { success: true, data: [], meta: { next_cursor: sent } };
    const page = await answerTo((provider) => provider.listConversations({ cursor: null, limit: 50, signal }), body);
    expect(page.nextCursor).toBe(read);
  });
});

describe("a bad record", () => {
  const good = [CONVERSATION, { ...CONVERSATION, id: "B" }];
  const get = (data: unknown[]) =>
    answerTo((provider) => provider.listConversations({ cursor: null, limit: 50, signal }), ok(data));

  it("is put aside by hash and reason, with no value in it, and costs the page nothing", async () => {
    const bad = { ...CONVERSATION, id: "bad-1", last_message_at: "canary value" };
    const page = await get([good[0], bad, good[1]]);
    expect(page.items.map(({ remoteId }) => remoteId)).toEqual(["AQID", "B"]);
    expect(page.rejected).toEqual([
      {
        remoteId: "bad-1",
        reason: "last_message_at: custom",
        hash: createHash("sha256").update(JSON.stringify(bad)).digest("hex"),
      },
    ]);
    expect(JSON.stringify(page.rejected)).not.toContain("canary");
  });

  it.each([
    ["null", null],
    ["a text", "canary"],
    ["a list", ["canary"]],
    ["an empty object", {}],
    ["a number as id", { ...CONVERSATION, id: 5 }],
    ["an empty id", { ...CONVERSATION, id: "" }],
    ["no numbers", { ...CONVERSATION, contact_number: null }],
    ["a time without its zone", { ...CONVERSATION, last_message_at: "2026-04-28T12:00:01" }],
    ["a word that some engines take for a time", { ...CONVERSATION, last_message_at: "5" }],
    ["a redaction time that cannot be read", { ...CONVERSATION, last_message_body_redacted_at: "yes" }],
  ])("may be %s", async (_name, bad) => {
    const page = await get([good[0], bad, good[1]]);
    expect(page.items).toHaveLength(2);
    expect(page.rejected).toHaveLength(1);
    expect(page.rejected[0]!.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(page.rejected)).not.toContain("canary");
  });

  it("may be nested deeper than any stack", async () => {
    const depth = 200_000;
    const deep = `{"id":5,"x":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    await using server = await serve((response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(`{"success":true,"data":[${JSON.stringify(good[0])},${deep}],"meta":{"next_cursor":null}}`);
    });
    const page = await adapterFor(server).listConversations({ cursor: null, limit: 50, signal });
    expect(page.items).toHaveLength(1);
    expect(page.rejected).toMatchObject([{ remoteId: null, reason: "id: invalid_type" }]);
  });

  it("has the same hash each time, another record another one", async () => {
    const hashes = [];
    for (const id of [5, 5, 6]) hashes.push((await get([{ ...CONVERSATION, id }])).rejected[0]!.hash);
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
  });
});

describe("messages", () => {
  const one = async (change: Record<string, unknown>) => {
    const page = await answerTo(
      (provider) => provider.listMessages(THREAD, { cursor: null, limit: 50, signal }),
      ok([{ ...MESSAGE, ...change }]),
    );
    expect(page.rejected).toEqual([]);
    return page.items[0]!;
  };

  it("are mapped field by field", async () => {
    expect(await one({})).toEqual({
      remoteId: "m1",
      direction: "outbound",
      from: "+15551112222",
      to: "+15554443333",
      body: "On my way",
      redactedAt: null,
      mediaUrls: ["https://media.test/1"],
      channel: "mms",
      segmentCount: 2,
      status: "delivered",
      createdAt: Date.UTC(2026, 3, 28, 12, 0, 1, 250),
    });
  });

  it("lose text and media with the redaction time, whatever else came along", async () => {
    const at = "2026-04-28T12:30:00Z";
    expect(await one({ redacted_at: at })).toMatchObject({ body: null, mediaUrls: [], redactedAt: Date.parse(at) });
    expect(await one({ body: "[redacted]" })).toMatchObject({ body: "[redacted]", redactedAt: null });
  });

  it.each([
    ["queued", "queued"],
    ["sending", "queued"],
    ["sent", "sent"],
    ["delivered", "delivered"],
    ["failed", "failed"],
    ["undelivered", "failed"],
    ["teleported", "unknown"],
    ["__proto__", "unknown"],
    ["constructor", "unknown"],
    [undefined, null],
    [null, null],
    [5, null],
  ])("with the status word %j are %j", async (word, status) => {
    expect((await one({ status: word })).status).toBe(status);
    expect((await one({ status: word, direction: "inbound" })).status).toBe("received");
  });

  it("keep their text when the rest is missing or strange", async () => {
    const bare = { id: "x", direction: "inbound", created_at: "2026-04-28T12:00:01Z" };
    const page = await answerTo(
      (provider) => provider.listMessages(THREAD, { cursor: null, limit: 50, signal }),
      ok([bare, { ...MESSAGE, media_urls: "none", channel: 5, segment_count: "two", new_field: [1] }]),
    );
    expect(page.rejected).toEqual([]);
    expect(page.items).toMatchObject([
      { remoteId: "x", body: null, mediaUrls: [], channel: "sms", segmentCount: null, status: "received" },
      { remoteId: "m1", body: "On my way", mediaUrls: [], channel: "sms", segmentCount: null },
    ]);
  });
});
