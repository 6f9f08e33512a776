/**
 * One contract for every provider: the real adapter, engine, outbox and database against each conformance server.
 */
import { describe, expect, it } from "vitest";
import type { SyncConfig } from "../../../electron/sync/state.ts";
import { findMedia } from "../../../electron/db/media-repo.ts";
import { CAPABILITIES } from "../../../shared/capabilities.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { PROVIDER_CASES } from "../../helpers/provider-cases.ts";
import type { ProviderCase, ServerUnderTest } from "../../helpers/provider-cases.ts";
import { connectAccount } from "../../helpers/provider-harness.ts";
import type { AccountUnderTest } from "../../helpers/provider-harness.ts";
import { PNG } from "../../helpers/pictures.ts";
import { messagesOf, textsOf } from "../../helpers/test-database.ts";
import { serve } from "./local-server.ts";

const PAGE_SIZE = 4;
const SWEEP_MS = 120_000;
const HOUR_MS = 3_600_000;

/** What this device shows, in the shape of the server's truth. */
const held = (account: AccountUnderTest): Map<string, readonly string[]> =>
  new Map(account.rows().map((row) => [row.contactNumber, textsOf(account.db, row.id)]));

const equals = (a: Map<string, readonly string[]>, b: Map<string, readonly string[]>): boolean =>
  a.size === b.size && [...a].every(([contact, texts]) => texts.join("\n") === b.get(contact)?.join("\n"));

const inStep = (account: AccountUnderTest, server: ServerUnderTest) =>
  account.until("the device holds what the server has", () => equals(held(account), server.truth()));

function rowOf(account: AccountUnderTest, contact: string) {
  const row = account.rows().find(({ contactNumber }) => contactNumber === contact);
  if (row === undefined) throw new Error(`no conversation with ${contact}`);
  return row;
}

async function connected(
  use: ProviderCase,
  prepare: (server: ServerUnderTest) => void = () => undefined,
  config: Partial<SyncConfig> = {},
) {
  const clock = createFakeClock();
  const server = await use.start(() => clock.now());
  prepare(server);
  const account = await connectAccount({
    provider: use.provider,
    url: server.url,
    credentials: server.credentials,
    clock,
    config: { pageSize: PAGE_SIZE, sweepEveryMs: SWEEP_MS, ...config },
  });
  const dispose = async () => {
    await account[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  };
  return { server, account, [Symbol.asyncDispose]: dispose };
}

describe.each(PROVIDER_CASES)("$name", (use) => {
  it("holds everything in order after the first sync, whatever falls on a page's edge", async () => {
    await using setup = await connected(use);
    const { account, server } = setup;
    await inStep(account, server);
    expect(held(account)).toEqual(server.truth());
    const dates = account.rows().map(({ lastMessageAt }) => lastMessageAt);
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
    for (const row of account.rows()) {
      expect(row.preview).toMatchObject({ kind: "text", text: server.truth().get(row.contactNumber)!.at(-1) });
      expect(row.ownNumber).toMatch(/^\+1/);
      // What was there before this device counts as read.
      expect(row.unreadCount).toBe(0);
      expect(messagesOf(account.db, row.id).at(-1)!.createdAt).toBe(row.lastMessageAt);
    }
    await account.until("it says so", () => account.status().phase.kind === "up_to_date");
    expect(account.db.get("SELECT count(*) AS n FROM quarantine")).toEqual({ n: 0 });
  });

  it("finds a new message, a new conversation, a changed status and a deleted conversation", async () => {
    await using setup = await connected(use);
    const { account, server } = setup;
    await inStep(account, server);
    server.receive(5, "Is it ready?");
    server.addThread("Hello, I am new");
    await inStep(account, server);
    expect(rowOf(account, server.contactOf(5)).unreadCount).toBeGreaterThan(0);
    expect(rowOf(account, server.contactOf(10)).unreadCount).toBe(1);

    const changed = rowOf(account, server.contactOf(2));
    const statuses = () =>
      messagesOf(account.db, changed.id)
        .map(({ status }) => status)
        .join();
    const before = statuses();
    server.setLastStatus(2);
    server.remove(7);
    await account.until("the status moved", () => statuses() !== before);
    await inStep(account, server);
    expect(account.rows().map(({ contactNumber }) => contactNumber)).not.toContain(server.contactOf(7));
  });

  it("notices news in an open thread without waiting for the list", async () => {
    await using setup = await connected(use, undefined, { focusedPollMs: HOUR_MS, sweepEveryMs: 10 * HOUR_MS });
    const { account, server } = setup;
    await inStep(account, server);
    // Whatever follows the first sync at once, so that only the open thread is looked at.
    await account.pass(120_000);
    account.open(rowOf(account, server.contactOf(3)).id);
    await account.pass(15_000);
    const before = account.clock.now();
    server.receive(3, "One");
    // Two texts of one millisecond have no order anybody could tell.
    await account.pass(500);
    server.receive(3, "Two");
    await inStep(account, server);
    expect(account.clock.now() - before).toBeLessThan(30_000);
    expect(rowOf(account, server.contactOf(3)).preview).toMatchObject({ text: "Two" });
  });

  it("sends a reply once, and shows it once", async () => {
    await using setup = await connected(use);
    const { account, server } = setup;
    await inStep(account, server);
    const { id } = rowOf(account, server.contactOf(1));
    account.send(id, "On our way, thanks");
    await account.until("the reply left the outbox", () => server.sends() > 0 && account.outboxOf(id).length === 0);
    await inStep(account, server);
    expect(server.sends()).toBe(1);
    const sent = messagesOf(account.db, id).filter(
      ({ body }) => body.kind === "text" && body.text.startsWith("On our"),
    );
    expect(sent).toHaveLength(1);
    expect(sent[0]!.direction).toBe("outbound");
  });

  it.each([
    [401, { kind: "attention", code: "key_refused" }, true],
    [403, { kind: "attention", code: "scope_missing" }, true],
    [404, { kind: "attention", code: "wrong_address" }, false],
    [409, { kind: "attention", code: "rejected" }, false],
    [422, { kind: "attention", code: "rejected" }, false],
    [429, { kind: "waiting", reason: "rate_limited" }, false],
    [500, { kind: "waiting", reason: "server_error" }, false],
    [503, { kind: "waiting", reason: "server_error" }, false],
  ])(
    "shows a list refused with %i as what it is, keeps what it has, and recovers",
    async (status, phase, isBlocked) => {
      await using setup = await connected(use);
      const { account, server } = setup;
      await inStep(account, server);
      const before = held(account);
      server.refuse("list", status, status === 429 ? { "Retry-After": "30" } : {});
      account.syncNow();
      await account.until("the refusal shows", () => account.status().phase.kind === phase.kind);
      expect(account.status().phase).toMatchObject(phase);
      expect(account.blocked.length > 0).toBe(isBlocked);
      expect(held(account)).toEqual(before);
      server.accept();
      server.receive(4, "Still there?");
      account.syncNow();
      await inStep(account, server);
    },
  );

  it.each([
    [401, "queued", "key_refused"],
    [403, "failed", "scope_missing"],
    [404, "failed", "not_found"],
    [409, "failed", "rejected"],
    [422, "failed", "rejected"],
    [429, "queued", "rate_limited"],
    [453, "failed", "consent_required"],
    [500, "unknown", "server_error"],
  ])("settles a reply refused with %i as %s", async (status, state, code) => {
    await using setup = await connected(use);
    const { account, server } = setup;
    await inStep(account, server);
    const { id } = rowOf(account, server.contactOf(1));
    server.refuse("send", status);
    account.send(id, "Hello?");
    // AgentMessage sends to numbers: its 404 means that the address of the API is wrong, which passes.
    const expected = use.provider === "agentmessage" && status === 404 ? ["queued", "wrong_address"] : [state, code];
    await account.until("an outcome", () => account.outboxOf(id)[0]?.code != null);
    expect(account.outboxOf(id)).toEqual([{ state: expected[0], code: expected[1] }]);
    expect(server.truth().get(server.contactOf(1))).not.toContain("Hello?");
  });

  it("reads on where fields and words are new to it", async () => {
    await using setup = await connected(use, (server) => server.speakOfTheFuture());
    const { account, server } = setup;
    await inStep(account, server);
    expect(account.db.get("SELECT count(*) AS n FROM quarantine")).toEqual({ n: 0 });
  });

  it("ends a list that runs in a circle in a named error", async () => {
    await using setup = await connected(use, (server) => server.repeatCursors());
    const { account } = setup;
    await account.until("the error shows", () => account.status().phase.kind === "attention");
    expect(account.status().phase).toMatchObject({ code: "cursor_stuck" });
  });
});

const tellsOfMedia = ({ provider }: ProviderCase): boolean => CAPABILITIES[provider].media;

describe.each(PROVIDER_CASES.filter(tellsOfMedia))("$name, pictures", (use) => {
  it("fetches a picture once somebody asks, and its key is seen by nobody else", async () => {
    await using abroad = await serve((response) => void response.writeHead(200).end(PNG));
    await using setup = await connected(use);
    const { account, server } = setup;
    await inStep(account, server);
    server.receivePicture(2, "Look at this", `${abroad.url}/photo.png`);
    await inStep(account, server);
    const message = messagesOf(account.db, rowOf(account, server.contactOf(2)).id).at(-1)!;
    // Nothing is asked of anybody before a person asks.
    await account.pass(60_000);
    expect([message.media!.length, abroad.seen.length]).toEqual([1, 0]);
    const { source } = findMedia(account.db, { id: message.media![0]!.id })!;
    const signal = new AbortController().signal;
    const { bytes } = await account.provider.fetchMedia!({ source, maxBytes: 1_000, signal });
    expect(Buffer.from(bytes)).toEqual(PNG);
    expect(abroad.seen).toHaveLength(1);
    const told = JSON.stringify([abroad.seen[0]!.url, abroad.seen[0]!.headers]);
    for (const secret of Object.values(server.credentials)) expect(told).not.toContain(secret);
    expect(Object.keys(abroad.seen[0]!.headers)).not.toContain("authorization");
    const tooSmall = account.provider.fetchMedia!({ source, maxBytes: PNG.length - 1, signal });
    await expect(tooSmall).rejects.toMatchObject({ code: "too_large" });
  });
});

it.each(PROVIDER_CASES.filter((use) => !tellsOfMedia(use)))(
  "$name tells of no picture and fetches none",
  async (use) => {
    await using setup = await connected(use);
    const { account, server } = setup;
    await inStep(account, server);
    server.receivePicture(2, "Look at this", "https://media.test/photo.png");
    await inStep(account, server);
    const message = messagesOf(account.db, rowOf(account, server.contactOf(2)).id).at(-1)!;
    expect([message.media, account.provider.fetchMedia]).toEqual([[], undefined]);
  },
);

const hasFeed = ({ provider }: ProviderCase): boolean => CAPABILITIES[provider].changes === "feed";

describe.each(PROVIDER_CASES.filter(hasFeed))("$name, feed of changes", (use) => {
  // No sweep: what is found meanwhile came by the feed or by the list.
  const alone = { sweepEveryMs: 1_000 * HOUR_MS };
  const statusesOf = ({ db, rows }: AccountUnderTest, contact: string) =>
    messagesOf(db, rows().find(({ contactNumber }) => contactNumber === contact)!.id).map(({ status }) => status);

  it("learns of a changed status in a thread that did not move, within a minute", async () => {
    await using setup = await connected(use, undefined, alone);
    const { account, server } = setup;
    await inStep(account, server);
    await account.pass(60_000);
    const before = statusesOf(account, server.contactOf(2));
    server.setLastStatus(2);
    await account.pass(60_000);
    expect(statusesOf(account, server.contactOf(2))).not.toEqual(before);
    // Nothing else moved, and nothing was taken for new.
    expect(held(account)).toEqual(server.truth());
    expect(account.rows().map(({ unreadCount }) => unreadCount)).toEqual(account.rows().map(() => 0));
  });

  it("asks once per look at the list while nothing changes", async () => {
    await using setup = await connected(use, undefined, { ...alone, focusedPollMs: 30_000 });
    const { account, server } = setup;
    await inStep(account, server);
    await account.pass(120_000);
    const before = server.exports();
    await account.pass(300_000);
    const asked = server.exports() - before;
    expect(asked).toBeLessThanOrEqual(10);
    expect(asked).toBeGreaterThan(7);
  });

  it.each([400, 403, 404, 422, 500])("does without it where it is refused with %i", async (status) => {
    await using setup = await connected(use, (server) => server.refuse("export", status));
    const { account, server } = setup;
    await inStep(account, server);
    server.receive(5, "Is it ready?");
    server.addThread("Hello, I am new");
    server.deleteMessage(4, 3);
    server.receive(4, "And now?");
    await inStep(account, server);
    const before = statusesOf(account, server.contactOf(2)).join();
    server.setLastStatus(2);
    await account.until("the sweep found it", () => statusesOf(account, server.contactOf(2)).join() !== before);
    await account.until("nothing is said of it", () => account.status().phase.kind === "up_to_date");
    expect(account.blocked).toEqual([]);
    expect(server.exports()).toBeGreaterThan(0);
  });
});

it.each(PROVIDER_CASES.filter((use) => !hasFeed(use)))("$name has no feed of changes", async (use) => {
  await using setup = await connected(use);
  const { account, server } = setup;
  await inStep(account, server);
  expect([account.provider.listChanges, server.exports()]).toEqual([undefined, 0]);
});

describe.each(PROVIDER_CASES.filter(({ provider }) => provider === "highlevel"))("$name, deletions", (use) => {
  it("forgets a single message that was deleted there", async () => {
    await using setup = await connected(use);
    const { account, server } = setup;
    await inStep(account, server);
    server.deleteMessage(4, 3);
    server.receive(4, "And now?");
    await inStep(account, server);
    expect(textsOf(account.db, rowOf(account, server.contactOf(4)).id)).toHaveLength(7);
  });
});
