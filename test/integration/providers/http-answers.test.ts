/** The HTTP client against real sockets: what is sent, and what is taken for an answer. */
import type { ServerResponse } from "node:http";
import { createGzip, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Fetch } from "../../../electron/providers/http.ts";
import { createClient, failureFor, SECRET } from "./http-rig.ts";
import { sendJson, serve } from "./local-server.ts";

const page = (type: string, status: number, body: string) => (response: ServerResponse) => {
  response.writeHead(status, { "Content-Type": type });
  response.end(body);
};

describe("a request", () => {
  it("sends method, path, query, headers and JSON as they were asked for", async () => {
    await using server = await serve((response) => sendJson(response, 202, { ok: true }));
    const client = createClient(`${server.url}/prefix`);
    const answer = await client.ask({
      method: "POST",
      path: "/v1/messages",
      query: [
        ["to", "+15551112222"],
        ["none", null],
        ["absent", undefined],
        ["q", "a&b=c d#é"],
        ["q", 2],
      ],
      json: { text: "Grüße" },
    });
    expect(answer).toMatchObject({ status: 202, json: { ok: true } });
    expect(server.seen).toHaveLength(1);
    const [seen] = server.seen;
    expect(seen).toMatchObject({
      method: "POST",
      url: "/prefix/v1/messages?to=%2B15551112222&q=a%26b%3Dc%20d%23%C3%A9&q=2",
      body: '{"text":"Grüße"}',
    });
    expect(seen!.headers).toMatchObject({
      authorization: `Bearer ${SECRET}`,
      accept: "application/json",
      "content-type": "application/json",
    });
    client.expectNothingLeft();
  });

  it("has no body, no content type and no question mark where there is nothing to say", async () => {
    await using server = await serve((response) => sendJson(response, 200, []));
    await createClient(server.url).ask({ query: [["cursor", null]] });
    expect(server.seen[0]).toMatchObject({ method: "GET", url: "/v1/things", body: "" });
    expect(server.seen[0]!.headers["content-type"]).toBeUndefined();
  });

  it("keeps nothing behind after a thousand answers on one signal", async () => {
    await using server = await serve((response) => sendJson(response, 200, {}));
    const client = createClient(server.url);
    for (let batch = 0; batch < 20; batch += 1) await Promise.all(Array.from({ length: 50 }, () => client.ask()));
    expect(server.seen).toHaveLength(1_000);
    client.expectNothingLeft();
  });
});

describe("an answer", () => {
  it.each([
    ["application/json", 200],
    ["application/json; charset=utf-8", 200],
    ["application/problem+json", 422],
    ["APPLICATION/JSON", 500],
  ])("of type %s with status %i is read", async (type, status) => {
    await using server = await serve(page(type, status, '{"a":[1,"ü"]}'));
    expect(await createClient(server.url).ask()).toMatchObject({ status, json: { a: [1, "ü"] } });
  });

  it("may be compressed", async () => {
    await using server = await serve((response) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Encoding": "gzip" });
      response.end(gzipSync('{"a":1}'));
    });
    expect(await createClient(server.url).ask()).toMatchObject({ json: { a: 1 } });
  });

  it("is read whole when characters are cut between packets", async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of Buffer.from('{"a":"😀é"}')) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const inPieces: Fetch = async () => new Response(body, { headers: { "Content-Type": "application/json" } });
    expect(await createClient("https://x.test", { fetch: inPieces }).ask()).toMatchObject({ json: { a: "😀é" } });
  });

  it.each([
    ["", 204],
    ["", 200],
    [" \n", 200],
  ])("without a body (%j, %i) has no JSON", async (body, status) => {
    await using server = await serve(page("application/json", status, body));
    expect(await createClient(server.url).ask()).toMatchObject({ status, json: undefined });
  });

  it.each([
    ["text/html", 404],
    ["text/html", 502],
    ["text/plain", 401],
    ["application/json", 500],
  ])("of type %s with error status %i keeps its status when it is not JSON", async (type, status) => {
    await using server = await serve(page(type, status, "<html>no</html>"));
    expect(await createClient(server.url).ask()).toMatchObject({ status, json: undefined });
  });

  it.each([
    ["text/html", 200, "not_json"],
    ["text/html; charset=utf-8", 403, "not_json"],
    ["text/html", 401, "not_json"],
    ["text/plain", 200, "not_json"],
    ["", 200, "not_json"],
    ["application/json", 200, "invalid_response"],
  ])("of type %j with status %i is no answer", async (type, status, code) => {
    const error = await failureFor(page(type, status, "<html>Please log in</html>"));
    expect(error).toMatchObject({ code, mayHaveArrived: true });
    expect(JSON.stringify(error.toFailure())).not.toContain("log in");
  });

  it("is refused once it is larger than any honest one, before it ends", async () => {
    const endless = (response: ServerResponse) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      const chunk = Buffer.alloc(64 * 1024, 32);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on("drain", more);
      more();
    };
    await using server = await serve(endless);
    const client = createClient(server.url);
    const arrived = server.next();
    expect(await client.failure()).toMatchObject({ code: "too_large", mayHaveArrived: true });
    // And nothing more of it is taken: the connection ends.
    await (
      await arrived
    ).closed;
    client.expectNothingLeft();
  });

  it("is measured after decompression: an endless bomb of a few bytes is stopped", async () => {
    const bomb = (response: ServerResponse) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Encoding": "gzip" });
      const gzip = createGzip();
      gzip.pipe(response);
      const zeros = Buffer.alloc(1024 * 1024, 32);
      const more = () => {
        while (!response.destroyed && gzip.write(zeros));
        if (response.destroyed) gzip.destroy();
      };
      gzip.on("drain", more);
      more();
    };
    expect(await failureFor(bomb, {}, { maxBytes: 256 * 1024 })).toMatchObject({ code: "too_large" });
  });

  it("may be exactly as large as allowed", async () => {
    const body = `"${"x".repeat(98)}"`;
    await using server = await serve(page("application/json", 200, body));
    expect((await createClient(server.url, { maxBytes: 100 }).ask()).json).toHaveLength(98);
    expect(await createClient(server.url, { maxBytes: 99 }).failure()).toMatchObject({ code: "too_large" });
  });
});

describe("half a character", () => {
  it("becomes the sign for one: the cache could not tell two of them apart", async () => {
    const body = String.raw`{"a":"x\ud800y","b":["\udc00"],"c":"\ud83d\ude00 \uD83D\uDE00","d":"\\ud800"}`;
    await using server = await serve(page("application/json", 200, body));
    const { json } = await createClient(server.url).ask();
    expect(json).toEqual({ a: "x\ufffdy", b: ["\ufffd"], c: "\u{1f600} \u{1f600}", d: String.raw`\ud800` });
  });
});

describe("the server's clock", () => {
  it("is known from the Date header, also of an error, and unknown before", async () => {
    let date = "";
    await using server = await serve((response) => sendJson(response, 503, {}, { Date: date }));
    const client = createClient(server.url);
    expect(client.clockOffsetMs()).toBeNull();
    date = new Date(client.clock.now() + 120_000).toUTCString();
    await client.ask();
    expect(client.clockOffsetMs()).toBe(120_000);
    date = "yesterday, probably";
    await client.ask();
    expect(client.clockOffsetMs()).toBe(120_000);
  });

  it("is not what some page on the way there says: texts are removed by it", async () => {
    const date = new Date(Date.UTC(2099, 0, 1)).toUTCString();
    for (const [status, type] of [
      [200, "text/html"],
      [302, "application/json"],
      [503, "text/html"],
      [200, "application/json"],
    ] as const) {
      await using server = await serve((response) => {
        response.writeHead(status, { "Content-Type": type, Date: date }).end("<html>");
      });
      const client = createClient(server.url);
      await client.ask().catch(() => undefined);
      expect([status, type, client.clockOffsetMs()]).toEqual([status, type, null]);
    }
  });
});
