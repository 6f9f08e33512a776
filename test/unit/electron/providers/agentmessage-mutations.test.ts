/**
 * Pages of the AgentMessage API, damaged at random: nothing but a `ProviderError` comes out, and no good record is
 * lost.
 *
 * The client is the real one, over a `fetch` that answers from memory. Seeded, so that a failure can be repeated.
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAgentMessage } from "../../../../electron/providers/agentmessage/client.ts";
import type { ConversationRef } from "../../../../electron/sync/ports.ts";
import type { ConversationId } from "../../../../shared/domain.ts";
import { ProviderError } from "../../../../shared/errors.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

const THREAD: ConversationRef = { id: 1 as ConversationId, remoteId: "c", ownNumber: "+1", contactNumber: "+2" };
const { signal } = new AbortController();

const conversation = (id: string) => ({
  id,
  phone_number_id: "7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e",
  phone_number: "+15551112222",
  contact_number: "+15554443333",
  last_message_at: "2026-04-28T12:00:01Z",
  last_message_direction: "inbound",
  last_message_preview: "Hello",
  last_message_body_redacted_at: null,
  message_count: 14,
  consent: { opted_in: true, opted_in_at: "2026-04-01T09:00:00Z" },
});

const message = (id: string) => ({
  id,
  direction: "inbound",
  from_number: "+15554443333",
  to_number: "+15551112222",
  body: "Hello",
  media_urls: ["https://media.test/1"],
  channel: "sms",
  segment_count: 1,
  created_at: "2026-04-28T12:00:01Z",
  redacted_at: null,
});

/** `__proto__` as an own property, as `JSON.parse` makes it. */
const poisoned = fc.constantFrom<unknown>(
  ...['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}', '{"toString":1,"valueOf":1}'].map(
    (json): unknown => JSON.parse(json),
  ),
);
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  poisoned,
  fc.constantFrom<unknown>(null, "", "[redacted]", "__proto__", -1, 1e308, "2026-13-45T99:99:99Z", "5", [], {}, true),
);

type Mutation = { readonly field: string; readonly change: { kind: "set"; to: unknown } | { kind: "delete" } };
const mutations = (fields: readonly string[]): fc.Arbitrary<Mutation[]> =>
  fc.array(
    fc.record({
      field: fc.oneof(fc.constantFrom(...fields), fc.constantFrom("__proto__", "constructor", "extra")),
      change: fc.oneof(
        fc.record({ kind: fc.constant("set" as const), to: value }),
        fc.record({ kind: fc.constant("delete" as const) }),
      ),
    }),
    { minLength: 1, maxLength: 4 },
  );

function damage(record: object, list: readonly Mutation[]): unknown {
  const copy = new Map<string, unknown>(Object.entries(record));
  for (const { field, change } of list) {
    if (change.kind === "delete") copy.delete(field);
    else copy.set(field, change.to);
  }
  // Through text, so that `__proto__` arrives as a key and not as a prototype.
  return JSON.parse(`{${[...copy].map(([key, to]) => `${JSON.stringify(key)}:${JSON.stringify(to)}`).join()}}`);
}

const KINDS = {
  conversations: { make: conversation, fields: Object.keys(conversation("")) },
  thread: { make: message, fields: Object.keys(message("")) },
} as const;

async function ask(kind: keyof typeof KINDS, body: string) {
  const provider = createAgentMessage({
    baseUrl: "https://x.test",
    apiKey: "k",
    clock: createFakeClock(),
    fetch: async () => new Response(body, { headers: { "Content-Type": "application/json" } }),
  });
  const page = { cursor: null, limit: 50, signal };
  return kind === "thread" ? provider.listMessages(THREAD, page) : provider.listConversations(page);
}

const untouched = () => {
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
};

describe("damaged pages", () => {
  it.each(["conversations", "thread"] as const)("of %s lose no good record", async (kind) => {
    const { make, fields } = KINDS[kind];
    const seen = { kept: 0, rejected: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constant(null), mutations(fields)), { minLength: 1, maxLength: 6 }),
        async (plan) => {
          const data = plan.map((list, index) => (list === null ? make(`good-${index}`) : damage(make("bad"), list)));
          const body = JSON.stringify({ success: true, data, meta: { next_cursor: "next" } });
          const page = await ask(kind, body);
          expect(page.items.length + page.rejected.length).toBe(data.length);
          expect(page.nextCursor).toBe("next");
          const good = page.items.filter(({ remoteId }) => remoteId.startsWith("good-"));
          expect(good.map(({ remoteId }) => remoteId)).toEqual(
            plan.flatMap((list, index) => (list === null ? [`good-${index}`] : [])),
          );
          for (const item of page.items) {
            expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
            const times = Object.entries(item).flatMap(([key, time]) => (key.endsWith("At") ? [time as unknown] : []));
            for (const time of times) expect(time === null || Number.isSafeInteger(time)).toBe(true);
          }
          for (const { reason } of page.rejected) {
            // A path of our own names and a kind of fault: no room for a value.
            expect(reason).toMatch(/^[a-z_.]+: [a-z_]+$/);
          }
          seen.kept += page.items.length;
          seen.rejected += page.rejected.length;
          untouched();
        },
      ),
      { seed: 20260428, numRuns: 2_500 },
    );
    expect(seen.kept).toBeGreaterThan(1_000);
    expect(seen.rejected).toBeGreaterThan(500);
  });

  it("as a whole give a page or a ProviderError and nothing else", async () => {
    const envelope = fc.record(
      {
        success: value,
        data: fc.oneof(value, fc.array(value)),
        meta: fc.oneof(value, fc.record({ next_cursor: value })),
      },
      { requiredKeys: [] },
    );
    const text = fc.oneof(
      fc.oneof(envelope, value).map((body) => JSON.stringify(body)),
      fc.string(),
      fc.tuple(fc.nat(200), fc.string({ maxLength: 4 })).map(([at, cut]) => {
        const body = JSON.stringify({ success: true, data: [message("a")], meta: { next_cursor: null } });
        return body.slice(0, at) + cut + body.slice(at + cut.length);
      }),
    );
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        const outcome: unknown = await ask("thread", body).catch((thrown: unknown) => thrown);
        const isPage = typeof outcome === "object" && outcome !== null && "items" in outcome;
        expect(isPage || outcome instanceof ProviderError).toBe(true);
        untouched();
      }),
      { seed: 20260428, numRuns: 5_000 },
    );
  });

  it("of errors give a ProviderError and nothing else", async () => {
    const body = fc.oneof(
      value,
      fc.record({ error: fc.record({ code: value, message: value, request_id: value, details: value }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 400, max: 599 }), body, async (status, json) => {
        const provider = createAgentMessage({
          baseUrl: "https://x.test",
          apiKey: "k",
          clock: createFakeClock(),
          fetch: async () => Response.json(json, { status }),
        });
        const error: unknown = await provider.check(signal).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(ProviderError);
        for (const fact of Object.values((error as ProviderError).detail)) expect(typeof fact).toBe("string");
        untouched();
      }),
      { seed: 20260428, numRuns: 2_000 },
    );
  });
});
