/** The conformance server itself: honest where it should be, broken exactly as scripted. */
import { request as httpRequest } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import {
  startAgentMessageServer,
  type AgentMessageServer,
  type AgentMessageServerOptions,
  type Fault,
} from "../../servers/agentmessage.ts";

interface Envelope {
  success: boolean;
  data: Record<string, unknown>[];
  meta: { next_cursor: string | null; limit: number; total: number };
  error: { code: string };
}

const NOW = Date.parse("2026-05-20T12:00:00Z");
let now = NOW;
const running: AgentMessageServer[] = [];
afterEach(async () => {
  now = NOW;
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function start(options: AgentMessageServerOptions = {}): Promise<AgentMessageServer> {
  const server = await startAgentMessageServer({ now: () => now, ...options });
  running.push(server);
  return server;
}

function ask(server: AgentMessageServer, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(server.baseUrl + path, {
    redirect: "manual",
    ...init,
    headers: { Authorization: `Bearer ${server.apiKey}` },
  });
}

async function json(server: AgentMessageServer, path: string): Promise<Envelope> {
  return (await (await ask(server, path)).json()) as Envelope;
}

const send = (server: AgentMessageServer, body: object): Promise<Response> =>
  ask(server, "/v1/messages", { method: "POST", body: JSON.stringify(body) });

async function walk(server: AgentMessageServer, path: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: Envelope = await json(server, `${path}?cursor=${cursor}`);
    items.push(...page.data);
    cursor = page.meta.next_cursor;
  }
  return items;
}

const greeting = (server: AgentMessageServer, index = 0, tag = "t1") => {
  const { phoneNumber, contactNumber } = server.conversation(index);
  return { from: phoneNumber, to: contactNumber, text: "Hello", tag };
};

describe("honest answers", () => {
  it("pages by its own size, newest first, to a null cursor", async () => {
    const server = await start({ conversations: 30, pageSize: 7 });
    const first = await json(server, "/v1/conversations?limit=200");
    expect(first.data).toHaveLength(7);
    expect(first.meta.total).toBe(0);
    const all = await walk(server, "/v1/conversations");
    expect(all.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, i) => server.conversation(i).id));
  });

  it("gives a thread oldest first, and takes a large world lightly", async () => {
    const server = await start({ conversations: 5000, messages: 20, messagePageSize: 6 });
    const { id } = server.conversation(4999);
    const thread = await walk(server, `/v1/conversations/${id}/messages`);
    expect(thread.map(({ body }) => body)).toEqual(
      Array.from({ length: 20 }, (_, i) => `Message ${i} of conversation 4999`),
    );
    expect((await json(server, "/v1/conversations?limit=200")).data).toHaveLength(200);
  });

  it("moves the list under a reader: what was received jumps to the top, the pages behind stay whole", async () => {
    const server = await start({ conversations: 10, pageSize: 4 });
    const first = await json(server, "/v1/conversations");
    server.receive(9, "late news");
    const second = await json(server, `/v1/conversations?cursor=${first.meta.next_cursor}`);
    expect(second.data.map(({ id }) => id)).toEqual([4, 5, 6, 7].map((i) => server.conversation(i).id));
    expect((await json(server, "/v1/conversations")).data[0]).toMatchObject({
      last_message_preview: "late news",
      message_count: 5,
    });
  });

  it("adds, bumps, removes, redacts, erases, and changes consent", async () => {
    const server = await start({ conversations: 4 });
    const made = server.addConversation({ consent: "none" });
    expect(server.conversationCount).toBe(5);
    now += 1000;
    server.bump(3);
    const ids = async () => (await json(server, "/v1/conversations")).data.map(({ id }) => id);
    expect((await ids()).slice(0, 2)).toEqual([server.conversation(3).id, server.conversation(made).id]);
    server.removeConversation(0);
    expect(await ids()).not.toContain(server.conversation(0).id);
    expect((await ask(server, `/v1/conversations/${server.conversation(0).id}/messages`)).status).toBe(404);
    server.redactMessage(1, 3);
    server.setConsent(1, "out");
    const row = (await json(server, "/v1/conversations")).data.find(({ id }) => id === server.conversation(1).id);
    expect(row).toMatchObject({ last_message_preview: "[redacted]", consent: { opted_in: false, opted_in_at: null } });
    expect(row!["last_message_body_redacted_at"]).toBe(new Date(now).toISOString());
    server.eraseContact(server.conversation(2).contactNumber);
    expect(server.messages(2).every(({ body, redactedAt }) => body === null && redactedAt === now)).toBe(true);
  });

  it("redacts by age also what nobody has looked at", async () => {
    const server = await start({ conversations: 3, conversationGapMs: 10_000 });
    server.redactOlderThan(server.messages(0)[0]!.createdAt);
    const rows = await json(server, "/v1/conversations");
    expect(rows.data.map((row) => row["last_message_preview"] === "[redacted]")).toEqual([false, true, true]);
  });

  it("knows its keys, scopes and cursors", async () => {
    const server = await start({ conversations: 5, pageSize: 2 });
    const { meta } = await json(server, "/v1/conversations");
    server.expireCursors(410);
    expect((await ask(server, `/v1/conversations?cursor=${meta.next_cursor}`)).status).toBe(410);
    expect((await ask(server, "/v1/conversations?cursor=bad")).status).toBe(400);
    server.setKeyScopes(["conversations:read"]);
    expect((await ask(server, "/v1/phone-numbers")).status).toBe(403);
    server.revokeKey();
    expect((await ask(server, "/v1/conversations")).status).toBe(401);
    server.setKey(server.apiKey);
    expect((await ask(server, "/v1/conversations")).status).toBe(200);
  });

  it("takes messages, counts doubles, refuses without consent, and logs requests in order", async () => {
    const server = await start({ conversations: 2, consentOf: (index) => (index === 0 ? "in" : "none") });
    expect((await send(server, greeting(server))).status).toBe(202);
    expect(server.duplicateSends()).toBe(0);
    expect((await send(server, greeting(server))).status).toBe(202);
    expect(server.duplicateSends()).toBe(1);
    expect((await send(server, greeting(server, 1))).status).toBe(453);
    expect((await send(server, { to: "1" })).status).toBe(422);
    expect(server.sends.map(({ text, tag }) => [text, tag])).toEqual([
      ["Hello", "t1"],
      ["Hello", "t1"],
    ]);
    const found = await json(
      server,
      `/v1/messages?tag=t1&to=${encodeURIComponent(server.conversation(0).contactNumber)}`,
    );
    expect(found.data).toHaveLength(2);
    expect(server.log.map(({ order, route, status }) => [order, route, status])).toEqual([
      [1, "send", 202],
      [2, "send", 202],
      [3, "send", 453],
      [4, "send", 422],
      [5, "messages", 200],
    ]);
    expect(server.requests("send")[0]).toMatchObject({ method: "POST", body: greeting(server) });
    expect(server.requests("messages")[0]!.query["tag"]).toBe("t1");
  });
});

describe("faults", () => {
  it("hits the route it names, as often as told, after as many as told", async () => {
    const server = await start();
    server.fault("conversations", { kind: "status", status: 503 }, { times: 2, after: 1 });
    const statuses = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await ask(server, "/v1/conversations")).status);
    expect(statuses).toEqual([200, 503, 503, 200, 200]);
    server.fault("conversations", { kind: "status", status: 500 });
    expect((await ask(server, "/v1/phone-numbers")).status).toBe(200);
    server.clearFaults();
    expect((await ask(server, "/v1/conversations")).status).toBe(200);
  });

  it.each([
    [{ kind: "status", status: 429, retryAfter: 7 }, "7"],
    [{ kind: "status", status: 429, retryAfter: "Wed, 20 May 2026 12:00:09 GMT" }, "Wed, 20 May 2026 12:00:09 GMT"],
  ] as const)("answers 429 with Retry-After %j", async (fault, header) => {
    const server = await start();
    server.fault("any", fault);
    const response = await ask(server, "/v1/conversations");
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, header]);
    expect(((await response.json()) as Envelope).error.code).toBe("RATE_LIMITED");
  });

  it("sends HTML, redirects, broken JSON and strange envelopes", async () => {
    const server = await start();
    const under = async (fault: Fault): Promise<Response> => {
      server.clearFaults();
      server.fault("any", fault);
      return ask(server, "/v1/conversations");
    };
    expect((await under({ kind: "html" })).headers.get("content-type")).toMatch("text/html");
    const redirect = await under({ kind: "redirect", location: "https://elsewhere.example/" });
    expect([redirect.status, redirect.headers.get("location")]).toEqual([302, "https://elsewhere.example/"]);
    await expect((await under({ kind: "invalid-json" })).json()).rejects.toThrow("JSON");
    expect(await (await under({ kind: "invalid-envelope", body: null })).json()).toBeNull();
  });

  it("spoils pages: one bad item, unknown fields, cursors that repeat or never end", async () => {
    const server = await start({ conversations: 6, pageSize: 3 });
    const under = async (fault: Fault, path = "/v1/conversations"): Promise<Envelope> => {
      server.clearFaults();
      server.fault("conversations", fault);
      return json(server, path);
    };
    const bad = await under({ kind: "bad-item", at: 1 });
    expect(bad.data.map((item) => "contact_number" in item)).toEqual([true, false, true]);
    expect((await under({ kind: "unknown-fields" })).data[0]).toHaveProperty("sentiment");
    const { next_cursor: cursor } = (await under({ kind: "gzip" })).meta;
    expect((await under({ kind: "repeat-cursor" }, `/v1/conversations?cursor=${cursor}`)).meta.next_cursor).toBe(
      cursor,
    );
    const endless = await under({ kind: "endless-cursors" }, `/v1/conversations?cursor=${cursor}`);
    expect(endless.meta.next_cursor).toMatch(/^endless-/);
  });

  it.each([
    [{ kind: "reset" }],
    [{ kind: "reset-mid-body" }],
    [{ kind: "wrong-length" }],
    [{ kind: "accept-then-drop" }],
  ] as [Fault][])("breaks the connection: %j", async (fault) => {
    const server = await start();
    server.fault("conversations", fault);
    const read = ask(server, "/v1/conversations").then((response) => response.text());
    await expect(read).rejects.toThrow(/fetch failed|terminated/);
    expect(server.log).toHaveLength(1);
  });

  it("keeps a send whose answer was dropped", async () => {
    const server = await start();
    server.fault("send", { kind: "accept-then-drop" }, { times: 1 });
    await expect(send(server, greeting(server))).rejects.toThrow("fetch failed");
    expect(server.sends).toHaveLength(1);
    expect(server.log[0]!.status).toBeNull();
    server.fault("send", { kind: "reset" }, { times: 1 });
    await expect(send(server, greeting(server, 0, "t2"))).rejects.toThrow("fetch failed");
    expect(server.sends).toHaveLength(1);
  });

  it.each([[{ kind: "hang" }], [{ kind: "slow-drip", intervalMs: 5000 }], [{ kind: "delay", ms: 60_000 }]] as [
    Fault,
  ][])("leaves a client waiting until it gives up: %j", async (fault) => {
    const server = await start();
    server.fault("conversations", fault);
    const patience = new AbortController();
    const read = ask(server, "/v1/conversations", { signal: patience.signal }).then((response) => response.text());
    while (server.log.length === 0) await new Promise((resolve) => setImmediate(resolve));
    patience.abort();
    await expect(read).rejects.toThrow("aborted");
  });

  it("unpacks a small answer into a flood", async () => {
    const server = await start();
    server.fault("conversations", { kind: "gzip-bomb", bytes: 8 << 20 });
    const response = await ask(server, "/v1/conversations");
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect((await response.text()).length).toBeGreaterThanOrEqual(8 << 20);
  });

  it("answers twice on one connection", async () => {
    const server = await start();
    server.fault("conversations", { kind: "answer-twice" });
    const bytes = await new Promise<number>((resolve, reject) => {
      const headers = { Authorization: `Bearer ${server.apiKey}` };
      const asked = httpRequest(`${server.baseUrl}/v1/conversations`, { headers, agent: false }, (response) => {
        response.resume();
        response.socket.once("close", () => resolve(response.socket.bytesRead));
      });
      asked.once("error", reject);
      asked.end();
    });
    server.clearFaults();
    const single = Buffer.byteLength(JSON.stringify(await json(server, "/v1/conversations")));
    expect(bytes).toBeGreaterThan(single * 2);
  });

  it("serves TLS nobody trusts", async () => {
    const server = await start({ tls: true });
    expect(server.baseUrl).toMatch(/^https:/);
    const error: unknown = await ask(server, "/v1/conversations").catch((reason: unknown) => reason);
    expect(error).toMatchObject({ cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" } });
    expect(server.log).toHaveLength(0);
  });
});
