/**
 * The app's network for providers: Chromium's stack, so that the system's proxy, certificates and VPN count.
 *
 * A session of its own, in memory: no cookies, no cache, nothing of a provider on disk. Certificate checks are
 * Chromium's and are never overridden. Not Electron's `fetch`: an answer that the web's `Response` cannot hold (a status
 * of 999, a header in UTF-8) is thrown where nobody can catch it there. Invariants: whatever a server answers becomes an
 * answer or a rejection; a redirect is answered as itself with its Location, and is never followed.
 */
import { net, session } from "electron";
import type { ClientRequest, IncomingMessage, Session } from "electron";
import type { Fetch } from "../providers/http.ts";

/** Made with the first request: a start shows its rows before it asks anybody for more. */
const network = (): Session => session.fromPartition("providers", { cache: false });

export function createTransport(): Fetch {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const request = net.request({
        url,
        method: init.method ?? "GET",
        session: network(),
        redirect: "manual",
        credentials: "omit",
        useSessionCookies: false,
        cache: "no-store",
      });
      for (const [name, value] of Object.entries((init.headers ?? {}) as Record<string, string>)) {
        request.setHeader(name, value);
      }
      const { signal } = init;
      const onAbort = () => {
        request.abort();
        reject(new DOMException("aborted", "AbortError"));
      };
      const forget = () => signal?.removeEventListener("abort", onAbort);
      const answerWith = (make: () => Response) => {
        try {
          resolve(make());
        } catch (error) {
          forget();
          request.abort();
          reject(error);
        }
      };
      request.on("redirect", (status, _method, location) => {
        forget();
        answerWith(() => new Response(null, { status, headers: { location } }));
        request.abort();
      });
      request.on("error", (error) => {
        forget();
        reject(error);
      });
      request.on("response", (answer) => answerWith(() => toResponse(answer, request, forget)));
      if (signal?.aborted === true) return onAbort();
      signal?.addEventListener("abort", onAbort, { once: true });
      if (init.body !== undefined && init.body !== null) request.write(Buffer.from(init.body as string | Uint8Array));
      request.end();
    });
}

function toResponse(answer: IncomingMessage, request: ClientRequest, done: () => void): Response {
  const { statusCode: status } = answer;
  let isOver = false;
  const end = () => {
    isOver = true;
    done();
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      answer.on("data", (chunk) => {
        if (!isOver) controller.enqueue(new Uint8Array(chunk));
      });
      answer.on("end", () => {
        if (!isOver) controller.close();
        end();
      });
      const fail = (error: unknown) => {
        if (!isOver) controller.error(error instanceof Error ? error : new Error("net::ERR_ABORTED"));
        end();
      };
      (answer as NodeJS.EventEmitter).on("error", fail);
      answer.on("aborted", () => fail(null));
    },
    cancel() {
      end();
      request.abort();
    },
  });
  const headers = headersOf(answer);
  if (status === 204 || status === 205 || status === 304) {
    void body.cancel();
    return new Response(null, { status, headers });
  }
  return new Response(body, { status, headers });
}

/** As the web has them: one byte a character, whatever a server wrote into them. */
function headersOf(answer: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    const text = [value].flat().join(", ");
    headers.set(name, /[^\0-\xff]/.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text);
  }
  return headers;
}
