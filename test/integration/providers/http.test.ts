/**
 * The HTTP client against real sockets: what is sent, what is taken for an answer, and what each failure is called.
 *
 * The clock is a fake one, so a deadline passes only where a test moves it.
 */
import { getEventListeners } from "node:events";
import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { createGzip, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createHttp } from "../../../electron/providers/http.ts";
import type { Fetch, HttpOptions, HttpRequest } from "../../../electron/providers/http.ts";
import { ProviderError } from "../../../shared/errors.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import type { FakeClock } from "../../fakes/fake-clock.ts";
import { refusedUrl, sendJson, serve } from "./local-server.ts";
import type { Handle } from "./local-server.ts";

const DEADLINE_MS = 20_000;
const SECRET = "am_live_canary";

interface Client {
  readonly clock: FakeClock;
  readonly caller: AbortController;
  /** Resolves when an answer's headers have come. */
  readonly headersCame: Promise<void>;
  clockOffsetMs(): number | null;
  ask(request?: Partial<HttpRequest>): ReturnType<ReturnType<typeof createHttp>["request"]>;
  failure(request?: Partial<HttpRequest>): Promise<ProviderError>;
  /** Nothing of a finished request may stay behind. */
  expectNothingLeft(): void;
}

function createClient(baseUrl: string, options: Partial<HttpOptions> = {}): Client {
  const clock = createFakeClock();
  const caller = new AbortController();
  const headers = Promise.withResolvers<void>();
  const observed: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    headers.resolve();
    return response;
  };
  const http = createHttp({ baseUrl, fetch: observed, clock, ...options });
  const ask: Client["ask"] = (request = {}) =>
    http.request({
      method: "GET",
      path: "/v1/things",
      headers: { Authorization: `Bearer ${SECRET}` },
      signal: caller.signal,
      ...request,
    });
  return {
    clock,
    caller,
    headersCame: headers.promise,
    clockOffsetMs: http.clockOffsetMs,
    ask,
    async failure(request) {
      const error: unknown = await ask(request).then(
        (answer) => new Error(`answered with status ${answer.status}`),
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof ProviderError)) throw error;
      expect(JSON.stringify([error.message, error.toFailure()])).not.toContain(SECRET);
      return error;
    },
    expectNothingLeft() {
      expect(clock.pending()).toBe(0);
      expect(getEventListeners(caller.signal, "abort")).toHaveLength(0);
    },
  };
}

/** Serves one way of answering and hands the client's error back. */
async function failureFor(handle: Handle, request: Partial<HttpRequest> = {}, options: Partial<HttpOptions> = {}) {
  await using server = await serve(handle);
  const client = createClient(server.url, options);
  const error = await client.failure(request);
  client.expectNothingLeft();
  return error;
}

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
    const bytes = Buffer.from('{"a":"😀é"}');
    const write = async (response: ServerResponse) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      for (const byte of bytes) await new Promise((resolve) => response.write(Buffer.of(byte), resolve));
      response.end();
    };
    await using server = await serve((response) => void write(response));
    expect(await createClient(server.url).ask()).toMatchObject({ json: { a: "😀é" } });
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
    expect(await failureFor(endless)).toMatchObject({ code: "too_large", mayHaveArrived: true });
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

describe("the deadline", () => {
  const headers = { "Content-Type": "application/json" };
  const hangs: ReadonlyArray<readonly [string, boolean, Handle]> = [
    ["the headers never come", false, () => {}],
    [
      "the body never comes",
      true,
      (response) => {
        response.writeHead(200, headers);
        response.flushHeaders();
      },
    ],
    [
      "the body stops half way",
      true,
      (response) => {
        response.writeHead(200, { ...headers, "Content-Length": "100" });
        response.write('{"a":');
      },
    ],
  ];

  it.each(hangs)("ends a request when %s, and its connection", async (_name, headersCome, handle) => {
    await using server = await serve(handle);
    const client = createClient(server.url);
    const arrived = server.next();
    const failed = client.failure();
    const { closed } = await arrived;
    if (headersCome) await client.headersCame;
    await client.clock.advance(DEADLINE_MS - 1);
    expect(client.clock.pending()).toBe(1);
    await client.clock.advance(1);
    expect(await failed).toMatchObject({ code: "timeout", mayHaveArrived: true });
    await closed;
    client.expectNothingLeft();
  });

  it("is one for the whole answer: a slow drip does not put it off", async () => {
    const drip = Promise.withResolvers<ServerResponse>();
    await using server = await serve((response) => {
      response.writeHead(200, headers);
      drip.resolve(response);
    });
    const client = createClient(server.url, { deadlineMs: 10_000 });
    const failed = client.failure();
    const response = await drip.promise;
    for (let tick = 0; tick < 10; tick += 1) {
      await new Promise((resolve) => response.write(" ", resolve));
      await client.clock.advance(1_000);
    }
    expect(await failed).toMatchObject({ code: "timeout" });
    client.expectNothingLeft();
  });

  it("ends a request also where the network stack does not listen to the signal", async () => {
    const clock = createFakeClock();
    const deaf: Fetch = () => new Promise<never>(() => {});
    const http = createHttp({ baseUrl: "https://x.test", fetch: deaf, clock });
    const { signal } = new AbortController();
    const failed = http.request({ method: "GET", path: "/", headers: {}, signal }).catch((error: unknown) => error);
    await clock.advance(DEADLINE_MS);
    expect(await failed).toMatchObject({ code: "timeout" });
    expect(clock.pending()).toBe(0);
  });
});

describe("redirects", () => {
  it.each([301, 302, 303, 307, 308])("with status %i are refused, and the key never travels", async (status) => {
    await using target = await serve((response) => sendJson(response, 200, {}));
    const error = await failureFor(
      (response) => {
        response.writeHead(status, { Location: `${target.url}/v1/things` });
        response.end();
      },
      { method: "POST", json: {} },
    );
    expect(error).toMatchObject({ code: "redirected", mayHaveArrived: true });
    expect(target.seen).toEqual([]);
  });
});

describe("broken connections", () => {
  const raw = (text: string) => (response: ServerResponse) => void response.socket!.end(text);
  const post: Partial<HttpRequest> = { method: "POST", json: { text: "x" } };

  it("before the answer: nobody knows whether it arrived", async () => {
    const error = await failureFor((response) => response.socket!.resetAndDestroy(), post);
    expect(error).toMatchObject({ code: "unreachable", mayHaveArrived: true });
  });

  it("in the middle of the body", async () => {
    const error = await failureFor((response) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "1000" });
      response.write('{"a":', () => response.socket!.resetAndDestroy());
    }, post);
    expect(error).toMatchObject({ code: "unreachable", mayHaveArrived: true });
  });

  it("with fewer bytes than announced", async () => {
    const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n";
    expect(await failureFor(raw(`${head}{"a":1}`), post)).toMatchObject({ code: "unreachable", mayHaveArrived: true });
  });

  it("with more bytes than announced: what was announced is no JSON", async () => {
    const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4\r\nConnection: close\r\n\r\n";
    const error = await failureFor(raw(`${head}{"a":1}`), post);
    expect(["invalid_response", "unreachable"]).toContain(error.code);
    expect(error.mayHaveArrived).toBe(true);
  });

  it("with something that is not HTTP", async () => {
    expect(await failureFor(raw("SSH-2.0-x\r\n"), post)).toMatchObject({ code: "unreachable", mayHaveArrived: true });
  });

  it("never made: a port where nobody listens, a port no browser would use, a name that does not exist", async () => {
    for (const url of [await refusedUrl(), "http://127.0.0.1:1", "https://nothing.invalid"]) {
      const client = createClient(url);
      const error = await client.failure(post);
      expect(error).toMatchObject({ code: "unreachable", mayHaveArrived: false, detail: { host: new URL(url).host } });
      client.expectNothingLeft();
    }
  });

  it("never trusted: a certificate nobody vouches for", async () => {
    const read = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url));
    await using server = await serve(() => {}, { key: read("self-signed.key"), cert: read("self-signed.crt") });
    const client = createClient(server.url);
    expect(await client.failure(post)).toMatchObject({ code: "tls_failed", mayHaveArrived: false });
    expect(server.seen).toEqual([]);
    client.expectNothingLeft();
  });
});

describe("a caller who gives up", () => {
  it("before asking: nothing leaves", async () => {
    await using server = await serve((response) => sendJson(response, 200, {}));
    const client = createClient(server.url);
    client.caller.abort();
    expect(await client.failure()).toMatchObject({ mayHaveArrived: false });
    expect(server.seen).toEqual([]);
    client.expectNothingLeft();
  });

  it("while waiting: the connection ends and nobody knows", async () => {
    await using server = await serve(() => {});
    const client = createClient(server.url);
    const arrived = server.next();
    const failed = client.failure({ method: "POST", json: {} });
    const { closed } = await arrived;
    client.caller.abort();
    expect(await failed).toMatchObject({ code: "unreachable", mayHaveArrived: true });
    await closed;
    client.expectNothingLeft();
  });

  it("after the answer: nothing happens any more", async () => {
    await using server = await serve((response) => sendJson(response, 200, { a: 1 }));
    const client = createClient(server.url);
    expect((await client.ask()).json).toEqual({ a: 1 });
    client.caller.abort();
    client.expectNothingLeft();
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
});
