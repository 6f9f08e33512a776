/** The sample server against the documentation's own examples: same keys, same types, same nullability, same rules. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSampleServer } from "../../../electron/sandbox/server.ts";

interface Item {
  id: string;
  phone_number_id: string;
  contact_number: string;
  last_message_at: string;
  last_message_direction: string;
  last_message_preview: string;
  last_message_body_redacted_at: string | null;
  message_count: number;
  created_at: string;
  direction: string;
  redacted_at: string | null;
}
interface Envelope {
  success: boolean;
  data: Item[];
  meta: Record<string, unknown>;
  error: { code: string; message: string; request_id: string; details?: Record<string, string> };
}

const fixture = (name: string): Envelope =>
  JSON.parse(readFileSync(new URL(`../../fixtures/agentmessage/${name}.json`, import.meta.url), "utf8")) as Envelope;

const ANCHOR = Date.parse("2026-05-20T15:30:00Z");
const server = createSampleServer({ anchorAt: ANCHOR, now: () => ANCHOR });
const poorServer = createSampleServer({ anchorAt: ANCHOR, now: () => ANCHOR, scopes: [] });
let base = { baseUrl: "", apiKey: "" };
let poor = { baseUrl: "", apiKey: "" };

beforeAll(async () => {
  base = await server.start();
  poor = await poorServer.start();
});
afterAll(() => Promise.all([server.stop(), poorServer.stop()]));

async function ask(path: string, options: { from?: typeof base; key?: string; init?: RequestInit } = {}) {
  const { from = base, init = {} } = options;
  const headers = { Authorization: `Bearer ${options.key ?? from.apiKey}` };
  const response = await fetch(from.baseUrl + path, { ...init, headers });
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  expect(response.headers.get("date")).toBe(new Date(ANCHOR).toUTCString());
  const body = (await response.json()) as Envelope;
  return { status: response.status, body, requestId: response.headers.get("x-request-id") };
}

/** The types a value may have, by path, over several examples: `null` stands beside the type it replaces. */
function shapesOf(
  values: readonly unknown[],
  path = "$",
  into = new Map<string, Set<string>>(),
): Map<string, Set<string>> {
  for (const value of values) {
    const kind = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
    into.set(path, (into.get(path) ?? new Set()).add(kind));
    if (Array.isArray(value)) shapesOf(value, `${path}[]`, into);
    else if (kind === "object")
      for (const [key, inner] of Object.entries(value as object)) shapesOf([inner], `${path}.${key}`, into);
  }
  return into;
}

describe("list conversations", () => {
  it("has exactly the keys, types and nullability of the example", async () => {
    const { status, body } = await ask("/v1/conversations?limit=200");
    const shapes = shapesOf([body]);
    const expected = shapesOf([fixture("list-conversations")]);
    // Nullable beyond the example: a contact who opted out has no date of opting in.
    expected.get("$.data[].consent.opted_in_at")!.add("null");
    expect(status).toBe(200);
    expect(shapes).toEqual(expected);
  });

  it("keeps the key order of the example", async () => {
    const { body } = await ask("/v1/conversations?limit=1");
    const example = fixture("list-conversations");
    expect(Object.keys(body)).toEqual(Object.keys(example));
    expect(Object.keys(body.data[0]!)).toEqual(Object.keys(example.data[0]!));
    expect(Object.keys(body.meta)).toEqual(Object.keys(example.meta));
  });

  it("has total 0, offset 0, the limit asked for (50 by default), a cursor only while there is more", async () => {
    const first = (await ask("/v1/conversations")).body;
    expect(first.meta).toEqual({ total: 0, limit: 50, offset: 0, next_cursor: expect.any(String) });
    expect(first.data).toHaveLength(50);
    expect((await ask("/v1/conversations?limit=200")).body.meta).toEqual({
      total: 0,
      limit: 200,
      offset: 0,
      next_cursor: null,
    });
  });

  it("writes ids, numbers and times as the example does", async () => {
    for (const item of (await ask("/v1/conversations?limit=200")).body.data) {
      expect(item.id).toMatch(/^AQID[A-Za-z0-9_-]+$/);
      expect(item.phone_number_id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(item.contact_number).toMatch(/^\+[1-9]\d{6,14}$/);
      expect(item.last_message_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
    }
  });

  it("dates every redaction to the nightly job and shows the literal preview", async () => {
    const { body } = await ask("/v1/conversations?limit=200");
    const redacted = body.data.filter((item) => item.last_message_body_redacted_at !== null);
    expect(redacted.length).toBeGreaterThan(10);
    for (const item of redacted) {
      expect(item.last_message_body_redacted_at).toMatch(/T03:1\d:\d\dZ$/);
      expect(item.last_message_preview).toBe("[redacted]");
    }
  });

  it("takes every id unmodified into the messages path, and its thread ends where the list says", async () => {
    for (const item of (await ask("/v1/conversations?limit=200")).body.data) {
      const { status, body } = await ask(`/v1/conversations/${item.id}/messages?limit=200`);
      expect(status).toBe(200);
      expect(body.data).toHaveLength(item.message_count);
      const last = body.data.at(-1)!;
      expect([last.created_at, last.direction, last.redacted_at]).toEqual([
        item.last_message_at,
        item.last_message_direction,
        item.last_message_body_redacted_at,
      ]);
    }
  });
});

describe("errors", () => {
  const withoutId = (body: Envelope) => ({ ...body, error: { ...body.error, request_id: "id" } });

  it("401 and 403 equal the examples but for the request id", async () => {
    const wrong = await ask("/v1/conversations", { key: "am_live_wrong" });
    expect(wrong.status).toBe(401);
    expect(withoutId(wrong.body)).toEqual(withoutId(fixture("error-401")));
    const lacking = await ask("/v1/conversations", { from: poor });
    expect(lacking.status).toBe(403);
    expect(withoutId(lacking.body)).toEqual(withoutId(fixture("error-403")));
    expect(lacking.body.error.request_id).toBe(lacking.requestId);
    expect(lacking.requestId).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it("a validation error has the example's shape and its words for a bad number", async () => {
    const init = { method: "POST", body: JSON.stringify({ from: "+12065550142", to: "x", text: "hi" }) };
    const { status, body } = await ask("/v1/messages", { init });
    const example = fixture("error-422");
    expect(status).toBe(422);
    expect(Object.keys(body.error)).toEqual(Object.keys(example.error));
    expect(body.error).toMatchObject({ code: example.error.code, message: example.error.message });
    expect(body.error.details).toEqual({ to: example.error.details?.["to"] });
  });
});
