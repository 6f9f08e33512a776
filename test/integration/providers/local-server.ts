/**
 * A small loopback server for one test: answers as the test says and remembers what it was asked.
 *
 * Real sockets, so that what is tested is the client as it meets a network. `await using` ends it with all its
 * connections.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";

export interface Seen {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface LocalServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Resolves when the next request has been read; its `closed` when its connection ends. */
  next(): Promise<{ closed: Promise<unknown> }>;
}

export type Handle = (response: ServerResponse, seen: Seen) => void;

export async function serve(handle: Handle, tls?: { key: Buffer; cert: Buffer }): Promise<LocalServer> {
  const seen: Seen[] = [];
  const waiting: Array<(value: { closed: Promise<unknown> }) => void> = [];

  function listen(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const entry: Seen = { method, url, headers, body: Buffer.concat(chunks).toString("utf8") };
      seen.push(entry);
      waiting.shift()?.({ closed: once(response, "close") });
      handle(response, entry);
    });
  }

  const server = tls === undefined ? createServer(listen) : createTlsServer(tls, listen);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    seen,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** An answer in JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** The URL of a port where nobody listens. */
export async function refusedUrl(): Promise<string> {
  const server = await serve(() => {});
  await server[Symbol.asyncDispose]();
  return server.url;
}
