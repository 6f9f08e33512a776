/**
 * The AgentMessage adapter over real sockets: the exact requests it makes and what it makes of each answer.
 *
 * The pages are the vendor's documented examples where there are any.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createAgentMessage } from "../../../electron/providers/agentmessage/client.ts";
import { getProviderEntry } from "../../../electron/providers/registry.ts";
import type { ConversationRef, Provider } from "../../../electron/sync/ports.ts";
import type { ConversationId } from "../../../shared/domain.ts";
import { ProviderError } from "../../../shared/errors.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { sendJson, serve } from "./local-server.ts";
import type { Handle, LocalServer } from "./local-server.ts";

const API_KEY = "am_live_canary_0123456789";
const clock = createFakeClock();
const { signal } = new AbortController();
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/agentmessage/${name}`, import.meta.url), "utf8"));

const adapterFor = (server: LocalServer): Provider =>
  createAgentMessage({ baseUrl: server.url, apiKey: API_KEY, fetch, clock });

const ok = (data: unknown, nextCursor: string | null = null) => ({
  success: true,
  data,
  meta: { total: 0, limit: 50, offset: 0, next_cursor: nextCursor },
});

const THREAD: ConversationRef = {
  id: 1 as ConversationId,
  remoteId: "AQ/ID?x=1#..",
  ownNumber: "+15551112222",
  contactNumber: "+15554443333",
};

const CONVERSATION = {
  id: "AQID",
  phone_number_id: "7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e",
  phone_number: "+15551112222",
  contact_number: "+15554443333",
  last_message_at: "2026-04-28T12:00:01Z",
  last_message_direction: "inbound",
  last_message_preview: "Hello",
  last_message_body_redacted_at: null,
  message_count: 14,
  consent: { opted_in: true, opted_in_at: "2026-04-01T09:00:00Z" },
};

const MESSAGE = {
  id: "m1",
  direction: "outbound",
  phone_number_id: "7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e",
  from_number: "+15551112222",
  to_number: "+15554443333",
  body: "On my way",
  media_urls: ["https://media.test/1"],
  channel: "mms",
  segment_count: 2,
  status: "delivered",
  created_at: "2026-04-28T14:00:01.250+02:00",
  redacted_at: null,
};

type Act = (provider: Provider) => Promise<unknown>;
const list: Act = (provider) => provider.listConversations({ cursor: null, limit: 50, signal });
const listNext: Act = (provider) => provider.listConversations({ cursor: "c1", limit: 50, signal });
const thread: Act = (provider) => provider.listMessages(THREAD, { cursor: null, limit: 50, signal });
const threadNext: Act = (provider) => provider.listMessages(THREAD, { cursor: "c1", limit: 50, signal });
const numbers: Act = (provider) => provider.listNumbers(signal);
const send: Act = (provider) =>
  provider.send({ from: "+15551112222", to: "+15554443333", text: "canary text", tag: "tk-1", signal });
const find: Act = (provider) => provider.findSent({ to: "+15554443333", tag: "tk-1", signal });

async function failureOf(act: Act, handle: Handle): Promise<ProviderError> {
  await using server = await serve(handle);
  const error: unknown = await act(adapterFor(server)).then(
    () => new Error("no failure"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProviderError)) throw error;
  expect(JSON.stringify([error.message, error.toFailure()])).not.toMatch(/am_live|canary/);
  return error;
}

async function answerTo<T>(act: (provider: Provider) => Promise<T>, body: unknown, status = 200): Promise<T> {
  await using server = await serve((response) => sendJson(response, status, body));
  return await act(adapterFor(server));
}

describe("requests", () => {
  const CASES: ReadonlyArray<readonly [string, Act, string, string]> = [
    ["check", (provider) => provider.check(signal), "GET", "/v1/conversations?limit=1"],
    ["the first page of conversations", list, "GET", "/v1/conversations?limit=50"],
    ["a later page", listNext, "GET", "/v1/conversations?cursor=c1&limit=50"],
    ["a thread", thread, "GET", "/v1/conversations/AQ%2FID%3Fx%3D1%23../messages?limit=50"],
    ["a thread's later page", threadNext, "GET", "/v1/conversations/AQ%2FID%3Fx%3D1%23../messages?cursor=c1&limit=50"],
    ["numbers", numbers, "GET", "/v1/phone-numbers?limit=100"],
    ["a sent reply's mark", find, "GET", "/v1/messages?to=%2B15554443333&tag=tk-1&limit=50"],
  ];

  it.each(CASES)("for %s", async (_name, act, method, url) => {
    await using server = await serve((response) => sendJson(response, 200, ok([])));
    await act(adapterFor(server));
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]).toMatchObject({ method, url, body: "" });
    expect(server.seen[0]!.headers.authorization).toBe(`Bearer ${API_KEY}`);
  });

  it("for a reply holds four fields and no more", async () => {
    await using server = await serve((response) => sendJson(response, 202, ok({ id: "m1" })));
    await send(adapterFor(server));
    expect(server.seen[0]).toMatchObject({ method: "POST", url: "/v1/messages" });
    expect(JSON.parse(server.seen[0]!.body)).toEqual({
      from: "+15551112222",
      to: "+15554443333",
      text: "canary text",
      tag: "tk-1",
    });
    expect(server.seen[0]!.headers).toMatchObject({
      authorization: `Bearer ${API_KEY}`,
      "content-type": "application/json",
    });
  });

  it("never carry the key anywhere but in its header", async () => {
    await using server = await serve((response) => sendJson(response, 200, ok([])));
    const provider = adapterFor(server);
    for (const [, act] of CASES) await act(provider);
    for (const { url, body, headers } of server.seen) {
      const { authorization: _key, ...rest } = headers;
      expect(JSON.stringify([url, body, rest])).not.toContain(API_KEY);
    }
  });

  it("go out the same way through the registry", async () => {
    await using server = await serve((response) => sendJson(response, 200, ok([])));
    const entry = getProviderEntry("agentmessage");
    await entry.create({ baseUrl: server.url, credentials: { apiKey: API_KEY }, fetch, clock }).check(signal);
    expect(server.seen[0]!.headers.authorization).toBe(`Bearer ${API_KEY}`);
  });
});

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

describe("numbers", () => {
  it("are read over all pages, trimmed, bad ones left out", async () => {
    const pages = [
      ok([{ id: "n1", number: "+1", label: " Front desk " }, { id: "n2" }], "c2"),
      ok([{ number: "+2", label: "  " }]),
    ];
    await using server = await serve((response) => sendJson(response, 200, pages.shift()));
    expect(await adapterFor(server).listNumbers(signal)).toEqual([
      { remoteId: "n1", number: "+1", label: "Front desk" },
      { remoteId: null, number: "+2", label: null },
    ]);
    expect(server.seen.map(({ url }) => url)).toEqual([
      "/v1/phone-numbers?limit=100",
      "/v1/phone-numbers?cursor=c2&limit=100",
    ]);
  });

  it("end when the cursor repeats, and when the pages never do", async () => {
    await using stuck = await serve((response) => sendJson(response, 200, ok([], "same")));
    await adapterFor(stuck).listNumbers(signal);
    expect(stuck.seen).toHaveLength(2);
    let page = 0;
    await using endless = await serve((response) => sendJson(response, 200, ok([], `c${(page += 1)}`)));
    await adapterFor(endless).listNumbers(signal);
    expect(endless.seen).toHaveLength(20);
  });
});

describe("sending", () => {
  it("gives the receipt", async () => {
    const data = { id: "m9", tag: "tk-1", status: "queued", created_at: "2026-04-28T12:00:01Z", from: "+1" };
    expect(await answerTo(send, { success: true, data }, 202)).toEqual({
      remoteId: "m9",
      status: "queued",
      createdAt: Date.UTC(2026, 3, 28, 12, 0, 1),
    });
  });

  it("gives the receipt where status and time are missing or unknown", async () => {
    expect(await answerTo(send, { success: true, data: { id: "m9" } }, 202)).toEqual({
      remoteId: "m9",
      status: "queued",
      createdAt: clock.now(),
    });
    const data = { id: "m9", status: "teleported", created_at: "once" };
    expect(await answerTo(send, { success: true, data })).toMatchObject({ status: "unknown", createdAt: clock.now() });
  });

  it.each([
    [{ success: true, data: {} }],
    [{ success: true, data: { id: 7 } }],
    [{ success: false, data: { id: "m9" } }],
    [{ data: { id: "m9" } }],
    [[]],
    [null],
    ["ok"],
  ])("accepted as %j is an unknown outcome", async (body) => {
    const error = await failureOf(send, (response) => sendJson(response, 202, body));
    expect(error).toMatchObject({ code: "invalid_response", mayHaveArrived: true });
  });

  it("answered with nothing is an unknown outcome", async () => {
    const error = await failureOf(send, (response) => {
      response.writeHead(202);
      response.end();
    });
    expect(error).toMatchObject({ code: "invalid_response", mayHaveArrived: true });
  });
});

describe("finding a sent reply", () => {
  const sent = (change: Record<string, unknown>) => ({
    id: "m9",
    tag: "tk-1",
    status: "delivered",
    created_at: "2026-04-28T12:00:01Z",
    ...change,
  });

  it("trusts only the tag on the record, not the server's filter", async () => {
    const others = [
      sent({ id: "m1", tag: "tk-10" }),
      sent({ id: "m2", tag: null }),
      sent({ id: "m3", tag: undefined }),
    ];
    expect(await answerTo(find, ok(others))).toBeNull();
    expect(await answerTo(find, ok([...others, sent({})]))).toEqual({
      remoteId: "m9",
      status: "delivered",
      createdAt: Date.UTC(2026, 3, 28, 12, 0, 1),
    });
  });

  it("needs no meta: this list names its next page in a header", async () => {
    expect(await answerTo(find, { success: true, data: [sent({})] })).toMatchObject({ remoteId: "m9" });
    expect(await answerTo(find, { success: true, data: [] })).toBeNull();
  });

  it("does not say that there is none where a record could not be read", async () => {
    const error = await failureOf(find, (response) => sendJson(response, 200, ok([sent({ id: 7 })])));
    expect(error).toMatchObject({ code: "invalid_response" });
    expect(await answerTo(find, ok([sent({ id: 7, tag: "x" }), sent({})]))).toMatchObject({ remoteId: "m9" });
  });
});

describe("error answers", () => {
  const envelope = (code: string, message = "no", details?: unknown) => ({
    success: false,
    error: { code, message, request_id: "01JTBQH2FZ8K1RXC0WJ4Z9P3VM", details },
  });
  const status =
    (code: number, body: unknown = envelope("X"), headers: Record<string, string> = {}): Handle =>
    (response) =>
      sendJson(response, code, body, headers);

  const CASES: ReadonlyArray<readonly [number, string, Act, string, boolean]> = [
    [401, "UNAUTHORIZED", list, "key_refused", false],
    [401, "UNAUTHORIZED", send, "key_refused", false],
    [403, "FORBIDDEN", send, "scope_missing", false],
    [404, "NOT_FOUND", list, "wrong_address", false],
    [404, "NOT_FOUND", send, "wrong_address", false],
    [404, "NOT_FOUND", thread, "not_found", false],
    [410, "GONE", thread, "not_found", false],
    [404, "NOT_FOUND", threadNext, "cursor_invalid", false],
    [400, "INVALID_INPUT", listNext, "cursor_invalid", false],
    [410, "GONE", listNext, "cursor_invalid", false],
    [422, "VALIDATION_FAILED", listNext, "cursor_invalid", false],
    [422, "VALIDATION_FAILED", list, "rejected", false],
    [422, "VALIDATION_FAILED", send, "rejected", false],
    [422, "LINE_TYPE_BLOCKED", send, "rejected", false],
    [453, "CONSENT_REQUIRED", send, "consent_required", false],
    [453, "SOMETHING_NEW", send, "consent_required", false],
    [422, "CONSENT_REQUIRED", send, "consent_required", false],
    [429, "RATE_LIMITED", list, "rate_limited", false],
    [429, "RATE_LIMITED", send, "rate_limited", false],
    [408, "TIMEOUT", send, "timeout", true],
    [500, "INTERNAL", list, "server_error", false],
    [500, "INTERNAL", send, "server_error", true],
    [502, "BAD_GATEWAY", send, "server_error", true],
    [503, "UNAVAILABLE", thread, "server_error", false],
    [418, "TEAPOT", list, "rejected", false],
  ];

  it.each(CASES)("%i %s", async (code, word, act, result, mayHaveArrived) => {
    const error = await failureOf(act, status(code, envelope(word)));
    expect(error).toMatchObject({ code: result, mayHaveArrived });
    expect(error.detail).toMatchObject({ status: String(code), requestId: "01JTBQH2FZ8K1RXC0WJ4Z9P3VM" });
    expect(error.detail["reason"]).toBe(result === "rejected" ? word : undefined);
  });

  it.each([
    ["error-401.json", 401, "key_refused"],
    ["error-403.json", 403, "scope_missing"],
    ["error-422.json", 422, "rejected"],
  ])("of the documentation: %s", async (name, code, result) => {
    expect(await failureOf(list, status(code, fixture(name)))).toMatchObject({ code: result });
  });

  it.each([
    ["a list", list, "conversations:read"],
    ["a thread", thread, "conversations:read"],
    ["a send", send, "messages:send"],
    ["a look-up", find, "messages:read"],
    ["numbers", numbers, "numbers:read"],
  ])("403 for %s names the permission of its route", async (_name, act, scope) => {
    const error = await failureOf(act, status(403, fixture("error-403.json")));
    expect(error.detail["scope"]).toBe(scope);
  });

  it("403 names the permission the server names", async () => {
    const inMessage = await failureOf(send, status(403, envelope("FORBIDDEN", "missing scope messages:write")));
    expect(inMessage.detail["scope"]).toBe("messages:write");
    const inDetails = await failureOf(send, status(403, envelope("FORBIDDEN", "no", { required: "numbers:read" })));
    expect(inDetails.detail["scope"]).toBe("numbers:read");
  });

  it("403 with details that cannot be written as text still names the route's permission", async () => {
    const details = { required: { toString: 1, valueOf: 1 }, list: [{ toString: null }], none: null };
    expect((await failureOf(send, status(403, envelope("FORBIDDEN", "no", details)))).detail["scope"]).toBe(
      "messages:send",
    );
  });

  it("carry no more of the server's words than a code needs", async () => {
    const long = { success: false, error: { code: "C".repeat(5_000), request_id: "R".repeat(5_000), message: "x" } };
    const rejected = await failureOf(send, status(422, long));
    expect(rejected.detail).toEqual({ status: "422", requestId: "R".repeat(64), reason: "C".repeat(64) });
    const scope = await failureOf(send, status(403, envelope("F", `${"a".repeat(500)}:${"b".repeat(500)}`)));
    expect(scope.detail["scope"]!.length).toBeLessThanOrEqual(64);
  });

  it("take the request id from the header where the body has none, and live without both", async () => {
    const fromHeader = await failureOf(list, status(500, {}, { "X-Request-Id": "req-7" }));
    expect(fromHeader.detail["requestId"]).toBe("req-7");
    expect((await failureOf(list, status(500, {}))).detail).toEqual({ status: "500" });
  });

  it.each([
    ["30", 30_000],
    [new Date(clock.now() + 45_000).toUTCString(), 45_000],
    ["whenever", null],
  ])("tell how long to wait: %s", async (value, ms) => {
    const headers = { "Retry-After": value, Date: new Date(clock.now()).toUTCString() };
    expect(await failureOf(list, status(429, envelope("RATE_LIMITED"), headers))).toMatchObject({ retryAfterMs: ms });
    expect(await failureOf(list, status(503, envelope("BUSY"), headers))).toMatchObject({ retryAfterMs: ms });
  });

  it.each([
    [200, "not_json"],
    [403, "not_json"],
    [404, "wrong_address"],
    [502, "server_error"],
  ])("a web page with status %i is %s", async (code, result) => {
    const error = await failureOf(list, (response) => {
      response.writeHead(code, { "Content-Type": "text/html" });
      response.end("<html>canary</html>");
    });
    expect(error.code).toBe(result);
  });

  const BAD_ENVELOPES: readonly unknown[] = [
    null,
    5,
    "x",
    [],
    {},
    { success: true },
    { success: true, data: {} },
    { success: true, data: null, meta: { next_cursor: null } },
    { success: false, data: [], meta: { next_cursor: null } },
    { success: true, data: [], meta: null },
    { success: true, data: [], meta: { next_cursor: 5 } },
  ];
  it.each(BAD_ENVELOPES.map((body) => [body]))("the envelope %j is none", async (body) => {
    for (const act of [list, thread, numbers]) {
      expect(await failureOf(act, status(200, body))).toMatchObject({ code: "invalid_response" });
    }
  });
});
