/** The sample server over real HTTP: paging, keys, errors, sending, answers, lifecycle. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSampleServer, type SampleServer, type SampleServerOptions } from "../../../electron/sandbox/server.ts";

const ANCHOR = Date.parse("2026-05-20T15:30:00Z");

interface Conversation {
  id: string;
  phone_number: string;
  contact_number: string;
  last_message_at: string;
  last_message_preview: string;
  last_message_body_redacted_at: string | null;
  message_count: number;
  consent: { opted_in: boolean; opted_in_at: string | null } | null;
}
interface Message {
  id: string;
  direction: string;
  body: string | null;
  media_urls: string[];
  created_at: string;
  redacted_at: string | null;
  status?: string;
}
interface Answer<T> {
  success: boolean;
  data: T;
  meta: { total: number; limit: number; offset: number; next_cursor: string | null };
  error: { code: string; message: string; request_id: string; details?: Record<string, string> };
}

let now = ANCHOR;
let timers: { at: number; callback: () => void }[] = [];
const servers: SampleServer[] = [];
let base = { baseUrl: "", apiKey: "" };

/** Moves the clock and runs what falls due, in order. */
function advance(ms: number): void {
  const until = now + ms;
  for (;;) {
    const due = timers.filter((timer) => timer.at <= until).toSorted((a, b) => a.at - b.at)[0];
    if (!due) break;
    timers = timers.filter((timer) => timer !== due);
    now = Math.max(now, due.at);
    due.callback();
  }
  now = until;
}

async function startServer(options: Partial<SampleServerOptions> = {}) {
  const server = createSampleServer({
    anchorAt: ANCHOR,
    now: () => now,
    schedule: (delayMs, callback) => {
      const timer = { at: now + delayMs, callback };
      timers.push(timer);
      return () => (timers = timers.filter((other) => other !== timer));
    },
    ...options,
  });
  servers.push(server);
  return server.start();
}

async function get<T>(path: string, from = base, key = from.apiKey) {
  const response = await fetch(from.baseUrl + path, { headers: { Authorization: `Bearer ${key}` } });
  return { response, json: (await response.json()) as Answer<T> };
}

async function send(body: unknown, from = base) {
  const response = await fetch(`${from.baseUrl}/v1/messages`, {
    method: "POST",
    headers: { Authorization: `Bearer ${from.apiKey}`, "Content-Type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { response, json: (await response.json()) as Answer<{ id: string; status: string; tag: string | null }> };
}

async function walk<T>(path: string, limit: number): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const separator = path.includes("?") ? "&" : "?";
    const { json }: { json: Answer<T[]> } = await get<T[]>(`${path}${separator}limit=${limit}&cursor=${cursor}`);
    items.push(...json.data);
    cursor = json.meta.next_cursor;
  }
  return items;
}

beforeEach(async () => {
  now = ANCHOR;
  timers = [];
  base = await startServer();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

describe("reading", () => {
  it("pages all conversations newest first, whatever the page size, without gap or repeat", async () => {
    const whole = await walk<Conversation>("/v1/conversations", 200);
    expect(whole.length).toBeGreaterThanOrEqual(72);
    expect(await walk<Conversation>("/v1/conversations", 7)).toEqual(whole);
    const times = whole.map((conversation) => conversation.last_message_at);
    expect(times).toEqual(times.toSorted((a, b) => Date.parse(b) - Date.parse(a)));
    expect(whole.reduce((sum, conversation) => sum + conversation.message_count, 0)).toBeGreaterThanOrEqual(1700);
    expect(new Set(whole.map(({ consent }) => consent?.opted_in ?? null))).toEqual(new Set([true, false, null]));
  });

  it("keeps its place while the list moves", async () => {
    const first = await get<Conversation[]>("/v1/conversations?limit=10");
    const target = (await walk<Conversation>("/v1/conversations?opted_in=true", 200)).at(-1)!;
    await send({ from: target.phone_number, to: target.contact_number, text: "Hello" });
    const second = await get<Conversation[]>(`/v1/conversations?limit=10&cursor=${first.json.meta.next_cursor}`);
    const ids = new Set(first.json.data.map(({ id }) => id));
    expect(second.json.data.filter(({ id }) => ids.has(id))).toEqual([]);
    expect(second.json.data).toHaveLength(10);
  });

  it("gives a thread oldest first by the unmodified id, ending in a null cursor", async () => {
    const list = await walk<Conversation>("/v1/conversations", 200);
    const longest = list.toSorted((a, b) => b.message_count - a.message_count)[0]!;
    const thread = await walk<Message>(`/v1/conversations/${longest.id}/messages`, 50);
    expect(thread).toHaveLength(180);
    expect(thread).toEqual(await walk<Message>(`/v1/conversations/${longest.id}/messages`, 200));
    const times = thread.map((message) => Date.parse(message.created_at));
    expect(times.every((time, i) => i === 0 || time > times[i - 1]!)).toBe(true);
    const old = thread.filter((message) => now - Date.parse(message.created_at) > 91 * 86_400_000);
    expect(old.length).toBeGreaterThan(50);
    for (const message of old) expect(message).toMatchObject({ body: null, media_urls: [] });
    for (const message of thread) expect(message.body === null).toBe(message.redacted_at !== null);
  });

  it("marks a redacted preview by its timestamp, and leaves a typed [redacted] alone", async () => {
    const list = await walk<Conversation>("/v1/conversations", 200);
    const marked = list.filter(({ last_message_preview }) => last_message_preview === "[redacted]");
    expect(marked.filter(({ last_message_body_redacted_at: at }) => at === null)).toHaveLength(1);
    expect(marked.length).toBeGreaterThan(10);
    expect(
      list.filter((c) => c.last_message_body_redacted_at !== null && c.last_message_preview !== "[redacted]"),
    ).toEqual([]);
  });

  it("removes more texts as nights pass", async () => {
    const redacted = async () =>
      (await walk<Conversation>("/v1/conversations", 200)).filter((c) => c.last_message_body_redacted_at !== null)
        .length;
    const before = await redacted();
    now += 3 * 86_400_000;
    expect(await redacted()).toBeGreaterThan(before);
  });

  it("filters conversations", async () => {
    const list = await walk<Conversation>("/v1/conversations", 200);
    const since = list[10]!.last_message_at;
    expect(await walk(`/v1/conversations?since=${encodeURIComponent(since)}`, 200)).toHaveLength(11);
    const numbers = await get<{ id: string; number: string; label: string }[]>("/v1/phone-numbers");
    expect(numbers.json.data.map(({ label }) => label).toSorted()).toEqual(["Sales & test rides", "Workshop"]);
    const { id, number } = numbers.json.data[0]!;
    const own = await walk<Conversation>(`/v1/conversations?phone_number_id=${id}`, 200);
    expect(own).toEqual(list.filter(({ phone_number }) => phone_number === number));
    const out = await walk<Conversation>("/v1/conversations?opted_in=false", 200);
    expect(out).toEqual(list.filter(({ consent }) => consent?.opted_in === false));
    const one = list[5]!;
    const found = await walk<Conversation>(
      `/v1/conversations?contact_number=${encodeURIComponent(one.contact_number)}`,
      5,
    );
    expect(found.map((conversation) => conversation.id)).toContain(one.id);
  });

  it("lists inbound messages, outbound ones with the cursor in a header, and consent", async () => {
    const inbound = await get<{ opt_out: { detected: boolean; keyword: string | null } }[]>(
      "/v1/inbound-messages?opt_out=true",
    );
    expect(inbound.json.data.map(({ opt_out }) => opt_out.keyword)).toEqual(["STOP", "UNSUBSCRIBE"]);
    const outbound = await get<{ created_at: string }[]>("/v1/messages?limit=3");
    expect(outbound.json.meta).toBeUndefined();
    const cursor = outbound.response.headers.get("x-next-cursor")!;
    const next = await get<{ created_at: string }[]>(`/v1/messages?limit=3&cursor=${cursor}`);
    expect(next.json.data[0]!.created_at < outbound.json.data[2]!.created_at).toBe(true);
    const consent = await get<{ opted_in: boolean }[]>("/v1/consent?opted_in=false");
    expect(consent.json.data).toHaveLength(4);
  });
});

describe("refusing", () => {
  it.each([
    ["/v1/conversations?limit=0", 422, "VALIDATION_FAILED", { limit: "must be between 1 and 200" }],
    ["/v1/conversations?limit=201", 422, "VALIDATION_FAILED", { limit: "must be between 1 and 200" }],
    ["/v1/conversations?contact_number=555", 422, "VALIDATION_FAILED", { contact_number: "must be E.164" }],
    ["/v1/conversations?cursor=nonsense", 400, "INVALID_INPUT", undefined],
    ["/v1/conversations/nonsense/messages", 400, "INVALID_INPUT", undefined],
    ["/v1/messages/nonsense", 400, "INVALID_INPUT", undefined],
    ["/v1/messages/7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e", 404, "NOT_FOUND", undefined],
    ["/v1/nothing", 404, "NOT_FOUND", undefined],
  ])("GET %s gives %i %s", async (path, status, code, details) => {
    const { response, json } = await get(path);
    expect(response.status).toBe(status);
    expect(json.error.code).toBe(code);
    expect(json.error.details).toEqual(details);
    expect(json.error.request_id).toBe(response.headers.get("x-request-id"));
  });

  it("answers 404 for a sound id that is unknown here", async () => {
    const other = await startServer({ seed: "other" });
    const foreign = (await get<Conversation[]>("/v1/conversations", other)).json.data[0]!.id;
    expect((await get(`/v1/conversations/${foreign}/messages`)).response.status).toBe(404);
  });

  it("answers 401 without the right key, even for a path that does not exist", async () => {
    for (const key of ["", "am_live_wrong", `${base.apiKey}x`]) {
      expect((await get("/v1/nothing", base, key)).response.status).toBe(401);
    }
  });

  it("answers 403 for each route whose scope the key lacks", async () => {
    const poor = await startServer({ scopes: ["conversations:read"] });
    expect((await get("/v1/conversations", poor)).response.status).toBe(200);
    for (const path of ["/v1/messages", "/v1/inbound-messages", "/v1/phone-numbers", "/v1/consent"]) {
      const { response, json } = await get(path, poor);
      expect([response.status, json.error.code, json.error.message]).toEqual([
        403,
        "FORBIDDEN",
        "missing required scope",
      ]);
    }
    expect((await send({}, poor)).response.status).toBe(403);
  });
});

describe("sending", () => {
  const workshop = "+12065550142";
  const contact = "+12065550101";

  it("accepts, delivers after a while, and the contact answers", async () => {
    const { response, json } = await send({ from: workshop, to: contact, text: "Your bike is ready!", tag: "tk-1" });
    expect(response.status).toBe(202);
    expect(json.data).toMatchObject({ status: "queued", tag: "tk-1" });
    const status = async () => (await get<{ status: string }>(`/v1/messages/${json.data.id}`)).json.data.status;
    expect(await status()).toBe("queued");
    advance(1500);
    expect(await status()).toBe("sent");
    advance(1500);
    expect(await status()).toBe("delivered");
    advance(10_000);
    const top = (await get<Conversation[]>("/v1/conversations?limit=1")).json.data[0]!;
    const thread = await walk<Message>(`/v1/conversations/${top.id}/messages`, 200);
    expect(thread.at(-2)).toMatchObject({ id: json.data.id, status: "delivered", direction: "outbound" });
    expect(thread.at(-1)).toMatchObject({ direction: "inbound", body: top.last_message_preview });
    expect(thread.at(-1)).not.toHaveProperty("status");
    const found = await get<{ id: string }[]>(`/v1/messages?to=${encodeURIComponent(contact)}&tag=tk-1`);
    expect(found.json.data.map(({ id }) => id)).toEqual([json.data.id]);
  });

  it("refuses the opted-out, the unknown, and from then on a contact who answered STOP", async () => {
    for (const to of ["+12065550125", "+12065550115", "+12065550000"]) {
      const { response, json } = await send({ from: workshop, to, text: "Hello" });
      expect([response.status, json.error.code]).toEqual([453, "CONSENT_REQUIRED"]);
    }
    await send({ from: workshop, to: contact, text: "20% off. Reply STOP to opt out" });
    advance(10_000);
    expect((await send({ from: workshop, to: contact, text: "Hello" })).response.status).toBe(453);
  });

  it("refuses a landline, bad fields, and what is no JSON", async () => {
    const landline = await send({ from: workshop, to: "+12065550178", text: "Hello" });
    expect([landline.response.status, landline.json.error.code]).toEqual([422, "LINE_TYPE_BLOCKED"]);
    const bad = await send({ from: "+15550000000", to: "555", text: "x".repeat(1601), tag: "t".repeat(65) });
    expect(bad.response.status).toBe(422);
    expect(Object.keys(bad.json.error.details!).toSorted()).toEqual(["from", "tag", "text", "to"]);
    expect((await send("{")).response.status).toBe(400);
    expect((await send("[]")).response.status).toBe(400);
    expect((await send({ from: workshop, to: contact, text: "x".repeat(1_000_000) })).response.status).toBe(413);
  });

  it("limits bursts with Retry-After and stores nothing of what it refused", async () => {
    const body = { from: workshop, to: contact, text: "Hello", tag: "burst" };
    const statuses = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await send(body)).response.status);
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
    const limited = await send(body);
    expect(limited.response.headers.get("retry-after")).toBe("1");
    expect((await get<unknown[]>("/v1/messages?tag=burst")).json.data).toHaveLength(5);
    advance(1000);
    expect((await send(body)).response.status).toBe(202);
  });
});

describe("lifecycle", () => {
  it("gives the same data after a restart, on the wished port when it is free and another when not", async () => {
    const before = await walk<Conversation>("/v1/conversations", 200);
    const port = Number(new URL(base.baseUrl).port);
    const beside = await startServer({ port });
    expect(new URL(beside.baseUrl).port).not.toBe(String(port));
    await servers[0]!.stop();
    const key = "am_live_sample_kept";
    base = await startServer({ port, apiKey: key });
    expect(base).toEqual({ baseUrl: `http://127.0.0.1:${port}`, apiKey: key });
    expect(await walk<Conversation>("/v1/conversations", 200)).toEqual(before);
  });

  it("makes an unguessable key of its own and stops for good", async () => {
    const other = await startServer();
    expect(base.apiKey).toMatch(/^am_live_sample_[A-Za-z0-9_-]{32}$/);
    expect(other.apiKey).not.toBe(base.apiKey);
    const [server] = servers;
    await server!.stop();
    await server!.stop();
    await expect(server!.start()).rejects.toThrow("stopped");
    await expect(fetch(base.baseUrl)).rejects.toThrow("fetch failed");
  });

  // macOS has no second loopback address to come from.
  it.runIf(process.platform !== "darwin")("can be reached on 127.0.0.1 and on no other address", async () => {
    await expect(fetch(base.baseUrl.replace("127.0.0.1", "127.0.0.2"))).rejects.toThrow("fetch failed");
  });

  it("answers 500 in the envelope and reports the defect when it is broken itself", async () => {
    const seen: unknown[] = [];
    const broken = await startServer({
      schedule: () => {
        throw new Error("no timers");
      },
      onError: (error) => seen.push(error),
    });
    const { response, json } = await send({ from: "+12065550142", to: "+12065550101", text: "Hello" }, broken);
    expect([response.status, json.error.code, json.error.message]).toEqual([500, "INTERNAL", "internal error"]);
    expect(seen).toEqual([new Error("no timers")]);
  });

  it("says so when the wished port cannot exist", async () => {
    const server = createSampleServer({ anchorAt: ANCHOR, now: () => now, port: 70_000 });
    await expect(server.start()).rejects.toThrow("port");
    await server.stop();
  });
});
