/**
 * The skeleton of a conformance server: a real HTTP server that logs what it is asked and can be told to refuse.
 *
 * Behaviour is each vendor's own (routes, envelopes, order, errors). Invariant: the log holds every request as it came,
 * also the refused ones.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { World } from "./vendor-world.ts";

export type RouteName = "list" | "thread" | "send" | "upload" | "numbers" | "media" | "export" | "other";

export interface Asked {
  readonly method: string;
  readonly path: string;
  /** As it came, undecoded: encodings are part of the contract. */
  readonly rawQuery: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; null for everything else. */
  readonly body: unknown;
  readonly raw: Buffer;
}

export interface Logged extends Asked {
  readonly route: RouteName | null;
}

export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly name: RouteName;
  readonly method: string;
  readonly pattern: RegExp;
  handle(asked: Asked, ...groups: string[]): Reply;
}

export interface Vendor {
  readonly routes: readonly Route[];
  /** A refusal for whom it does not know, before any route. */
  authorize(asked: Asked): Reply | null;
  errorBody(status: number): unknown;
}

/** What a test may switch while the server runs. */
export interface Quirks {
  /** Lists name the cursor they were asked with (or their first) as the next one. */
  repeatCursor: boolean;
  /** Fields and words nobody has documented yet. */
  future: boolean;
  /** What an upload answers, where it is not the documented form; given the address it would answer. */
  uploadAnswer: ((url: string) => unknown) | null;
  /** Sent files are listed under addresses of the provider's own choice. */
  rehosts: boolean;
  /** A send takes effect, and its answer is never given. */
  losesAnswers: boolean;
}

export interface VendorServer extends AsyncDisposable {
  readonly url: string;
  readonly world: World;
  readonly quirks: Quirks;
  readonly log: readonly Logged[];
  requests(route: RouteName): readonly Logged[];
  /** Answers with this status until `accept` is called. */
  refuse(route: RouteName | "any", status: number, headers?: Readonly<Record<string, string>>): void;
  accept(): void;
}

/** Servers write what they like into headers, also UTF-8. */
const FOREIGN = { "X-Served-In": Buffer.from("東京", "utf8").toString("latin1") };

export async function startVendorServer(vendor: Vendor, world: World, quirks: Quirks): Promise<VendorServer> {
  const log: Logged[] = [];
  let refusal: { route: RouteName | "any"; reply: Reply } | null = null;

  function answer(asked: Asked): Reply {
    const found = vendor.routes.find(({ method, pattern }) => method === asked.method && pattern.test(asked.path));
    log.push({ ...asked, route: found?.name ?? null });
    if (refusal !== null && (refusal.route === "any" || refusal.route === found?.name)) return refusal.reply;
    const refused = vendor.authorize(asked);
    if (refused !== null) return refused;
    if (found === undefined) return { status: 404, json: vendor.errorBody(404) };
    const groups = (found.pattern.exec(asked.path) ?? []).slice(1).map(decodeURIComponent);
    return found.handle(asked, ...groups);
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://test.invalid");
      const raw = Buffer.concat(chunks);
      const isJson = /\bjson\b/i.test(request.headers["content-type"] ?? "");
      const reply = answer({
        method: request.method ?? "",
        path: url.pathname,
        rawQuery: url.search,
        query: url.searchParams,
        headers: request.headers,
        body: raw.length === 0 || !isJson ? null : (JSON.parse(raw.toString("utf8")) as unknown),
        raw,
      });
      if (quirks.losesAnswers && request.method === "POST" && log.at(-1)?.route === "send") {
        response.destroy();
        return;
      }
      response.writeHead(reply.status, { "Content-Type": "application/json", ...FOREIGN, ...reply.headers });
      response.end(reply.json === undefined ? "" : JSON.stringify(reply.json));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    world,
    quirks,
    log,
    requests: (route) => log.filter((entry) => entry.route === route),
    refuse(route, status, headers = {}) {
      refusal = { route, reply: { status, json: vendor.errorBody(status), headers } };
    },
    accept: () => void (refusal = null),
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

export const freshQuirks = (): Quirks => ({
  repeatCursor: false,
  future: false,
  uploadAnswer: null,
  rehosts: false,
  losesAnswers: false,
});

/** A page of `rows` behind an opaque token, as servers that count offsets make them. */
export function pageOf<T>(rows: readonly T[], token: string | null, limit: number, repeat: boolean) {
  const offset = token === null ? 0 : Number(Buffer.from(token, "base64url").toString("utf8"));
  const next = offset + limit < rows.length ? Buffer.from(String(offset + limit)).toString("base64url") : null;
  return { rows: rows.slice(offset, offset + limit), next: repeat ? (token ?? next ?? "c2FtZQ") : next };
}
