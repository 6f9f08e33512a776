/**
 * The HTTP conventions of the API, apart from any route: envelope, errors, query parameters, request bodies.
 *
 * Invariants: every answer is JSON in the documented envelope with an `X-Request-Id`; an error never holds
 * the key or the text that caused it.
 */
import type { IncomingMessage } from "node:http";
import { decodeCursor, encodeCursor, isE164, isUuid, type Position } from "./ids.ts";

export interface Reply {
  readonly status: number;
  readonly data: unknown;
  readonly meta?: {
    readonly total: number;
    readonly limit: number;
    readonly offset: number;
    readonly next_cursor: string | null;
  };
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is an error, thrown from anywhere inside a request. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, string>> | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    options: { details?: Record<string, string>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = options.details ?? null;
    this.headers = options.headers ?? {};
  }
}

export const notFound = (): ApiError => new ApiError(404, "NOT_FOUND", "resource not found");
export const invalidInput = (message: string): ApiError => new ApiError(400, "INVALID_INPUT", message);
export const validationFailed = (details: Record<string, string>): ApiError =>
  new ApiError(422, "VALIDATION_FAILED", "validation failed", { details });

/** ISO 8601 in UTC; whole seconds without a fraction, as the API writes them. */
export const isoTime = (at: number): string => new Date(at).toISOString().replace(".000Z", "Z");
export const isoTimeOrNull = (at: number | null): string | null => (at === null ? null : isoTime(at));

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Reads query parameters and collects what is wrong with them; `check` throws all complaints at once. */
export interface QueryReader {
  limit(fallback: number, max: number): number;
  /** Throws 400 at once when it is no cursor of this list. */
  cursor(list: string): Position | null;
  uuid(name: string): string | null;
  number(name: string): string | null;
  time(name: string): number | null;
  boolean(name: string): boolean | null;
  oneOf(name: string, allowed: readonly string[]): string | null;
  text(name: string, maxLength: number): string | null;
  check(): void;
}

export function readQuery(params: URLSearchParams): QueryReader {
  const details: Record<string, string> = {};

  const read = <T>(name: string, parse: (raw: string) => T | null, complaint: string): T | null => {
    const raw = params.get(name);
    if (raw === null || raw === "") return null;
    const value = parse(raw);
    if (value === null) details[name] = complaint;
    return value;
  };

  return {
    limit: (fallback, max) =>
      read(
        "limit",
        (raw) => (/^\d{1,9}$/.test(raw) && Number(raw) >= 1 && Number(raw) <= max ? Number(raw) : null),
        `must be between 1 and ${max}`,
      ) ?? fallback,
    cursor(list) {
      const raw = params.get("cursor");
      if (raw === null || raw === "") return null;
      const position = decodeCursor(list, raw);
      if (position === null) throw invalidInput("malformed cursor");
      return position;
    },
    uuid: (name) => read(name, (raw) => (isUuid(raw) ? raw.toLowerCase() : null), "must be a UUID"),
    number: (name) => read(name, (raw) => (isE164(raw) ? raw : null), "must be E.164"),
    time: (name) =>
      read(
        name,
        (raw) => (RFC3339.test(raw) && !Number.isNaN(Date.parse(raw)) ? Date.parse(raw) : null),
        "must be an RFC 3339 date-time",
      ),
    boolean: (name) =>
      read(
        name,
        (raw) => (raw === "true" ? { is: true } : raw === "false" ? { is: false } : null),
        "must be true or false",
      )?.is ?? null,
    oneOf: (name, allowed) =>
      read(name, (raw) => (allowed.includes(raw) ? raw : null), `must be one of ${allowed.join(", ")}`),
    text: (name, maxLength) =>
      read(name, (raw) => (raw.length <= maxLength ? raw : null), `must be at most ${maxLength} chars`),
    check() {
      if (Object.keys(details).length > 0) throw validationFailed(details);
    },
  };
}

/** One page after `after`, in the order given; the cursor is null when nothing follows. */
export function pageOf<T>(
  list: string,
  items: readonly T[],
  request: { after: Position | null; limit: number; positionOf: (item: T) => Position; order: "newest" | "oldest" },
): { items: readonly T[]; nextCursor: string | null } {
  const { after, limit, positionOf, order } = request;
  const sign = order === "newest" ? -1 : 1;
  const rest =
    after === null
      ? items
      : items.filter((item) => {
          const { at, id } = positionOf(item);
          return at === after.at ? id > after.id : (at - after.at) * sign > 0;
        });
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { items: page, nextCursor: rest.length > limit && last ? encodeCursor(list, positionOf(last)) : null };
}

const MAX_BODY_BYTES = 64 * 1024;
const MAX_DRAINED_BYTES = 4 * 1024 * 1024;

/** The request's JSON object; 413 above 64 KiB, 400 when it is none. */
export async function readJsonObject(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    // Leaving the loop early would cut the connection before the answer is out, so the excess is read and dropped.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk as Buffer);
    else if (size > MAX_DRAINED_BYTES) break;
  }
  if (size > MAX_BODY_BYTES) throw new ApiError(413, "INVALID_INPUT", "request body too large");
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw invalidInput("request body must be JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalidInput("request body must be a JSON object");
  }
  return value as Record<string, unknown>;
}
