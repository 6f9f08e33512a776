/** The AgentMessage adapter: the exact requests it makes, its numbers, sends and look-ups. */
import { describe, expect, it } from "vitest";
import { getProviderEntry } from "../../../electron/providers/registry.ts";
import {
  adapterFor,
  answerTo,
  API_KEY,
  clock,
  failureOf,
  find,
  list,
  listNext,
  numbers,
  ok,
  send,
  signal,
  thread,
  threadNext,
} from "./agentmessage-rig.ts";
import type { Act } from "./agentmessage-rig.ts";
import { sendJson, serve } from "./local-server.ts";

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
