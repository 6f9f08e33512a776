/** The HTTP client against real sockets: what each failure is called, and whether the request may have arrived. */
import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { createHttp } from "../../../electron/providers/http.ts";
import type { Fetch, HttpRequest } from "../../../electron/providers/http.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createClient, DEADLINE_MS, failureFor } from "./http-rig.ts";
import { refusedUrl, sendJson, serve } from "./local-server.ts";
import type { Handle } from "./local-server.ts";

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
