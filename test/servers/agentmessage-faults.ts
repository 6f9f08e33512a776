/**
 * Everything that can go wrong between a client and a server, as data, and how it is done to a response.
 *
 * Faults are plain JSON (also scriptable from another process). `before` faults keep the request from being
 * handled; the others let it take effect and spoil only the answer.
 */
import type { ServerResponse } from "node:http";
import { createGzip, gzipSync } from "node:zlib";

export type RouteName =
  "conversations" | "thread" | "send" | "messages" | "message" | "inbound" | "numbers" | "consent";

export type Fault =
  /** An error answer; `retryAfter` as whole seconds or as an HTTP date string. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
      readonly details?: Readonly<Record<string, string>>;
      readonly retryAfter?: number | string;
    }
  | { readonly kind: "hang" }
  /** Cuts the connection before any byte of the answer; nothing takes effect. */
  | { readonly kind: "reset" }
  | { readonly kind: "html"; readonly status?: number }
  | { readonly kind: "redirect"; readonly location: string; readonly status?: number }
  | { readonly kind: "invalid-json" }
  /** JSON that is not the envelope; `body` is sent as it is. */
  | { readonly kind: "invalid-envelope"; readonly body?: unknown }
  /** The request takes effect, then the connection is cut: the client saw no answer. */
  | { readonly kind: "accept-then-drop" }
  /** The request takes effect, the answer comes that much later. */
  | { readonly kind: "delay"; readonly ms: number }
  /** The whole answer is written twice on the connection. */
  | { readonly kind: "answer-twice" }
  /** Half of the body, then the connection is cut. */
  | { readonly kind: "reset-mid-body" }
  /** `Content-Length` is off by `delta` bytes (default +10). */
  | { readonly kind: "wrong-length"; readonly delta?: number }
  /** Replaces one item of the page by `item` (default: one without the required fields). */
  | { readonly kind: "bad-item"; readonly at?: number; readonly item?: unknown }
  /** Fields and enum values nobody has documented yet. */
  | { readonly kind: "unknown-fields" }
  /** Compresses the honest answer. */
  | { readonly kind: "gzip" }
  /** A small gzip body that unpacks to `bytes` (default 256 MiB). */
  | { readonly kind: "gzip-bomb"; readonly bytes?: number }
  /** A few bytes at a time, for ever slower than a patient client waits. */
  | { readonly kind: "slow-drip"; readonly bytesPerChunk?: number; readonly intervalMs?: number }
  /** The page names the cursor it was asked with (or its own first one) as the next. */
  | { readonly kind: "repeat-cursor" }
  /** The page names a cursor never seen before, also on the last page. */
  | { readonly kind: "endless-cursors" };

export interface FaultRule {
  readonly id: number;
  readonly route: RouteName | "any";
  readonly fault: Fault;
  /** How many requests it still hits; Infinity until cleared. */
  left: number;
  /** How many matching requests it lets through first. */
  skip: number;
}

export interface Draft {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly envelope: unknown;
}

const PREVENTING = ["status", "hang", "reset", "html", "redirect", "invalid-json", "invalid-envelope"] as const;
export const prevents = (fault: Fault): boolean => (PREVENTING as readonly string[]).includes(fault.kind);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The answer of a fault that keeps the request from being handled; null for those without an answer. */
export function draftOf(
  fault: Fault,
  errorEnvelope: (code: string, message: string, details?: object) => unknown,
): Draft | null {
  const json = { "Content-Type": "application/json" };
  switch (fault.kind) {
    case "status": {
      const retry = fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) };
      const code =
        fault.code ?? (fault.status === 429 ? "RATE_LIMITED" : fault.status >= 500 ? "INTERNAL" : "INVALID_INPUT");
      const envelope = errorEnvelope(code, fault.message ?? "scripted", fault.details);
      return { status: fault.status, headers: { ...json, ...retry }, envelope };
    }
    case "html": {
      const page = "<!doctype html><title>Sign in to the network</title><h1>Welcome to Hotel Wi-Fi</h1>";
      return { status: fault.status ?? 200, headers: { "Content-Type": "text/html; charset=utf-8" }, envelope: page };
    }
    case "redirect":
      return { status: fault.status ?? 302, headers: { ...json, Location: fault.location }, envelope: {} };
    case "invalid-json":
      return { status: 200, headers: json, envelope: '{"success":true,"data":[' };
    case "invalid-envelope":
      return { status: 200, headers: json, envelope: "body" in fault ? fault.body : { conversations: [] } };
    default:
      return null;
  }
}

/** What a fault does to an honest envelope. `fresh` numbers the cursors that never end. */
export function spoil(envelope: unknown, fault: Fault, request: { cursor: string | null; fresh: number }): unknown {
  if (!isRecord(envelope)) return envelope;
  const data = envelope["data"];
  const meta = isRecord(envelope["meta"]) ? envelope["meta"] : {};
  switch (fault.kind) {
    case "bad-item": {
      if (!Array.isArray(data)) return envelope;
      const item = "item" in fault ? fault.item : { id: "bad-item" };
      return { ...envelope, data: data.map((good: unknown, i) => (i === (fault.at ?? 0) ? item : good)) };
    }
    case "unknown-fields": {
      const extend = (item: unknown) => {
        if (!isRecord(item)) return item;
        const future = { ...item, sentiment: "new", labels: [{ id: 1 }] };
        if ("status" in item) Object.assign(future, { status: "teleported" });
        if ("channel" in item) Object.assign(future, { channel: "rcs" });
        return future;
      };
      return {
        ...envelope,
        data: Array.isArray(data) ? data.map(extend) : extend(data),
        meta: { ...meta, took_ms: 3 },
        v: 2,
      };
    }
    case "repeat-cursor":
      return { ...envelope, meta: { ...meta, next_cursor: request.cursor ?? meta["next_cursor"] ?? "same" } };
    case "endless-cursors":
      return { ...envelope, meta: { ...meta, next_cursor: `endless-${request.fresh}` } };
    default:
      return envelope;
  }
}

function bomb(bytes: number, response: ServerResponse): void {
  const gzip = createGzip();
  gzip.pipe(response);
  const block = Buffer.alloc(1 << 20, " ");
  let left = bytes;
  const pump = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= block.length;
      if (!gzip.write(block)) {
        gzip.once("drain", pump);
        return;
      }
    }
    gzip.end("{}");
  };
  response.once("close", () => gzip.destroy());
  pump();
}

function drip(bytes: Buffer, chunk: number, intervalMs: number, response: ServerResponse): void {
  let at = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(at, at + chunk));
    at += chunk;
    if (at < bytes.length) return;
    clearInterval(timer);
    response.end();
  }, intervalMs);
  response.once("close", () => clearInterval(timer));
}

/** Writes the answer, spoiled on the wire where the fault says so. */
export function deliver(response: ServerResponse, draft: Draft, fault: Fault | null): void {
  const bytes = Buffer.from(typeof draft.envelope === "string" ? draft.envelope : JSON.stringify(draft.envelope));
  const head = (headers: Record<string, string>): void =>
    void response.writeHead(draft.status, { ...draft.headers, ...headers });
  const length = { "Content-Length": String(bytes.length) };
  switch (fault?.kind) {
    case "accept-then-drop":
      response.destroy();
      return;
    case "reset-mid-body":
      head(length);
      response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.destroy());
      return;
    case "wrong-length":
      head({ "Content-Length": String(bytes.length + (fault.delta ?? 10)), Connection: "close" });
      response.end(bytes);
      return;
    case "gzip":
      head({ "Content-Encoding": "gzip" });
      response.end(gzipSync(bytes));
      return;
    case "gzip-bomb":
      head({ "Content-Encoding": "gzip" });
      bomb(fault.bytes ?? 1 << 28, response);
      return;
    case "slow-drip":
      head(length);
      drip(bytes, fault.bytesPerChunk ?? 4, fault.intervalMs ?? 200, response);
      return;
    case "answer-twice": {
      const lines = Object.entries({ ...draft.headers, ...length }).map(([name, value]) => `${name}: ${value}\r\n`);
      const whole = Buffer.concat([Buffer.from(`HTTP/1.1 ${draft.status} Scripted\r\n${lines.join("")}\r\n`), bytes]);
      response.socket?.end(Buffer.concat([whole, whole]));
      return;
    }
    case "delay": {
      const timer = setTimeout(() => {
        head(length);
        response.end(bytes);
      }, fault.ms);
      response.once("close", () => clearTimeout(timer));
      return;
    }
    default:
      head(length);
      response.end(bytes);
  }
}
