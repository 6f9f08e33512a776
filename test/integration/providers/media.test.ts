/** One picture over real sockets: who gets the key, where redirects may lead, how much is read at most. */
import { describe, expect, it } from "vitest";
import { createMediaFetch } from "../../../electron/providers/media.ts";
import type { FetchMediaBytes } from "../../../electron/providers/media.ts";
import { ProviderError } from "../../../shared/errors.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { PNG } from "../../helpers/pictures.ts";
import { refusedUrl, serve } from "./local-server.ts";
import type { Handle } from "./local-server.ts";

const KEY = "Bearer am_live_canary";

const picture: Handle = (response) => void response.writeHead(200, { "Content-Type": "image/png" }).end(PNG);
const redirectTo =
  (location: string, status = 302): Handle =>
  (response) =>
    void response.writeHead(status, { Location: location }).end();

function createFetch(baseUrl: string, clock = createFakeClock()): FetchMediaBytes {
  return createMediaFetch({
    baseUrl,
    fetch,
    clock,
    headers: () => ({ Authorization: KEY }),
    scope: "messages:read",
  });
}

const get = (fetchBytes: FetchMediaBytes, source: string, change = {}) =>
  fetchBytes({ source, maxBytes: 10_000, signal: new AbortController().signal, ...change });

async function failure(work: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await work.then(
    () => new Error("no failure"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProviderError)) throw error;
  // Addresses are secrets of a kind: whoever has one has the picture.
  expect(JSON.stringify([error.message, error.toFailure()])).not.toMatch(/127\.0\.0\.1|am_live|photo/);
  return error;
}

describe("the key", () => {
  it("goes to the provider's own origin", async () => {
    await using own = await serve(picture);
    expect(Buffer.from(await get(createFetch(`${own.url}/api`), `${own.url}/photo.png`))).toEqual(PNG);
    expect(own.seen[0]!.headers).toMatchObject({ authorization: KEY, accept: "*/*" });
    expect(own.seen[0]!.headers.cookie).toBeUndefined();
  });

  /** What other hosts saw of the key after a picture was fetched in each of the ways it may be stored. */
  async function keysSeenAbroad(make: (baseUrl: string) => FetchMediaBytes): Promise<(string | undefined)[]> {
    await using abroad = await serve((response, seen) =>
      seen.url === "/back" ? redirectTo(`${own.url}/photo.png`)(response, seen) : picture(response, seen),
    );
    await using own: Awaited<ReturnType<typeof serve>> = await serve((response, seen) =>
      seen.url === "/away" ? redirectTo(`${abroad.url}/photo.png`, 307)(response, seen) : picture(response, seen),
    );
    const fetchBytes = make(own.url);
    await get(fetchBytes, `${abroad.url}/photo.png`);
    await get(fetchBytes, `${own.url}/away`);
    await get(fetchBytes, `${abroad.url}/back`);
    expect(abroad.seen).toHaveLength(3);
    const returned = own.seen.at(-1)!.headers.authorization;
    return [...abroad.seen.map(({ headers }) => headers.authorization), returned];
  }

  it("reaches no other host, by address or by redirect, and does not come back", async () => {
    expect(await keysSeenAbroad(createFetch)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("would be seen there if it followed a redirect, or went to whoever holds the picture", async () => {
    const careless = (): FetchMediaBytes => async (request) => {
      const response = await fetch(request.source, { headers: { Authorization: KEY } });
      return new Uint8Array(await response.arrayBuffer());
    };
    const hopping = (): FetchMediaBytes => async (request) => {
      let url = request.source;
      for (;;) {
        const response = await fetch(url, { headers: { Authorization: KEY }, redirect: "manual" });
        const location = response.headers.get("location");
        if (location === null) return new Uint8Array(await response.arrayBuffer());
        url = location;
      }
    };
    expect(await keysSeenAbroad(careless)).toContain(KEY);
    expect(await keysSeenAbroad(hopping)).toEqual([KEY, KEY, KEY, KEY]);
  });
});

describe("an address", () => {
  it.each([
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "ftp://media.test/a",
    "http://media.test/a.png",
    "https://user:pass@media.test/a.png",
    "https://",
    "blob:https://media.test/1",
  ])("%s is not asked for", async (source) => {
    const asked: string[] = [];
    const fetchBytes = createMediaFetch({
      baseUrl: "https://api.test",
      fetch: (url) => {
        asked.push(url);
        return Promise.reject(new Error("no network in this test"));
      },
      clock: createFakeClock(),
      headers: () => ({}),
      scope: "",
    });
    expect(await failure(get(fetchBytes, source))).toMatchObject({ code: "rejected" });
    expect(asked).toEqual([]);
  });

  it("of this machine counts only for a provider that is there too, also behind a redirect", async () => {
    await using local = await serve(picture);
    const fetchBytes = createMediaFetch({
      baseUrl: "https://api.test",
      fetch: () =>
        Promise.resolve(new Response(null, { status: 302, headers: { location: `${local.url}/photo.png` } })),
      clock: createFakeClock(),
      headers: () => ({}),
      scope: "",
    });
    expect(await failure(get(fetchBytes, "https://api.test/1"))).toMatchObject({ code: "rejected" });
    expect(local.seen).toEqual([]);
  });

  it("that leads in a circle is left after five steps", async () => {
    await using own = await serve(redirectTo("/again"));
    expect(await failure(get(createFetch(own.url), "/again"))).toMatchObject({ code: "redirected" });
    expect(own.seen).toHaveLength(6);
  });
});

describe("a refusal", () => {
  it.each([
    [401, "key_refused"],
    [403, "scope_missing"],
    [404, "not_found"],
    [410, "not_found"],
    [418, "rejected"],
    [429, "rate_limited"],
    [503, "server_error"],
  ])("with %i by the provider is %s", async (status, code) => {
    await using own = await serve((response) => void response.writeHead(status).end("no"));
    expect((await failure(get(createFetch(own.url), "/photo.png"))).code).toBe(code);
  });

  it.each([401, 403])("with %i by another host says nothing about the key", async (status) => {
    await using own = await serve(picture);
    await using abroad = await serve((response) => void response.writeHead(status).end("no"));
    expect((await failure(get(createFetch(own.url), `${abroad.url}/photo.png`))).code).toBe("rejected");
  });

  it("of the network itself is told as such", async () => {
    const url = await refusedUrl();
    expect((await failure(get(createFetch(url), "/photo.png"))).code).toBe("unreachable");
  });

  it("is also an answer without a byte", async () => {
    await using own = await serve((response) => void response.writeHead(200).end());
    expect((await failure(get(createFetch(own.url), "/photo.png"))).code).toBe("invalid_response");
  });
});

describe("size", () => {
  it("is told piece by piece", async () => {
    await using own = await serve((response) => {
      response.writeHead(200, { "Content-Length": "6" });
      response.write("abc");
      setImmediate(() => response.end("def"));
    });
    const told: (readonly [number, number | null])[] = [];
    await get(createFetch(own.url), "/photo.png", {
      onProgress: (received: number, total: number | null) => void told.push([received, total]),
    });
    expect(told.at(-1)).toEqual([6, 6]);
  });

  it("that is declared too large is not read", async () => {
    await using own = await serve((response) => {
      response.writeHead(200, { "Content-Length": String(1_000_000) });
      response.write("a");
    });
    expect((await failure(get(createFetch(own.url), "/photo.png"))).code).toBe("too_large");
  });

  it("that turns out too large is cut off, whatever was declared", async () => {
    let written = 0;
    await using own = await serve((response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(4_096))) written += 4_096;
      };
      response.on("drain", more);
      more();
    });
    const closed = own.next();
    const told: number[] = [];
    const error = await failure(
      get(createFetch(own.url), "/photo.png", { onProgress: (received: number) => void told.push(received) }),
    );
    expect(error.code).toBe("too_large");
    expect(Math.max(0, ...told)).toBeLessThanOrEqual(10_000);
    await (
      await closed
    ).closed;
    expect(written).toBeGreaterThan(0);
  });
});

describe("time", () => {
  it("runs out between two pieces", async () => {
    const clock = createFakeClock();
    await using own = await serve((response) => {
      response.writeHead(200);
      response.write("abc");
    });
    const came = Promise.withResolvers<void>();
    const work = failure(get(createFetch(own.url, clock), "/photo.png", { onProgress: () => came.resolve() }));
    await came.promise;
    await clock.advance(30_001);
    expect((await work).code).toBe("timeout");
    expect(clock.pending()).toBe(0);
  });

  it("is given back at once when the person cancels", async () => {
    const clock = createFakeClock();
    const caller = new AbortController();
    await using own = await serve((response) => {
      response.writeHead(200);
      response.write("abc");
    });
    const came = Promise.withResolvers<void>();
    const work = failure(
      get(createFetch(own.url, clock), "/photo.png", { signal: caller.signal, onProgress: () => came.resolve() }),
    );
    await came.promise;
    caller.abort();
    await work;
    expect(clock.pending()).toBe(0);
  });
});
