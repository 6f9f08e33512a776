/** Files at HighLevel: the exact form that is sent, the answers that are taken, and a reply with files from end to end. */
import { describe, expect, it } from "vitest";
import { addAttachment } from "../../../electron/db/attachments-repo.ts";
import { enqueue, threadOutbox } from "../../helpers/outbox-calls.ts";
import { getProviderEntry } from "../../../electron/providers/registry.ts";
import type { ConversationRef } from "../../../electron/sync/ports.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { PNG } from "../../helpers/pictures.ts";
import { connectAccount } from "../../helpers/provider-harness.ts";
import { messagesOf } from "../../helpers/test-database.ts";
import { HIGHLEVEL_LOCATION, HIGHLEVEL_TOKEN, startHighLevelServer } from "../../servers/highlevel.ts";
import { readMultipart } from "../../servers/multipart.ts";
import type { ConversationId } from "../../../shared/domain.ts";

const { signal } = new AbortController();
const credentials = { accessToken: HIGHLEVEL_TOKEN, locationId: HIGHLEVEL_LOCATION };

async function setUp() {
  const clock = createFakeClock();
  const server = await startHighLevelServer({ now: () => clock.now() });
  const provider = getProviderEntry("highlevel").create({ baseUrl: server.url, credentials, fetch, clock });
  const { items } = await provider.listConversations({ cursor: null, limit: 4, signal });
  const conversation: ConversationRef = { id: 1 as ConversationId, ...items[0]! };
  const upload = (name = "photo.png", bytes: Uint8Array = PNG) =>
    provider.upload!({ conversation, name, contentType: "image/png", bytes, signal });
  return { clock, server, provider, conversation, upload };
}

describe("an upload", () => {
  it("is a form with conversation, location and the file, under the version of its routes", async () => {
    const { server, upload, conversation } = await setUp();
    await using _ = server;
    const name = 'a "quoted" नाम\r\nX-Evil: 1.png';
    const { url } = await upload(name);
    const [asked] = server.requests("upload");
    expect(asked!.headers).toMatchObject({ version: "2021-04-15", authorization: `Bearer ${HIGHLEVEL_TOKEN}` });
    const parts = readMultipart(asked!.headers["content-type"]!, asked!.raw)!;
    expect(parts.map((part) => part.name).toSorted()).toEqual(["conversationId", "fileAttachment", "locationId"]);
    expect(parts.find((part) => part.name === "conversationId")!.bytes.toString()).toBe(
      conversation.remoteId.split("~")[0],
    );
    const file = parts.find((part) => part.name === "fileAttachment")!;
    expect([file.contentType, file.bytes.equals(PNG)]).toEqual(["image/png", true]);
    expect(url).toBe("https://storage.example.test/loc123/1/file.png");
  });

  it.each([
    ["a map of names", (url: string) => ({ uploadedFiles: { "a.png": url } })],
    ["a list", (url: string) => ({ uploadedFiles: [url] })],
    ["a list of objects", (url: string) => ({ uploadedFiles: [{ url }] })],
    ["one address", (url: string) => ({ url })],
    ["addresses", (url: string) => ({ urls: [url], traceId: "x" })],
  ])("takes %s as its answer", async (_what, answer) => {
    const { server, upload } = await setUp();
    await using _ = server;
    server.quirks.uploadAnswer = answer;
    expect(await upload()).toEqual({ url: "https://storage.example.test/loc123/1/file.png" });
  });

  it.each([
    ["nothing", {}],
    ["an address in clear", { uploadedFiles: { a: "http://storage.example.test/a.png" } }],
    ["an address with a user name", { url: "https://bank.example@evil.test/a.png" }],
    ["a script", { url: "javascript:alert(1)" }],
    ["a data address", { urls: ["data:text/html,x"] }],
    ["no address at all", { uploadedFiles: { a: "photo.png", b: 7 } }],
  ])("refuses %s", async (_what, answer) => {
    const { server, upload } = await setUp();
    await using _ = server;
    server.quirks.uploadAnswer = () => answer;
    await expect(upload()).rejects.toMatchObject({ code: "invalid_response" });
  });

  it.each([
    [413, "file_too_large"],
    [415, "file_type"],
    [401, "key_refused"],
    [403, "scope_missing"],
    [503, "server_error"],
  ] as const)("says what a %s means", async (status, code) => {
    const { server, upload } = await setUp();
    await using _ = server;
    server.refuse("upload", status);
    await expect(upload()).rejects.toMatchObject({ code });
  });
});

describe("a reply with files", () => {
  async function account(
    prepare: (server: Awaited<ReturnType<typeof startHighLevelServer>>) => void = () => undefined,
  ) {
    const clock = createFakeClock();
    const server = await startHighLevelServer({ now: () => clock.now() });
    prepare(server);
    const at = await connectAccount({ provider: "highlevel", url: server.url, credentials, clock });
    await at.until("the first sync", () => at.status().phase.kind === "up_to_date");
    const row = at.rows()[0]!;
    const add = (name: string) =>
      addAttachment(at.db, { conversationId: row.id, name, contentType: "image/png", bytes: PNG, now: clock.now() }).id;
    return { server, at, row, add };
  }

  it("is uploaded, sent with the answered addresses, and listed as one message with its files", async () => {
    const { server, row, add, ...rest } = await account();
    await using _ = server;
    await using at = rest.at;
    enqueue(at, row.id, "Look", [add("a.png"), add("b.png")]);
    await at.until("it is sent", () => threadOutbox(at, row.id).length === 0);
    await at.pass(60_000);
    const body = server.requests("send")[0]!.body as { message: string; attachments: string[] };
    expect(body).toMatchObject({
      message: "Look",
      attachments: server.uploads.map((_file, index) => expect.stringContaining(`/${index + 1}/`)),
    });
    const sent = messagesOf(at.db, row.id).filter(({ body: text }) => text.kind === "text" && text.text === "Look");
    expect(sent).toHaveLength(1);
    expect(sent[0]!.media).toMatchObject([
      { state: "held", kind: "picture" },
      { state: "held", kind: "picture" },
    ]);
  });

  it("that is nothing but files is found in the thread when its answer was lost, and not sent again", async () => {
    const { server, row, add, ...rest } = await account((one) => void (one.quirks.losesAnswers = true));
    await using _ = server;
    await using at = rest.at;
    at.open(row.id);
    enqueue(at, row.id, "", [add("a.png")]);
    await at.until("it left", () => server.requests("send").length > 0);
    await at.until("it is settled", () => threadOutbox(at, row.id).length === 0);
    expect(server.requests("send")).toHaveLength(1);
    expect(server.uploads).toHaveLength(1);
  });

  it("that cannot be told from others stays unknown, for a person to decide", async () => {
    const { server, row, add, ...rest } = await account(({ quirks }) => {
      quirks.losesAnswers = true;
      quirks.rehosts = true;
    });
    await using _ = server;
    await using at = rest.at;
    at.open(row.id);
    enqueue(at, row.id, "", [add("a.png")]);
    await at.until("it left", () => server.requests("send").length > 0);
    await at.pass(120_000);
    expect(threadOutbox(at, row.id)).toMatchObject([{ state: "unknown" }]);
    expect(server.requests("send")).toHaveLength(1);
  });

  it("brings what is missing and nothing twice when uploads fail in between; a refused file ends it with the reason", async () => {
    const { server, row, add, ...rest } = await account();
    await using _ = server;
    await using at = rest.at;
    server.refuse("send", 503);
    server.refuse("upload", 503);
    enqueue(at, row.id, "Later", [add("a.png")]);
    await at.until("an upload failed", () => server.requests("upload").length > 1);
    expect(threadOutbox(at, row.id)).toMatchObject([{ state: "queued", error: { code: "server_error" } }]);
    server.refuse("upload", 415);
    await at.until("it is refused", () => threadOutbox(at, row.id)[0]?.state === "failed");
    expect(threadOutbox(at, row.id)[0]).toMatchObject({ error: { code: "file_type" }, files: [{ name: "a.png" }] });
    expect(server.requests("send")).toHaveLength(0);
  });
});
