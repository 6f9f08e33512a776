/** Threads that the provider splits over several of its conversations: whole, also where this process saw a part of the list. */
import { describe, expect, it } from "vitest";
import { getProviderEntry } from "../../../electron/providers/registry.ts";
import type { Provider, RemoteConversation } from "../../../electron/sync/ports.ts";
import type { ConversationId } from "../../../shared/domain.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { PROVIDER_CASES } from "../../helpers/provider-cases.ts";
import type { ServerUnderTest } from "../../helpers/provider-cases.ts";

const { signal } = new AbortController();
const SPLIT = PROVIDER_CASES.filter(({ name }) => ["Twilio", "Vobiz, newer"].includes(name));
const PAGE = 3;

async function textsOf(provider: Provider, conversation: RemoteConversation): Promise<string[]> {
  const messages = [];
  for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
    const ref = { id: 1 as ConversationId, ...conversation };
    const page = await provider.listMessages(ref, { cursor, limit: 100, signal });
    messages.push(...page.items);
    cursor = page.nextCursor;
  }
  return messages.map(({ body }) => body ?? "").toSorted();
}

/** The list from this place on: what is on it, and where each page leads. */
async function listFrom(provider: Provider, from: string | null, pages: number) {
  const rows = new Map<string, RemoteConversation>();
  let cursor = from;
  for (let page = 0; page < pages; page += 1) {
    const { items, nextCursor } = await provider.listConversations({ cursor, limit: PAGE, signal, purpose: "list" });
    for (const item of items) rows.set(item.remoteId, item);
    if (nextCursor === null) return { rows: [...rows.values()], cursor: null };
    cursor = nextCursor;
  }
  return { rows: [...rows.values()], cursor };
}

describe.each(SPLIT)("$name", ({ provider: name, start }) => {
  async function setUp() {
    const clock = createFakeClock();
    const server: ServerUnderTest = await start(() => clock.now());
    const connect = () =>
      getProviderEntry(name).create({ baseUrl: server.url, credentials: server.credentials, fetch, clock });
    return { server, connect };
  }

  it("gives a thread whole that is asked for while the list is being read", async () => {
    const { server, connect } = await setUp();
    await using _ = server;
    const provider = connect();
    const { rows } = await listFrom(provider, null, 1);
    for (const row of rows) {
      expect(await textsOf(provider, row)).toEqual(server.truth().get(row.contactNumber)?.toSorted());
    }
  });

  it("gives every thread whole after a list that an earlier process began", async () => {
    const { server, connect } = await setUp();
    await using _ = server;
    const { cursor } = await listFrom(connect(), null, 1);
    const provider = connect();
    const { rows } = await listFrom(provider, cursor, 1_000);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(await textsOf(provider, row)).toEqual(server.truth().get(row.contactNumber)?.toSorted());
    }
  });
});
