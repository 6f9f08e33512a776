/**
 * The app's network for providers: Chromium's stack, so that the system's proxy, certificates and VPN count.
 *
 * A session of its own, in memory: no cookies, no cache, nothing of a provider on disk. Certificate checks are
 * Chromium's and are never overridden.
 */
import { net, session } from "electron";
import type { IncomingMessage, Session } from "electron";
import type { Fetch } from "../providers/http.ts";

/** Made with the first request: a start shows its rows before it asks anybody for more. */
const network = (): Session => session.fromPartition("providers", { cache: false });

export const createTransport = (): Fetch => (url, init) => network().fetch(url, init);

/**
 * The same network for pictures, for GET alone. Chromium's fetch gives no redirect back, it only refuses it; here a
 * redirect is answered as itself with its Location, and is never followed.
 */
export function createMediaTransport(): Fetch {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const request = net.request({
        url,
        method: "GET",
        session: network(),
        redirect: "manual",
        credentials: "omit",
        useSessionCookies: false,
        cache: "no-store",
      });
      for (const [name, value] of Object.entries((init.headers ?? {}) as Record<string, string>)) {
        request.setHeader(name, value);
      }
      const onAbort = () => {
        request.abort();
        reject(new DOMException("aborted", "AbortError"));
      };
      init.signal?.addEventListener("abort", onAbort, { once: true });
      const forget = () => init.signal?.removeEventListener("abort", onAbort);
      request.on("redirect", (status, _method, location) => {
        forget();
        resolve(new Response(null, { status, headers: { location } }));
        request.abort();
      });
      request.on("error", (error) => {
        forget();
        reject(error);
      });
      request.on("response", (answer) => resolve(toResponse(answer, request, forget)));
      request.end();
    });
}

function toResponse(answer: IncomingMessage, request: Electron.ClientRequest, done: () => void): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, [value].flat().join(", "));
  const { statusCode: status } = answer;
  if (status === 204 || status === 205 || status === 304) {
    done();
    request.abort();
    return new Response(null, { status, headers });
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      answer.on("data", (chunk) => controller.enqueue(new Uint8Array(chunk)));
      answer.on("end", () => {
        done();
        controller.close();
      });
      const fail = (error: unknown) => {
        done();
        controller.error(error instanceof Error ? error : new Error("net::ERR_ABORTED"));
      };
      (answer as NodeJS.EventEmitter).on("error", fail);
      answer.on("aborted", () => fail(null));
    },
    cancel() {
      done();
      request.abort();
    },
  });
  return new Response(body, { status, headers });
}
