/**
 * The AgentMessage adapter: its routes, its headers, its errors.
 *
 * Source: the vendor's public API reference. Must not touch the database or Electron, and must not retry:
 * waiting and repeating are decisions of sync and outbox. Invariants: the key appears in the Authorization
 * header only; statuses decide, then codes, never message texts.
 */
import { ProviderError } from "../../../shared/errors.ts";
import type { AppErrorCode } from "../../../shared/errors.ts";
import type { Clock, Provider } from "../../sync/ports.ts";
import { createHttp, urlPart, retryAfterMs } from "../http.ts";
import type { Fetch, HttpAnswer, HttpRequest } from "../http.ts";
import { createMediaFetch } from "../media.ts";
import { readRecords } from "../wire.ts";
import { mapConversation, mapMessage, mapNumber, mapStatus } from "./map.ts";
import { Envelope, ErrorEnvelope, SentEnvelope, WireConversation, WireMessage, WireNumber, WireSent } from "./wire.ts";

export interface AgentMessageOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/** Pages of phone numbers to read at most: labels are a comfort, not worth an endless walk. */
const MAX_NUMBER_PAGES = 20;
const NUMBERS_PAGE_SIZE = 100;

/** A server's own words are shown and logged: no more of them than a code or an id needs. */
const MAX_FACT_LENGTH = 64;

/** Permissions by route, because the vendor's 403 does not name the one that is missing. */
const SCOPES = {
  conversations: "conversations:read",
  send: "messages:send",
  messages: "messages:read",
  numbers: "numbers:read",
} as const;
type Scope = (typeof SCOPES)[keyof typeof SCOPES];

export function createAgentMessage(options: AgentMessageOptions): Provider {
  const { clock } = options;
  const http = createHttp(options);
  const keyHeaders = () => ({ Authorization: `Bearer ${options.apiKey}` });
  const fetchBytes = createMediaFetch({
    ...options,
    headers: keyHeaders,
    scope: SCOPES.messages,
  });

  async function ask(scope: Scope, request: Omit<HttpRequest, "headers">): Promise<HttpAnswer> {
    const answer = await http.request({ ...request, headers: keyHeaders() });
    if (answer.status >= 400) throw errorOf(answer, scope, request, clock.now());
    return answer;
  }

  async function list(scope: Scope, path: string, query: HttpRequest["query"] & {}, signal: AbortSignal) {
    const { json } = await ask(scope, { method: "GET", path, query, signal });
    const envelope = Envelope.safeParse(json);
    if (!envelope.success) throw new ProviderError("invalid_response", { cause: envelope.error });
    // An empty cursor is no cursor.
    return { data: envelope.data.data, nextCursor: envelope.data.meta.next_cursor || null };
  }

  return {
    messageOrder: "oldest_first",
    clockOffsetMs: http.clockOffsetMs,

    async check(signal) {
      await list(SCOPES.conversations, "/v1/conversations", [["limit", 1]], signal);
    },

    async listConversations({ cursor, limit, signal }) {
      const query = [
        ["cursor", cursor],
        ["limit", limit],
      ] as const;
      const { data, nextCursor } = await list(SCOPES.conversations, "/v1/conversations", query, signal);
      return { ...readRecords(data, WireConversation, mapConversation), nextCursor };
    },

    async listMessages(conversation, { cursor, limit, signal }) {
      const path = `/v1/conversations/${urlPart(conversation.remoteId)}/messages`;
      const query = [
        ["cursor", cursor],
        ["limit", limit],
      ] as const;
      const { data, nextCursor } = await list(SCOPES.conversations, path, query, signal);
      return { ...readRecords(data, WireMessage, mapMessage), nextCursor };
    },

    async listNumbers(signal) {
      const numbers = [];
      let cursor: string | null = null;
      for (let page = 0; page < MAX_NUMBER_PAGES; page += 1) {
        const query = [
          ["cursor", cursor],
          ["limit", NUMBERS_PAGE_SIZE],
        ] as const;
        const answer: { data: unknown[]; nextCursor: string | null } = await list(
          SCOPES.numbers,
          "/v1/phone-numbers",
          query,
          signal,
        );
        numbers.push(...readRecords(answer.data, WireNumber, mapNumber).items);
        if (answer.nextCursor === null || answer.nextCursor === cursor) break;
        cursor = answer.nextCursor;
      }
      return numbers;
    },

    async send({ from, to, text, tag, signal }) {
      const answer = await ask(SCOPES.send, {
        method: "POST",
        path: "/v1/messages",
        json: { from, to, text, tag },
        signal,
      });
      const parsed = SentEnvelope.safeParse(answer.json);
      // Accepted, but we cannot say as what: the thread will tell.
      if (!parsed.success) throw new ProviderError("invalid_response", { mayHaveArrived: true, cause: parsed.error });
      return receiptOf(parsed.data.data);
    },

    async findSent({ to, tag, signal }) {
      const query = [
        ["to", to],
        ["tag", tag],
        ["limit", 50],
      ] as const;
      const { json } = await ask(SCOPES.messages, { method: "GET", path: "/v1/messages", query, signal });
      const envelope = Envelope.partial({ meta: true }).safeParse(json);
      if (!envelope.success) throw new ProviderError("invalid_response", { cause: envelope.error });
      const sent = readRecords(envelope.data.data, WireSent, (wire) => wire);
      // The filter is the server's word; the tag on the record is proof.
      const match = sent.items.find((wire) => wire.tag === tag);
      if (match !== undefined) return receiptOf(match);
      // What cannot be read may be the very one: that is no "knows of none".
      if (sent.rejected.length > 0) throw new ProviderError("invalid_response");
      return null;
    },

    fetchMedia: async (request) => ({ bytes: await fetchBytes(request) }),
  };

  function receiptOf(wire: WireSent) {
    return {
      remoteId: wire.id,
      status: wire.status ? mapStatus(wire.status) : "queued",
      createdAt: wire.created_at ?? clock.now(),
    } as const;
  }
}

/** Statuses first, then the vendor's code; only facts go into the detail. */
function errorOf(
  answer: HttpAnswer,
  scope: Scope,
  request: Pick<HttpRequest, "method" | "path" | "query">,
  now: number,
): ProviderError {
  const body = ErrorEnvelope.safeParse(answer.json);
  const error = body.success ? body.data.error : null;
  const detail: Record<string, string> = { status: String(answer.status) };
  const requestId = error?.request_id ?? answer.headers.get("x-request-id");
  if (requestId) detail["requestId"] = requestId.slice(0, MAX_FACT_LENGTH);
  const fail = (code: AppErrorCode, mayHaveArrived = false) =>
    new ProviderError(code, { detail, mayHaveArrived, retryAfterMs: retryAfterMs(answer.headers, now) });

  const { status } = answer;
  if (status === 401) return fail("key_refused");
  if (status === 403) {
    detail["scope"] = namedScope(error?.message, error?.details) ?? scope;
    return fail("scope_missing");
  }
  if (status === 429) return fail("rate_limited");
  // A server that failed in the middle of a send may have sent.
  if (status >= 500) return fail("server_error", request.method === "POST");
  if (status === 408) return fail("timeout", true);
  if (status === 453 || error?.code === "CONSENT_REQUIRED") return fail("consent_required");
  const hasCursor = request.query?.some(([name, value]) => name === "cursor" && value !== null) ?? false;
  if (hasCursor && [400, 404, 410, 422].includes(status)) return fail("cursor_invalid");
  if (status === 404 || status === 410) {
    return fail(/^\/v1\/conversations\/[^/]+\/messages$/.test(request.path) ? "not_found" : "wrong_address");
  }
  detail["reason"] = (error?.code || String(status)).slice(0, MAX_FACT_LENGTH);
  return fail("rejected");
}

/** A scope such as `conversations:read`, where the server does name it. */
function namedScope(message: string | undefined, details: Record<string, unknown> | undefined): string | null {
  const texts = [message, ...Object.values(details ?? {})].filter((text) => typeof text === "string");
  return /\b[a-z_]{1,31}:[a-z_]{1,31}\b/.exec(texts.join(" "))?.[0] ?? null;
}
