/**
 * Fetches one picture or file for a provider: bytes in, or one `ProviderError`.
 *
 * Must not know any provider and must not import Electron. Invariants: the key goes to the provider's own origins and
 * never to another host; redirects are taken by hand, at most five, and once one leaves those origins the key stays
 * behind for good; only https (http on this machine, for a base URL that is there too); no more than `maxBytes` decoded
 * bytes are read, and none at all when more are declared; errors carry no address.
 */
import { ProviderError } from "../../shared/errors.ts";
import type { Clock, MediaRequest } from "../sync/ports.ts";
import { isLoopback } from "./base-url.ts";
import type { Fetch } from "./http.ts";
import { retryAfterMs } from "./http.ts";
import { networkError } from "./network-error.ts";

export interface MediaOptions {
  readonly baseUrl: string;
  /** Answers a redirect with itself and its Location, unlike a browser's fetch. */
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Sent to the origins of `baseUrl` and `keyUrls`, and nowhere else. */
  readonly headers: () => Readonly<Record<string, string>>;
  readonly keyUrls?: readonly string[];
  /** The permission a 403 speaks of, in the provider's words. */
  readonly scope: string;
}

const MAX_REDIRECTS = 5;
/** Between two pieces, and for all of them. */
const IDLE_MS = 30_000;
const DEADLINE_MS = 300_000;

/** @throws ProviderError `too_large`, `not_found`, `rejected`, `key_refused`, `scope_missing`, or what the network says */
export type FetchMediaBytes = (request: MediaRequest) => Promise<Uint8Array>;

export function createMediaFetch(options: MediaOptions): FetchMediaBytes {
  const { baseUrl, clock } = options;
  const keyOrigins = new Set([baseUrl, ...(options.keyUrls ?? [])].map((url) => new URL(url).origin));
  const mayBeLocal = isLoopback(new URL(baseUrl).hostname);

  /** @param from  what a relative address is relative to */
  function readUrl(text: string, from: string): URL {
    const url = URL.parse(text, from);
    const isSafe =
      url !== null &&
      url.username === "" &&
      url.password === "" &&
      (url.protocol === "https:" || (url.protocol === "http:" && mayBeLocal && isLoopback(url.hostname)));
    if (!isSafe) throw new ProviderError("rejected", { detail: { reason: "media_address" } });
    return url;
  }

  async function exchange(request: MediaRequest, signal: AbortSignal, alive: () => void): Promise<Uint8Array> {
    let url = readUrl(request.source, baseUrl);
    let isTrusted = true;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      isTrusted &&= keyOrigins.has(url.origin);
      const response = await options.fetch(url.href, {
        method: "GET",
        headers: { Accept: "*/*", ...(isTrusted ? options.headers() : {}) },
        signal,
        redirect: "manual",
        credentials: "omit",
        cache: "no-store",
      });
      alive();
      const location = response.headers.get("location");
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel();
        url = readUrl(location, url.href);
        continue;
      }
      if (response.status !== 200) {
        await response.body?.cancel();
        throw refusal(response, isTrusted, options.scope, clock.now());
      }
      return readBytes(response, request, alive);
    }
    throw new ProviderError("redirected");
  }

  return async (request) => {
    if (request.signal.aborted) throw networkError(request.signal.reason, {}, false);
    const stop = new AbortController();
    let isLate = false;
    const onLate = () => {
      isLate = true;
      stop.abort();
    };
    const onAbort = () => stop.abort();
    const cancelDeadline = clock.schedule(DEADLINE_MS, onLate);
    let cancelIdle = clock.schedule(IDLE_MS, onLate);
    const alive = () => {
      cancelIdle();
      cancelIdle = clock.schedule(IDLE_MS, onLate);
    };
    request.signal.addEventListener("abort", onAbort);
    const aborted = new Promise<never>((_, reject) => {
      stop.signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    });
    try {
      return await Promise.race([exchange(request, stop.signal, alive), aborted]);
    } catch (error) {
      if (error instanceof ProviderError) throw error;
      if (isLate) throw new ProviderError("timeout");
      throw networkError(error, {});
    } finally {
      cancelDeadline();
      cancelIdle();
      request.signal.removeEventListener("abort", onAbort);
    }
  };
}

/** Another host's refusal says nothing about the key: its addresses run out. */
function refusal(response: Response, isTrusted: boolean, scope: string, now: number): ProviderError {
  const { status, headers } = response;
  const detail = { status: String(status) };
  if (status === 404 || status === 410) return new ProviderError("not_found", { detail });
  if (status === 401 && isTrusted) return new ProviderError("key_refused", { detail });
  if (status === 403 && isTrusted) return new ProviderError("scope_missing", { detail: { ...detail, scope } });
  if (status === 429) return new ProviderError("rate_limited", { detail, retryAfterMs: retryAfterMs(headers, now) });
  if (status >= 500) return new ProviderError("server_error", { detail });
  return new ProviderError("rejected", { detail: { ...detail, reason: String(status) } });
}

async function readBytes(response: Response, request: MediaRequest, alive: () => void): Promise<Uint8Array> {
  const { maxBytes, onProgress } = request;
  const declared = Number(response.headers.get("content-length") ?? Number.NaN);
  const totalBytes = Number.isSafeInteger(declared) && declared >= 0 ? declared : null;
  if (totalBytes !== null && totalBytes > maxBytes) {
    await response.body?.cancel();
    throw new ProviderError("too_large");
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done = true, value } = (await reader?.read()) ?? {};
    if (done || value === undefined) break;
    alive();
    size += value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw new ProviderError("too_large");
    }
    chunks.push(value);
    onProgress?.(size, totalBytes);
  }
  if (size === 0) throw new ProviderError("invalid_response");
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
