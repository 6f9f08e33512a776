/**
 * A scriptable AgentMessage server for tests: real sockets, in-memory data, every fault on demand.
 *
 * Shares no code with the sample server. Invariant: the log holds every request in the order its headers
 * arrived, also those that were refused, cut off or never answered.
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { answer, routeOf, SCOPE_OF, type ApiState, type SendRecord } from "./agentmessage-api.ts";
import { control } from "./agentmessage-control.ts";
import {
  deliver,
  draftOf,
  prevents,
  spoil,
  type Draft,
  type Fault,
  type FaultRule,
  type RouteName,
} from "./agentmessage-faults.ts";
import { createHandle, type DataHandle } from "./agentmessage-handle.ts";
import { TestWorld, type ConsentState } from "./agentmessage-world.ts";

export type { SendRecord } from "./agentmessage-api.ts";
export type { Fault, RouteName } from "./agentmessage-faults.ts";
export type { ConsentState, TestConversation, TestMessage } from "./agentmessage-world.ts";

export interface AgentMessageServerOptions {
  /** How many conversations at the start (default 3) and messages in each (default 4, at least 1). */
  readonly conversations?: number;
  readonly messages?: number | ((index: number) => number);
  /** Every page has exactly this many items, whatever the client's limit. */
  readonly pageSize?: number;
  readonly messagePageSize?: number;
  readonly apiKey?: string;
  readonly scopes?: readonly string[];
  /** Default: the real clock. */
  readonly now?: () => number;
  /** Last message of conversation 0, Unix ms (default: a minute ago); the others follow, each older by the gap. */
  readonly newestAt?: number;
  readonly conversationGapMs?: number;
  readonly messageGapMs?: number;
  readonly bodyOf?: (index: number, message: number) => string | null;
  readonly consentOf?: (index: number) => ConsentState;
  /** Outbound thread messages carry `status` (default true). */
  readonly statusInThread?: boolean;
  /** Serves https with a certificate nobody trusts. */
  readonly tls?: boolean;
  readonly port?: number;
  /** Opens `/__control/…` to anybody on this machine. */
  readonly control?: boolean;
}

export interface LogEntry {
  /** Counts from 1 in order of arrival. */
  readonly order: number;
  readonly at: number;
  readonly route: RouteName | null;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON, or the text when it is none, or null without a body. */
  body: unknown;
  /** What was answered; null for a hang, a cut connection, or while under way. */
  status: number | null;
}

export interface AgentMessageServer extends DataHandle {
  /** How many conversations the list holds now. */
  readonly conversationCount: number;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly log: readonly LogEntry[];
  /** The log of one route. */
  requests(route: RouteName): readonly LogEntry[];
  clearLog(): void;
  /** How many requests were being handled at the same moment, at most. */
  maxConcurrent(): number;
  /** Messages accepted by `POST /v1/messages`, in order. */
  readonly sends: readonly SendRecord[];
  /** Accepted messages beyond the first of each tag: above zero something was sent twice. */
  duplicateSends(): number;
  /** Spoils answers of a route: `times` of them (default: until cleared), after letting `after` pass. Later rules win. */
  fault(route: RouteName | "any", fault: Fault, options?: { times?: number; after?: number }): number;
  clearFaults(): void;
  setKeyScopes(scopes: readonly string[]): void;
  /** Every key is refused with 401 until `setKey`. */
  revokeKey(): void;
  setKey(key: string): void;
  /** Cursors given so far are refused from now on (default 400). */
  expireCursors(status?: 400 | 404 | 410 | 422): void;
  stop(): Promise<void>;
}

/** Servers write what they like into headers, also UTF-8. */
const FOREIGN = { "X-Served-In": Buffer.from("東京", "utf8").toString("latin1") };

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  if (text === "") return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Listens on 127.0.0.1; rejects when the port is taken. */
export async function startAgentMessageServer(options: AgentMessageServerOptions = {}): Promise<AgentMessageServer> {
  const now = options.now ?? Date.now;
  const { messages = 4 } = options;
  const world = new TestWorld({
    conversations: options.conversations ?? 3,
    messagesOf: typeof messages === "number" ? () => messages : messages,
    bodyOf: options.bodyOf ?? ((index, message) => `Message ${message} of conversation ${index}`),
    consentOf: options.consentOf ?? (() => "in"),
    newestAt: options.newestAt ?? now() - 60_000,
    conversationGapMs: options.conversationGapMs ?? 60_000,
    messageGapMs: options.messageGapMs ?? 1000,
  });
  const sends: SendRecord[] = [];
  const state: ApiState = {
    world,
    now,
    pageSize: options.pageSize ?? null,
    messagePageSize: options.messagePageSize ?? null,
    statusInThread: options.statusInThread ?? true,
    sends,
    epoch: 0,
    expiredStatus: 400,
  };
  let apiKey: string | null = options.apiKey ?? "am_live_test_0123456789abcdef";
  let scopes: readonly string[] = options.scopes ?? [...new Set(Object.values(SCOPE_OF))];
  let rules: FaultRule[] = [];
  const log: LogEntry[] = [];
  const counters = { order: 0, rule: 0, fresh: 0, active: 0, peak: 0 };

  function takeFault(route: RouteName | null): Fault | null {
    const matching = rules.findLast((rule) => rule.left > 0 && (rule.route === "any" || rule.route === route));
    if (!matching) return null;
    if (matching.skip > 0) {
      matching.skip -= 1;
      return null;
    }
    matching.left -= 1;
    return matching.fault;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://test.invalid");
    if (options.control && url.pathname.startsWith("/__control/")) {
      const reply = control(server, request.method ?? "GET", url.pathname, await readBody(request));
      deliver(
        response,
        { status: reply.status, headers: { "Content-Type": "application/json" }, envelope: reply.body },
        null,
      );
      return;
    }
    const method = request.method ?? "GET";
    const route = routeOf(method, url.pathname);
    counters.order += 1;
    const entry: LogEntry = {
      order: counters.order,
      at: now(),
      route: route?.name ?? null,
      method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: null,
      status: null,
    };
    log.push(entry);
    counters.active += 1;
    counters.peak = Math.max(counters.peak, counters.active);
    response.once("close", () => (counters.active -= 1));
    const fault = takeFault(entry.route);
    entry.body = await readBody(request);

    const requestId = randomUUID().replaceAll("-", "").slice(0, 26).toUpperCase();
    const errorEnvelope = (code: string, message: string, details?: object) => ({
      success: false,
      error: { code, message, request_id: requestId, ...(details ? { details } : {}) },
    });
    const standard = { "X-Request-Id": requestId, Date: new Date(now()).toUTCString(), ...FOREIGN };
    const finish = (draft: Draft, spoiling: Fault | null): void => {
      const isCut = spoiling?.kind === "accept-then-drop" || spoiling?.kind === "reset-mid-body";
      entry.status = isCut ? null : draft.status;
      deliver(response, { ...draft, headers: { ...standard, ...draft.headers } }, spoiling);
    };
    if (fault && prevents(fault)) {
      const draft = draftOf(fault, errorEnvelope);
      if (draft) finish(draft, null);
      else if (fault.kind === "reset") request.socket.resetAndDestroy();
      return;
    }
    const honest = ((): ReturnType<typeof answer> => {
      const refused = (status: number, code: string, message: string) => ({ status, error: { code, message } });
      if (apiKey === null || request.headers.authorization !== `Bearer ${apiKey}`) {
        return refused(401, "UNAUTHORIZED", "authentication failed");
      }
      if (!route) return refused(404, "NOT_FOUND", "no such path");
      if (!scopes.includes(SCOPE_OF[route.name])) return refused(403, "FORBIDDEN", "missing required scope");
      return answer(state, route.name, route.id, {
        method,
        path: url.pathname,
        query: url.searchParams,
        body: entry.body,
      });
    })();
    const envelope = honest.error
      ? errorEnvelope(honest.error.code, honest.error.message, honest.error.details)
      : { success: true, data: honest.data, ...(honest.meta ? { meta: honest.meta } : {}) };
    counters.fresh += 1;
    const spoiled = fault
      ? spoil(envelope, fault, { cursor: url.searchParams.get("cursor"), fresh: counters.fresh })
      : envelope;
    finish(
      { status: honest.status, headers: { "Content-Type": "application/json", ...honest.headers }, envelope: spoiled },
      fault,
    );
  }

  const listener: RequestListener = (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A client that hung up while its body was read is no fault of the server; anything else must be seen.
      if (request.socket.destroyed) return;
      response.writeHead(500).end(String(error));
    });
  };
  const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url));
  const http = options.tls
    ? createTlsServer({ key: fixture("self-signed.key"), cert: fixture("self-signed.crt") }, listener)
    : createServer(listener);
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = http.address() as AddressInfo;

  const server: AgentMessageServer = {
    ...createHandle(world, now),
    get conversationCount() {
      return world.listed().length;
    },
    baseUrl: `${options.tls ? "https" : "http"}://127.0.0.1:${port}`,
    apiKey,
    log,
    sends,
    requests: (route) => log.filter((entry) => entry.route === route),
    clearLog: () => void log.splice(0),
    maxConcurrent: () => counters.peak,
    duplicateSends() {
      const tagged = sends.filter(({ tag }) => tag !== null);
      return tagged.length - new Set(tagged.map(({ tag }) => tag)).size;
    },
    fault(route, fault, { times = Infinity, after = 0 } = {}) {
      counters.rule += 1;
      rules.push({ id: counters.rule, route, fault, left: times, skip: after });
      return counters.rule;
    },
    clearFaults: () => void (rules = []),
    setKeyScopes: (next) => void (scopes = next),
    revokeKey: () => void (apiKey = null),
    setKey: (key) => void (apiKey = key),
    expireCursors(status = 400) {
      state.epoch += 1;
      state.expiredStatus = status;
    },
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}
