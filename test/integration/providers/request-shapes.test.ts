/**
 * The exact requests of the four providers beside AgentMessage, as their servers receive them, and what each of them
 * does in its own way.
 */
import { describe, expect, it } from "vitest";
import type { ConversationId } from "../../../shared/domain.ts";
import { getProviderEntry } from "../../../electron/providers/registry.ts";
import type { ConversationRef, Provider } from "../../../electron/sync/ports.ts";
import { createFakeClock, settle } from "../../fakes/fake-clock.ts";
import { HIGHLEVEL_LOCATION, HIGHLEVEL_TOKEN, startHighLevelServer } from "../../servers/highlevel.ts";
import { QUO_KEY, startQuoServer } from "../../servers/quo.ts";
import { TWILIO_SID, TWILIO_TOKEN, startTwilioServer } from "../../servers/twilio.ts";
import { VOBIZ_ID, VOBIZ_TOKEN, startVobizServer } from "../../servers/vobiz.ts";

const { signal } = new AbortController();
const clock = createFakeClock();
const now = () => clock.now();
const connect = (
  name: "twilio" | "quo" | "highlevel" | "vobiz",
  baseUrl: string,
  credentials: Record<string, string>,
) => getProviderEntry(name).create({ baseUrl, credentials, fetch, clock });

/** The first conversation the provider lists for this contact, as the engine would address it. */
async function refOf(provider: Provider, contact: string): Promise<ConversationRef> {
  let cursor: string | null = null;
  do {
    const page = await provider.listConversations({ cursor, limit: 50, signal });
    const found = page.items.find(({ contactNumber }) => contactNumber.startsWith(contact));
    if (found !== undefined) return { id: 1 as ConversationId, ...found };
    cursor = page.nextCursor;
  } while (cursor !== null);
  throw new Error(`no conversation with ${contact}`);
}

const sendTo = (provider: Provider, conversation: ConversationRef, text: string) =>
  provider.send({
    conversation,
    from: conversation.ownNumber,
    to: conversation.contactNumber,
    text,
    tag: "tk-1",
    signal,
  });

describe("Quo", () => {
  const setUp = async () => {
    const server = await startQuoServer({ now });
    return { server, provider: connect("quo", server.url, { apiKey: QUO_KEY }) };
  };

  it("authorizes with the plain key and asks for a page size with every list", async () => {
    const { server, provider } = await setUp();
    await using _ = server;
    await provider.listConversations({
      cursor: null,
      limit: 200,
      signal,
      since: Date.UTC(2026, 3, 1),
      purpose: "list",
    });
    expect(server.log.every(({ headers }) => headers.authorization === QUO_KEY)).toBe(true);
    expect(server.requests("list")[0]!.rawQuery).toBe("?updatedAfter=2026-04-01T00%3A00%3A00.000Z&maxResults=100");
    expect(server.log.map(({ path }) => path)).toEqual(["/v1/phone-numbers", "/v1/contacts", "/v1/conversations"]);
  });

  it("lists a group's messages by number and repeated participants, and answers all of them", async () => {
    const { server, provider } = await setUp();
    await using _ = server;
    const group = await refOf(provider, server.world.threads[0]!.contact);
    await provider.listMessages(group, { cursor: null, limit: 50, signal, since: null });
    expect(server.requests("thread")[0]!.rawQuery).toBe(
      "?phoneNumberId=PN1a2b3c&participants=%2B15559991000&participants=%2B15558880001&participants=%2B15558880002&maxResults=50",
    );
    await sendTo(provider, group, "Hello all");
    expect(server.requests("send")[0]!.body).toEqual({
      content: "Hello all",
      from: "PN1a2b3c",
      to: ["+15559991000", "+15558880001", "+15558880002"],
    });
  });

  it("waits for its own numbers rather than showing an id in their place for good", async () => {
    const { server, provider } = await setUp();
    await using _ = server;
    const list = () => provider.listConversations({ cursor: null, limit: 50, signal });
    server.refuse("numbers", 503);
    await expect(list()).rejects.toMatchObject({ code: "server_error" });
    server.accept();
    expect((await list()).items.map(({ ownNumber }) => ownNumber)).toContain(server.world.own);
  });

  it("names contacts from the address book and marks a thread as read", async () => {
    const { server, provider } = await setUp();
    await using _ = server;
    const { items } = await provider.listConversations({ cursor: null, limit: 50, signal });
    const contact = server.world.threads[2]!.contact;
    expect(items.find(({ contactNumber }) => contactNumber === contact)).toMatchObject({ contactName: "Contact 2" });
    await provider.markRead!(await refOf(provider, contact), signal);
    expect(server.log.at(-1)).toMatchObject({ method: "POST", path: "/v1/conversations/CNt1002/mark-as-read" });
  });
});

describe("HighLevel", () => {
  const setUp = async (options: { tie?: number; threads?: number } = {}) => {
    const server = await startHighLevelServer({ now, ...options });
    const credentials = { accessToken: HIGHLEVEL_TOKEN, locationId: HIGHLEVEL_LOCATION };
    return { server, provider: connect("highlevel", server.url, credentials) };
  };

  it("sends the version that was typed, to the routes of conversations alone", async () => {
    await using server = await startHighLevelServer({ now });
    const typed = { accessToken: HIGHLEVEL_TOKEN, locationId: HIGHLEVEL_LOCATION, apiVersion: "v3" };
    const provider = connect("highlevel", server.url, typed);
    await provider.listConversations({ cursor: null, limit: 4, signal });
    expect(server.requests("list")[0]!.headers["version"]).toBe("v3");
    expect(server.requests("numbers")[0]!.headers["version"]).toBe("2021-07-28");
  });

  it("sends the version of each family of routes, the location and a fixed order", async () => {
    const { server, provider } = await setUp();
    await using _ = server;
    const first = await provider.listConversations({ cursor: null, limit: 4, signal });
    await provider.listConversations({ cursor: first.nextCursor, limit: 4, signal });
    const [numbers] = server.requests("numbers");
    const [list, next] = server.requests("list");
    expect(numbers!.headers["version"]).toBe("2021-07-28");
    expect(list!.headers).toMatchObject({ version: "2021-04-15", authorization: `Bearer ${HIGHLEVEL_TOKEN}` });
    const query = "?locationId=loc123&sort=desc&sortBy=last_message_date&status=all&limit=4";
    expect(list!.rawQuery).toBe(query);
    // One above the last row's value, so that rows which share it come along.
    expect(next!.rawQuery).toBe(`${query}&startAfterDate=${server.world.threads[3]!.touchedAt + 1}`);
  });

  it("passes over no row when more of them share a date than fit on a page", async () => {
    const { server, provider } = await setUp({ threads: 12, tie: 7 });
    await using _ = server;
    const seen = new Set<string>();
    let cursor: string | null = null;
    do {
      const page = await provider.listConversations({ cursor, limit: 4, signal });
      for (const { remoteId } of page.items) seen.add(remoteId);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.size).toBe(12);
  });

  it("answers the contact on the channel of its last message, without the fields clients leave out", async () => {
    const { server, provider } = await setUp();
    await using _ = server;
    const conversation = await refOf(provider, server.world.threads[1]!.contact);
    const receipt = await sendTo(provider, conversation, "Hi");
    expect(server.requests("send")[0]!.body).toEqual({ type: "SMS", contactId: "k1001", message: "Hi" });
    expect(receipt).toMatchObject({ remoteId: server.world.threads[1]!.messages.at(-1)!.id, status: "queued" });
    await provider.markRead!(conversation, signal);
    expect(server.log.at(-1)).toMatchObject({ method: "PUT", body: { locationId: "loc123", unreadCount: 0 } });
  });

  it("reads the export by latest change, at least ten rows a page, and asks for no channel", async () => {
    const { server, provider } = await setUp();
    await using _ = server;
    const first = await provider.listChanges!({ cursor: null, limit: 4, signal });
    const next = await provider.listChanges!({ cursor: first.nextCursor, limit: 4, signal });
    const query = "?locationId=loc123&sortBy=updatedAt&sortOrder=desc&limit=10";
    expect(server.requests("export").map(({ rawQuery }) => rawQuery)).toEqual([
      query,
      `${query}&cursor=${encodeURIComponent(first.nextCursor!)}`,
    ]);
    expect(server.requests("export")[0]!.headers["version"]).toBe("2021-04-15");
    const { threads } = server.world;
    expect(first.newestChangeAt).toBe(threads[0]!.touchedAt);
    expect(first.oldestChangeAt).toBeGreaterThanOrEqual(next.newestChangeAt!);
    // Activity rows are no messages, also here.
    expect(first.items.length).toBeLessThan(10);
    expect(first.items.every(({ message }) => /^\d+$/.test(message.remoteId))).toBe(true);
    expect(threads.map(({ id, contactId }) => `${id}~${contactId}`)).toContain(first.items[0]!.conversationRemoteId);
  });

  it("takes an export that does not say when its rows changed as one page without dates", async () => {
    await using server = await startHighLevelServer({ now, undated: true });
    const typed = { accessToken: HIGHLEVEL_TOKEN, locationId: HIGHLEVEL_LOCATION };
    const page = await connect("highlevel", server.url, typed).listChanges!({ cursor: null, limit: 10, signal });
    expect(page).toMatchObject({ newestChangeAt: null, oldestChangeAt: null });
    expect(page.items.length).toBeGreaterThan(0);
  });

  it("waits as long as the vendor's own headers say", async () => {
    const { server, provider } = await setUp();
    await using _ = server;
    server.refuse("list", 429, { "X-RateLimit-Interval-Milliseconds": "10000" });
    await expect(provider.check(signal)).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 10_000 });
    server.refuse("list", 429, { "X-RateLimit-Daily-Remaining": "0" });
    await expect(provider.check(signal)).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
  });
});

describe("Twilio", () => {
  const credentials = { accountSid: TWILIO_SID, authToken: TWILIO_TOKEN };
  const setUp = async (options: { action?: "COMPLETED" | "FAILED" } = {}) => {
    const server = await startTwilioServer({ now, ...options });
    return { server, provider: connect("twilio", server.url, credentials) };
  };

  /** Runs a reply to its end: the client asks for its Action by the clock. */
  async function finish<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
    let outcome: PromiseSettledResult<T> | null = null;
    void Promise.allSettled([work]).then(([settled]) => void (outcome = settled!));
    for (let turn = 0; outcome === null && turn < 2_000; turn += 1) {
      await settle();
      if (turn % 20 === 19) await clock.advance(500);
    }
    if (outcome === null) throw new Error("the reply never ended");
    return outcome;
  }

  it("repeats `status`, leaves closed conversations out after the first walk, and asks for them in a sweep", async () => {
    const { server, provider } = await setUp();
    await using _ = server;
    const page = { cursor: null, limit: 50, signal } as const;
    await provider.listConversations({ ...page, purpose: "list" });
    await provider.listConversations({ ...page, purpose: "list" });
    await provider.listConversations({ ...page, purpose: "sweep" });
    const live = "?status=ACTIVE&status=INACTIVE";
    expect(server.requests("list").map(({ rawQuery }) => rawQuery)).toEqual([
      `${live}&status=CLOSED&pageSize=50`,
      `${live}&pageSize=50`,
      `${live}&status=CLOSED&pageSize=50`,
    ]);
    const basic = Buffer.from(`${TWILIO_SID}:${TWILIO_TOKEN}`).toString("base64");
    expect(server.log[0]!.headers.authorization).toBe(`Basic ${basic}`);
  });

  it("replies with an Action in the live conversation and follows it to its end", async () => {
    const { server, provider } = await setUp();
    await using _ = server;
    const conversation = await refOf(provider, server.world.threads[4]!.contact);
    const outcome = await finish(sendTo(provider, conversation, "Hi"));
    expect(server.requests("send")[0]).toMatchObject({
      path: "/v2/Conversations/conv_t1004/Actions",
      body: {
        type: "SEND_MESSAGE",
        payload: {
          from: { address: "whatsapp:+15551110000", channel: "WHATSAPP" },
          to: [{ address: "whatsapp:+15559991004", channel: "WHATSAPP" }],
          content: { text: "Hi" },
        },
      },
    });
    const { id } = server.world.threads[4]!.messages.at(-1)!;
    expect(outcome).toMatchObject({ status: "fulfilled", value: { remoteId: `comm_${id}`, status: "sent" } });
  });

  it("reports an Action that failed as a refusal, not as sent", async () => {
    const { server, provider } = await setUp({ action: "FAILED" });
    await using _ = server;
    const conversation = await refOf(provider, server.world.threads[1]!.contact);
    const outcome = await finish(sendTo(provider, conversation, "Hi"));
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "rejected", mayHaveArrived: false } });
  });

  it("takes an API key in place of the token", async () => {
    await using server = await startTwilioServer({ now });
    const provider = connect("twilio", server.url, { accountSid: TWILIO_SID, authToken: "SKabc123:secret" });
    await expect(provider.check(signal)).rejects.toMatchObject({ code: "key_refused" });
    expect(server.log[0]!.headers.authorization).toBe(`Basic ${Buffer.from("SKabc123:secret").toString("base64")}`);
  });
});

describe("Vobiz", () => {
  const credentials = { authId: VOBIZ_ID, authToken: VOBIZ_TOKEN };

  it("asks the older generation as its documentation shows", async () => {
    await using server = await startVobizServer({ now });
    const provider = connect("vobiz", `${server.url}/v1/messaging`, credentials);
    const conversation = await refOf(provider, server.world.threads[5]!.contact);
    const [first, second] = server.requests("list");
    expect(first).toMatchObject({ path: "/v1/messaging/conversations", rawQuery: "" });
    expect(first!.headers).toMatchObject({
      "x-auth-id": VOBIZ_ID,
      "x-auth-token": VOBIZ_TOKEN,
      accept: "application/json",
    });
    expect(second!.rawQuery).toBe("?page=2");
    await provider.listMessages(conversation, { cursor: null, limit: 50, signal });
    expect(server.requests("thread")[0]).toMatchObject({
      path: "/v1/messaging/conversations/conv_t1005/messages",
      rawQuery: "?limit=50",
    });
  });

  it("sends with the channel, and with its business account where that is known", async () => {
    await using server = await startVobizServer({ now, generation: "newer" });
    const provider = connect("vobiz", `${server.url}/api/v1/messaging`, credentials);
    const conversation = await refOf(provider, server.world.threads[0]!.contact);
    const receipt = await sendTo(provider, conversation, "Hi");
    expect(server.requests("send")[0]!.body).toEqual({
      channel_id: "2f8892e1-59b7-40a2-b518-e7a7c31a754d",
      waba_id: "waba-1",
      to: "+15559991000",
      type: "text",
      text: { body: "Hi" },
    });
    expect(receipt.status).toBe("queued");
  });

  it("reads a list to its end where the server does not know pages", async () => {
    await using server = await startVobizServer({ now, ignoresPage: true });
    const provider = connect("vobiz", `${server.url}/v1/messaging`, credentials);
    const first = await provider.listConversations({ cursor: null, limit: 50, signal });
    const second = await provider.listConversations({ cursor: first.nextCursor, limit: 50, signal });
    expect(first.items).toHaveLength(10);
    expect(second.nextCursor).toBeNull();
  });
});
