/**
 * The HTTP client over Node's fetch and a fake clock, for tests against real sockets.
 *
 * A deadline passes only where a test moves the clock.
 */
import { getEventListeners } from "node:events";
import { expect } from "vitest";
import { createHttp } from "../../../electron/providers/http.ts";
import type { Fetch, HttpOptions, HttpRequest } from "../../../electron/providers/http.ts";
import { ProviderError } from "../../../shared/errors.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import type { FakeClock } from "../../fakes/fake-clock.ts";
import { serve } from "./local-server.ts";
import type { Handle } from "./local-server.ts";

export const DEADLINE_MS = 20_000;
/** The key every request carries: it may appear in no error. */
export const SECRET = "am_live_canary";

export interface Client {
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

export function createClient(baseUrl: string, options: Partial<HttpOptions> = {}): Client {
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
export async function failureFor(
  handle: Handle,
  request: Partial<HttpRequest> = {},
  options: Partial<HttpOptions> = {},
) {
  await using server = await serve(handle);
  const client = createClient(server.url, options);
  const error = await client.failure(request);
  client.expectNothingLeft();
  return error;
}
