/**
 * The embedded sample server: a real HTTP server on loopback that speaks the AgentMessage API for a made-up
 * bicycle workshop, so that the app can be explored as an ordinary account.
 *
 * Must not import Electron and must not be reachable from another machine. Invariants: binds 127.0.0.1
 * only; without the key there is no answer but 401; all sample data follows from anchor, seed and zone.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiError, invalidInput, notFound, readJsonObject, type Reply } from "./http.ts";
import { createRequestId } from "./ids.ts";
import { createLife, type Life, type Schedule } from "./life.ts";
import { createRoutes, SCOPES, type Route, type Scope } from "./routes.ts";
import { createLimiter } from "./send.ts";
import { createStore } from "./store.ts";
import { buildWorld } from "./world.ts";

export type { Schedule } from "./life.ts";
export type { Scope } from "./routes.ts";

export interface SampleServerOptions {
  /** Unix ms the sample looks back from; keep it, and the same conversations come back after a restart. */
  readonly anchorAt: number;
  /** Another seed gives other ids, times and answers. */
  readonly seed?: string;
  /** Minutes east of UTC, so that the shop's hours look right to the reader. Keep it beside the anchor. */
  readonly utcOffsetMinutes?: number;
  /** Unix ms now. */
  readonly now: () => number;
  /** Tried first; another free one is taken when it is occupied. */
  readonly port?: number;
  /** Defaults to a timer that does not keep the process alive. */
  readonly schedule?: Schedule;
  /** Defaults to a fresh random key, `am_live_sample_…`. */
  readonly apiKey?: string;
  /** Told of a defect of the sample server itself; the client only sees a 500. */
  readonly onError?: (error: unknown) => void;
  /** What the key may do; defaults to everything. */
  readonly scopes?: readonly Scope[];
}

export interface SampleServer {
  /** Rejects when even a free port cannot be bound. Calling it twice gives the same answer. */
  start(): Promise<{ baseUrl: string; apiKey: string }>;
  /** Ends open connections and everything that was still to happen. Safe to call twice; the server cannot start again. */
  stop(): Promise<void>;
}

const realSchedule: Schedule = (delayMs, callback) => {
  const timer = setTimeout(callback, delayMs);
  timer.unref();
  return () => clearTimeout(timer);
};

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

function createAuthorizer(apiKey: string, scopes: readonly Scope[]) {
  const expected = digest(`Bearer ${apiKey}`);
  return {
    authenticate(request: IncomingMessage): void {
      if (!timingSafeEqual(digest(request.headers.authorization ?? ""), expected)) {
        throw new ApiError(401, "UNAUTHORIZED", "authentication failed");
      }
    },
    authorize(scope: Scope): void {
      if (!scopes.includes(scope)) throw new ApiError(403, "FORBIDDEN", "missing required scope");
    },
  };
}

function decodePathPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalidInput("malformed path");
  }
}

function findRoute(routes: readonly Route[], method: string, path: string): { route: Route; id: string } {
  const matches = routes.flatMap((route) => {
    const match = route.path.exec(path);
    return match ? [{ route, id: match[1] ?? "" }] : [];
  });
  if (matches.length === 0) throw notFound();
  const found = matches.find(({ route }) => route.method === method);
  if (found) return { route: found.route, id: decodePathPart(found.id) };
  const allow = matches.map(({ route }) => route.method).join(", ");
  throw new ApiError(405, "INVALID_INPUT", "method not allowed", { headers: { Allow: allow } });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => reject(error);
    server.once("error", onError);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", onError);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES");

export function createSampleServer(options: SampleServerOptions): SampleServer {
  const { now } = options;
  const apiKey = options.apiKey ?? `am_live_sample_${randomBytes(24).toString("base64url")}`;
  const { authenticate, authorize } = createAuthorizer(apiKey, options.scopes ?? SCOPES);
  const world = buildWorld({
    anchorAt: options.anchorAt,
    seed: options.seed ?? "harbour-street",
    utcOffsetMinutes: options.utcOffsetMinutes ?? 0,
  });
  const store = createStore(world, now);
  const life: Life = createLife(store, options.schedule ?? realSchedule, now);
  const routes = createRoutes({ store, life, now, limiter: createLimiter(now, { perSecond: 1, burst: 5 }) });

  async function answer(request: IncomingMessage): Promise<Reply> {
    authenticate(request);
    const url = new URL(request.url ?? "/", "http://sample.invalid");
    const { route, id } = findRoute(routes, request.method ?? "GET", url.pathname);
    authorize(route.scope);
    return route.handle({ params: url.searchParams, id, body: () => readJsonObject(request) });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = createRequestId(now());
    let status = 500;
    let headers: Readonly<Record<string, string>> = {};
    let envelope: unknown;
    try {
      const reply = await answer(request);
      ({ status, headers = {} } = reply);
      envelope = { success: true, data: reply.data, ...(reply.meta ? { meta: reply.meta } : {}) };
    } catch (error) {
      if (!(error instanceof ApiError)) options.onError?.(error);
      const known = error instanceof ApiError ? error : new ApiError(500, "INTERNAL", "internal error");
      ({ status, headers } = known);
      const details = known.details ? { details: known.details } : {};
      envelope = {
        success: false,
        error: { code: known.code, message: known.message, request_id: requestId, ...details },
      };
    }
    const bytes = Buffer.from(JSON.stringify(envelope));
    response.writeHead(status, {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Length": String(bytes.length),
      "Cache-Control": "no-store",
      Date: new Date(now()).toUTCString(),
      "X-Request-Id": requestId,
      ...headers,
    });
    response.end(bytes);
    // A body that nobody read would block the next request on this connection.
    if (!request.complete) request.resume();
  }

  const server = createServer((request, response) => void serve(request, response));
  let started: Promise<{ baseUrl: string; apiKey: string }> | null = null;
  let stopped: Promise<void> | null = null;

  async function begin(): Promise<{ baseUrl: string; apiKey: string }> {
    const wanted = options.port ?? 0;
    const port = await listen(server, wanted).catch((error: unknown) => {
      if (wanted !== 0 && isTaken(error)) return listen(server, 0);
      throw error;
    });
    return { baseUrl: `http://127.0.0.1:${port}`, apiKey };
  }

  return {
    start() {
      if (stopped) return Promise.reject(new Error("the sample server was stopped"));
      started ??= begin();
      return started;
    },
    stop() {
      stopped ??= (async () => {
        life.stop();
        await started?.catch(() => undefined);
        await new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        });
      })();
      return stopped;
    },
  };
}
