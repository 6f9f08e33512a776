/** Answers no reference speaks of: a place to go on from in another form, numbers out of all range, a page nobody can read. */
import { describe, expect, it } from "vitest";
import type { ConversationId, ProviderName } from "../../../../shared/domain.ts";
import { failureOf } from "../../../../shared/errors.ts";
import { getProviderEntry } from "../../../../electron/providers/registry.ts";
import type { ConversationRef, Provider } from "../../../../electron/sync/ports.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

const { signal } = new AbortController();
const NOW = Date.UTC(2026, 3, 28, 12);
const CREDENTIALS = {
  apiKey: "key_0123456789",
  accountSid: "AC0123456789",
  authToken: "token_0123456789",
  accessToken: "pit-0123456789",
  locationId: "loc1",
  authId: "MA_01234567",
};

type Answers = (path: string, query: URLSearchParams) => Response;

/** The adapter over answers given in this process; `asked` holds path and query of every request. */
function connect(name: ProviderName, answers: Answers): { provider: Provider; asked: string[] } {
  const asked: string[] = [];
  const fetch = async (address: string) => {
    const { pathname, search, searchParams } = new URL(address);
    asked.push(pathname + search);
    return answers(pathname, searchParams);
  };
  const baseUrl = "https://api.test";
  const provider = getProviderEntry(name).create({
    baseUrl,
    credentials: CREDENTIALS,
    fetch,
    clock: createFakeClock(NOW),
  });
  return { provider, asked };
}

const list = (provider: Provider, cursor: string | null = null, limit = 2) =>
  provider.listConversations({ cursor, limit, signal, purpose: "list" });
const thread = (provider: Provider, remoteId: string, cursor: string | null = null) => {
  const ref: ConversationRef = { id: 1 as ConversationId, remoteId, ownNumber: "", contactNumber: "" };
  return provider.listMessages(ref, { cursor, limit: 2, signal });
};

describe("a place to go on from that is no text", () => {
  const twilio = (nextToken: unknown) =>
    connect("twilio", (_path, query) =>
      Response.json({
        conversations: [],
        meta: { key: "conversations", nextToken: query.has("pageToken") ? null : nextToken },
      }),
    );
  const vobizThread = (next: unknown) =>
    connect("vobiz", (_path, query) => {
      const item = { id: "m1", direction: "inbound", body: "Hi", timestamp: "2026-04-28T10:00:00Z" };
      return Response.json({ items: [item], next_cursor: query.has("cursor") ? null : next });
    });
  const highLevelThread = (lastMessageId: unknown, nextPage: unknown = true) =>
    connect("highlevel", () => Response.json({ messages: { messages: [], lastMessageId, nextPage } }));

  it("is followed where it is a number", async () => {
    const { provider, asked } = twilio(42);
    const { nextCursor } = await list(provider);
    await list(provider, nextCursor);
    expect(asked.at(-1)).toContain("pageToken=42");
    expect((await thread(vobizThread(7).provider, "thread~c1~ch1")).nextCursor).toBe("7");
    expect((await thread(highLevelThread(9).provider, "c1~k1")).nextCursor).toBe("9");
  });

  it("is no end of the list where it is something else, or is not there at all", async () => {
    const invalid = { code: "invalid_response" };
    await expect(list(twilio({ page: 2 }).provider)).rejects.toMatchObject(invalid);
    await expect(thread(vobizThread(["m9"]).provider, "thread~c1~ch1")).rejects.toMatchObject(invalid);
    await expect(thread(highLevelThread({ id: "m9" }).provider, "c1~k1")).rejects.toMatchObject(invalid);
    await expect(thread(highLevelThread("m9", "true").provider, "c1~k1")).rejects.toMatchObject(invalid);
    await expect(thread(highLevelThread(null).provider, "c1~k1")).rejects.toMatchObject(invalid);
    const feed = connect("highlevel", () => Response.json({ messages: [], nextCursor: { after: 1 } })).provider;
    await expect(feed.listChanges!({ cursor: null, limit: 10, signal })).rejects.toMatchObject(invalid);
  });

  it("is the end where it is null, empty or absent", async () => {
    for (const none of [null, "", undefined]) {
      expect((await list(twilio(none).provider)).nextCursor).toBeNull();
      expect((await thread(vobizThread(none).provider, "thread~c1~ch1")).nextCursor).toBeNull();
      expect((await thread(highLevelThread(none, false).provider, "c1~k1")).nextCursor).toBeNull();
    }
  });
});

describe("HighLevel's numbers", () => {
  const highLevel = (rows: readonly object[]) =>
    connect("highlevel", (path) =>
      path === "/conversations/search" ? Response.json({ conversations: rows }) : Response.json({ numbers: [] }),
    );
  const row = (change: object) => ({ id: "c1", contactId: "k1", phone: "+15550001111", ...change });

  it.each([1_777_000_000_000.5, 1e300, -5, 8.64e15 + 1, Number.MAX_SAFE_INTEGER])(
    "that are no moment (%s) are no date and no place in the list",
    async (value) => {
      const date = { dateUpdated: NOW - 1_000 };
      const { items } = await list(highLevel([row({ ...date, sort: [value], lastMessageDate: value })]).provider);
      expect(items.map(({ lastMessageAt }) => lastMessageAt)).toEqual([NOW - 1_000]);
      const full = await list(highLevel([row({ ...date, sort: [value] })]).provider, null, 1);
      expect(full.nextCursor).toBe(`${NOW - 999}.1`);
    },
  );

  it("do not put an account off for years", async () => {
    const headers = { "X-RateLimit-Interval-Milliseconds": "9".repeat(30) };
    const { provider } = connect("highlevel", () => Response.json({}, { status: 429, headers }));
    await expect(list(provider)).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 3_600_000 });
  });
});

describe("Vobiz's pages by number", () => {
  const good = (id: string) => ({ id, channel_id: "ch1", contact: { phone: `+1555000${id}` } });
  const PAGES: Readonly<Record<string, readonly object[]>> = {
    "1": [good("1001")],
    "2": [{ id: "x", channel_id: "ch1", contact: null }, { nothing: true }],
    "3": [good("1003")],
  };

  it("go on behind one that nobody can read", async () => {
    const { provider } = connect("vobiz", (path, query) =>
      path === "/conversations"
        ? Response.json({ data: PAGES[query.get("page") ?? "1"] ?? [] })
        : Response.json({ data: [] }),
    );
    const found: string[] = [];
    let rejected = 0;
    for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
      const page = await list(provider, cursor);
      found.push(...page.items.map(({ contactNumber }) => contactNumber));
      rejected += page.rejected.length;
      cursor = page.nextCursor;
    }
    expect([found, rejected]).toEqual([["+15550001001", "+15550001003"], 2]);
  });
});

describe("Quo's address book", () => {
  /** Lets so many requests through, then refuses one with 429. */
  function limited(atOnce: number, bookPages: number) {
    let left = atOnce;
    return connect("quo", (path, query) => {
      left -= 1;
      if (left < 0) {
        left = atOnce;
        return Response.json({ message: "slow down" }, { status: 429 });
      }
      if (path !== "/v1/contacts") return Response.json({ data: [], nextPageToken: null });
      const page = Number(query.get("pageToken") ?? "0");
      const next = page + 1 < bookPages ? String(page + 1) : null;
      return Response.json({ data: [], nextPageToken: next });
    });
  }

  it("is read to its end in the end, however few requests are allowed at once", async () => {
    const { provider, asked } = limited(5, 18);
    const codes: (string | null)[] = [];
    while (codes.at(-1) !== null && codes.length < 20) {
      codes.push(
        await list(provider).then(
          () => null,
          (error: unknown) => failureOf(error).code,
        ),
      );
    }
    expect(codes).toEqual([...codes.slice(0, -1).map(() => "rate_limited"), null]);
    const pages = asked
      .filter((path) => path.startsWith("/v1/contacts"))
      .map((path) => /pageToken=(\d+)/.exec(path)?.[1]);
    expect(new Set(pages).size).toBe(18);
  });

  it("that refuses a place of its own costs names, not the list", async () => {
    const { provider } = connect("quo", (path, query) => {
      if (path !== "/v1/contacts") return Response.json({ data: [], nextPageToken: null });
      if (query.has("pageToken")) return Response.json({ code: "1000400" }, { status: 400 });
      return Response.json({ data: [], nextPageToken: "p2" });
    });
    expect((await list(provider)).nextCursor).toBeNull();
  });
});

describe("an id that is half a character", () => {
  const HALF = "\ud800";

  it("costs its own thread and no other: what comes of it is a provider's refusal, never an exception", async () => {
    const row = (id: string) => ({ id, channel_id: "ch1", contact_id: id, started_at: "2026-04-28T10:00:00Z" });
    const { provider } = connect("vobiz", (path) =>
      path === "/conversations"
        ? Response.json({ items: [row(HALF), row("w2")] })
        : Response.json({ status: "error" }, { status: 404 }),
    );
    const windows = connect("vobiz", (path) =>
      path === "/conversations" ? Response.json({ items: [row(HALF), row("w2")] }) : Response.json({ items: [] }),
    );
    expect((await list(windows.provider)).items.map(({ contactNumber }) => contactNumber)).toContain("w2");
    await expect(thread(provider, `windows~ch1~${HALF}`)).rejects.toMatchObject({ code: "not_found" });
  });

  it("in the place to go on from is a cursor the server does not know", async () => {
    const { provider } = connect("quo", (path, query) =>
      path === "/v1/conversations" && query.has("pageToken")
        ? Response.json({ code: "1000400" }, { status: 400 })
        : Response.json({ data: [], nextPageToken: null }),
    );
    await expect(list(provider, HALF)).rejects.toMatchObject({ code: "cursor_invalid" });
  });
});

describe("a Twilio conversation whose parties are told one after the other", () => {
  const customer = { id: "p1", type: "CUSTOMER", addresses: [{ channel: "SMS", address: "+15550002222" }] };
  const agent = { id: "p2", type: "HUMAN_AGENT", addresses: [{ channel: "SMS", address: "+15550001111" }] };

  it("is one thread in the end: what it stood for before is not there any more", async () => {
    let participants: object[] = [];
    const { provider } = connect("twilio", (path) =>
      path.endsWith("/Communications")
        ? Response.json({ communications: [], meta: { key: "communications" } })
        : Response.json({
            conversations: [{ id: "conv_1", status: "ACTIVE", updatedAt: "2026-04-28T10:00:00Z", participants }],
            meta: { key: "conversations" },
          }),
    );
    const seen: string[] = [];
    for (const told of [[], [customer], [customer, agent]]) {
      participants = told;
      seen.push(...(await list(provider)).items.map(({ remoteId }) => remoteId));
    }
    expect(seen).toEqual(["conversation:conv_1", ">+15550002222", "+15550001111>+15550002222"]);
    for (const gone of seen.slice(0, 2)) {
      await expect(thread(provider, gone)).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await thread(provider, seen[2]!)).nextCursor).toBeNull();
  });
});

describe("Twilio's receipt", () => {
  it("names the message by what there is, not by an empty word", async () => {
    const customer = { id: "p1", type: "CUSTOMER", addresses: [{ channel: "SMS", address: "+15550002222" }] };
    const agent = { id: "p2", type: "HUMAN_AGENT", addresses: [{ channel: "SMS", address: "+15550001111" }] };
    const { provider } = connect("twilio", (path) => {
      if (path.endsWith("/Actions")) {
        const related = { communicationId: "", messageSid: "SM1" };
        return Response.json({ id: "act_1", status: "COMPLETED", related }, { status: 202 });
      }
      const conversation = { id: "conv_1", updatedAt: "2026-04-28T10:00:00Z", participants: [customer, agent] };
      return Response.json({ conversations: [conversation], meta: { key: "conversations" } });
    });
    const [row] = (await list(provider)).items;
    const conversation: ConversationRef = { id: 1 as ConversationId, ...row! };
    const receipt = await provider.send({ conversation, from: "", to: "", text: "Hi", tag: "t", signal });
    expect(receipt.remoteId).toBe("SM1");
  });
});

describe("Vobiz's contacts", () => {
  it("without a number are told apart by their ids, not thrown together", async () => {
    const row = (id: string) => ({ id, channel_id: "ch1", contact_id: `k${id}`, started_at: "2026-04-28T10:00:00Z" });
    const { provider } = connect("vobiz", (path) =>
      path === "/conversations"
        ? Response.json({ items: [row("w1"), row("w2")] })
        : Response.json({ phone_number: "", name: " ", data: path.startsWith("/contacts/") ? undefined : [] }),
    );
    const numbers = (await list(provider)).items.map(({ contactNumber }) => contactNumber);
    expect(numbers.toSorted()).toEqual(["kw1", "kw2"]);
  });
});

describe("an id with the sign that joins ids", () => {
  it("is set aside by itself: as a thread it would stop its account", async () => {
    const quo = (id: string, phoneNumberId: string, contact: string) => ({
      id,
      phoneNumberId,
      participants: [contact],
      updatedAt: "2026-04-28T10:00:00Z",
    });
    const odd = [quo("C~1", "PN1", "+1"), quo("C1", "~", "+1"), quo("C1", "PN1", "+1,+2"), quo("C1", "PN1", "~")];
    const fromQuo = connect("quo", (path) =>
      Response.json({ data: path === "/v1/conversations" ? [...odd, quo("C2", "PN1", "+15550002222")] : [] }),
    );
    const fromHighLevel = connect("highlevel", (path) =>
      path === "/conversations/search"
        ? Response.json({
            conversations: ["~", "c~1", "c2"].map((id) => ({ id, contactId: id, lastMessageDate: NOW })),
          })
        : Response.json({ numbers: [] }),
    );
    const vobiz = (id: string) => ({ id, channel_id: "ch1", contact: { phone: "+15550002222" } });
    const fromVobiz = connect("vobiz", (path) =>
      Response.json({ data: path === "/conversations" ? [vobiz("~"), vobiz("a~b"), vobiz("c2")] : [] }),
    );
    for (const [{ provider }, rejected] of [
      [fromQuo, 4],
      [fromHighLevel, 2],
      [fromVobiz, 2],
    ] as const) {
      const page = await list(provider, null, 10);
      expect([page.items.length, page.rejected.length]).toEqual([1, rejected]);
    }
  });
});
