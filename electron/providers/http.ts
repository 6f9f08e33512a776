/**
 * HTTP for providers: one request in, one parsed JSON answer or one `ProviderError` out.
 *
 * Must not know any provider and must not import Electron: the `fetch` is handed in (Electron's `net` in
 * the app, Node's in tests). Invariants: no redirect is followed, so a key never travels to another host;
 * no more than `maxBytes` decoded bytes are read; one deadline covers connection, headers and body; errors
 * carry no header, no body and no query value.
 */
import type { Clock } from "../sync/ports.ts";
import { ProviderError } from "../../shared/errors.ts";
import { networkError } from "./network-error.ts";

/** The part of WHATWG fetch that is used; the app's transport and Node's `fetch` both fit. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpOptions {
  /** Origin plus optional path prefix, without a trailing slash. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly deadlineMs?: number;
  readonly maxBytes?: number;
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Begins with a slash; ids in it are already percent-encoded. */
  readonly path: string;
  /** In order; a name may repeat. Null and undefined values are left out. */
  readonly query?: ReadonlyArray<readonly [string, string | number | null | undefined]>;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** Fields and files of a form, instead of `json`. */
  readonly form?: FormData;
  /** In place of the client's own deadline, for what takes its time. */
  readonly deadlineMs?: number;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; undefined when the body was empty or (on an error status) not JSON. */
  readonly json: unknown;
}

export interface Http {
  /** Any status below 300 and every JSON-speaking error status is an answer; the caller maps statuses. */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** Server clock minus ours in milliseconds, from the newest Date header; null before the first. */
  clockOffsetMs(): number | null;
}

const DEFAULT_DEADLINE_MS = 20_000;
const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;

export function createHttp(options: HttpOptions): Http {
  const { baseUrl, fetch, clock } = options;
  const deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  let offsetMs: number | null = null;

  async function exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const headers: Record<string, string> = { Accept: "application/json", ...request.headers };
    const init: RequestInit = {
      method: request.method,
      headers,
      signal,
      redirect: "manual",
      credentials: "omit",
      cache: "no-store",
    };
    if (request.json !== undefined) {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(request.json);
    } else if (request.form !== undefined) {
      // Encoded here: not every network stack takes a form, but each takes bytes.
      const encoded = new Response(request.form);
      headers["Content-Type"] = encoded.headers.get("content-type") ?? "multipart/form-data";
      init.body = new Uint8Array(await encoded.arrayBuffer());
    }
    const response = await fetch(baseUrl + request.path + queryString(request.query ?? []), init);
    const cameAt = clock.now();
    if (isRedirect(response)) {
      await response.body?.cancel();
      // "See other" is also how a server answers what it has just done.
      throw new ProviderError("redirected", { mayHaveArrived: true, detail: { host: hostOf(baseUrl) } });
    }
    const answer = await readAnswer(response, maxBytes);
    const dateMs = Date.parse(response.headers.get("date") ?? "");
    // Only of an API: some page on the way to it may have any clock, and texts are removed by this one.
    if (answer.json !== undefined && !Number.isNaN(dateMs)) offsetMs = dateMs - cameAt;
    return answer;
  }

  return {
    clockOffsetMs: () => offsetMs,
    async request(request) {
      if (request.signal.aborted) throw networkError(request.signal.reason, { host: hostOf(baseUrl) }, false);
      const deadline = new AbortController();
      const stop = new AbortController();
      const cancelTimer = clock.schedule(request.deadlineMs ?? deadlineMs, () => deadline.abort());
      const onAbort = () => stop.abort();
      request.signal.addEventListener("abort", onAbort);
      deadline.signal.addEventListener("abort", onAbort);
      // The race matters: some network stacks do not reject a body read that hangs when aborted.
      const aborted = new Promise<never>((_, reject) => {
        stop.signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      });
      try {
        return await Promise.race([exchange(request, stop.signal), aborted]);
      } catch (error) {
        if (error instanceof ProviderError) throw error;
        if (deadline.signal.aborted) throw new ProviderError("timeout", { mayHaveArrived: true });
        throw networkError(error, { host: hostOf(baseUrl) });
      } finally {
        cancelTimer();
        request.signal.removeEventListener("abort", onAbort);
      }
    },
  };
}

function isRedirect(response: Response): boolean {
  return response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
}

/** An id or a value as a part of an address. Never throws: half a character becomes a sign that no server knows. */
export const urlPart = (text: string): string => encodeURIComponent(text.toWellFormed());

/** Percent-encodes every value, so that the `+` of a phone number arrives as one. */
function queryString(query: NonNullable<HttpRequest["query"]>): string {
  const parts: string[] = [];
  for (const [name, value] of query) {
    if (value !== null && value !== undefined) parts.push(`${urlPart(name)}=${urlPart(String(value))}`);
  }
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

async function readAnswer(response: Response, maxBytes: number): Promise<HttpAnswer> {
  const { status, headers } = response;
  const text = await readText(response, maxBytes);
  const type = headers.get("content-type") ?? "";
  const saysJson = /\bjson\b/i.test(type);
  const answer = (json: unknown): HttpAnswer => ({ status, headers, json });
  if (text.trim() === "") return answer(undefined);
  if (saysJson) {
    try {
      return answer(parseJson(text));
    } catch (cause) {
      if (status >= 400) return answer(undefined);
      throw new ProviderError("invalid_response", { mayHaveArrived: true, cause });
    }
  }
  // A web page where an API should be: a captive portal or a wrong address, whatever its status says.
  if (status < 400 || (status < 500 && /\bhtml\b/i.test(type) && status !== 404)) {
    throw new ProviderError("not_json", { mayHaveArrived: true, detail: { type: type.split(";")[0] ?? "" } });
  }
  return answer(undefined);
}

/** Written out as an escape; read as text it cannot come. */
const HALF_CHARACTER =
  /\\u[dD][89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][\da-fA-F]{2})\\u[dD][c-fC-F][\da-fA-F]{2}/;

/** Half a character becomes the sign for one, as in the cache: there two ids of such would be the same. */
function parseJson(text: string): unknown {
  if (!HALF_CHARACTER.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_name, value: unknown) => (typeof value === "string" ? value.toWellFormed() : value));
}

/** Reads at most `maxBytes` decoded bytes, so that a small compressed answer cannot become a huge one. */
async function readText(response: Response, maxBytes: number): Promise<string> {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new ProviderError("too_large", { mayHaveArrived: true });
    }
    text += decoder.decode(value, { stream: true });
  }
}

function hostOf(baseUrl: string): string {
  return new URL(baseUrl).host;
}

const MIN_RETRY_AFTER_MS = 1_000;
const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * Retry-After in either form (whole seconds or an HTTP date) as milliseconds from `now`, clamped to 1 s .. 1 h.
 *
 * A date is the server's, so it is measured by the server's clock where the answer tells it.
 */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const value = headers.get("retry-after")?.trim();
  if (!value) return null;
  const sentAt = Date.parse(headers.get("date") ?? "");
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - (Number.isNaN(sentAt) ? now : sentAt);
  return Number.isNaN(ms) ? null : Math.min(MAX_RETRY_AFTER_MS, Math.max(MIN_RETRY_AFTER_MS, ms));
}
