/** The network's answers as the web's: what a server may say and `Response` cannot hold is refused, not thrown at nobody. */
import { EventEmitter } from "node:events";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Fetch } from "../../../../electron/providers/http.ts";

class Request extends EventEmitter {
  readonly headers: Record<string, string> = {};
  readonly written: string[] = [];
  isAborted = false;
  setHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  write(chunk: Buffer): void {
    this.written.push(chunk.toString());
  }
  end(): void {}
  abort(): void {
    this.isAborted = true;
  }
}

const electron = vi.hoisted(() => ({ asked: [] as unknown[], request: null as unknown }));
vi.mock("electron", () => ({
  net: {
    request(options: unknown) {
      electron.asked.push(options);
      return electron.request;
    },
  },
  session: { fromPartition: (name: string) => ({ name }) },
}));
const { createTransport } = await import("../../../../electron/app/transport.ts");

let request: Request;
let fetch: Fetch;
beforeEach(() => {
  request = new Request();
  electron.request = request;
  electron.asked.length = 0;
  fetch = createTransport();
});

function answer(statusCode: number, headers: Record<string, string | string[]>): EventEmitter {
  const message = Object.assign(new EventEmitter(), { statusCode, headers });
  request.emit("response", message);
  return message;
}

describe("the transport", () => {
  it("asks without cookies, cache or credentials, follows nothing, and sends what it is given", async () => {
    const asked = fetch("https://api.test/x", { method: "POST", headers: { Authorization: "Bearer k" }, body: "{}" });
    expect(electron.asked).toEqual([
      {
        url: "https://api.test/x",
        method: "POST",
        session: { name: "providers" },
        redirect: "manual",
        credentials: "omit",
        useSessionCookies: false,
        cache: "no-store",
      },
    ]);
    expect([request.headers, request.written]).toEqual([{ Authorization: "Bearer k" }, ["{}"]]);
    const message = answer(202, { "content-type": "application/json" });
    const response = await asked;
    message.emit("data", Buffer.from('{"a":'));
    message.emit("data", Buffer.from("1}"));
    message.emit("end");
    expect([response.status, await response.json()]).toEqual([202, { a: 1 }]);
  });

  it.each([999, 600, 199])("refuses status %s, which no answer can hold, and lets go of it", async (status) => {
    const asked = fetch("https://api.test/x", { method: "GET" });
    expect(() => answer(status, {})).not.toThrow();
    await expect(asked).rejects.toThrow("status");
    expect(request.isAborted).toBe(true);
  });

  it.each([204, 304])("takes status %s, which has no body", async (status) => {
    const asked = fetch("https://api.test/x", { method: "GET" });
    answer(status, {});
    expect((await asked).status).toBe(status);
  });

  it("takes headers in UTF-8 as the bytes they are", async () => {
    const asked = fetch("https://api.test/x", { method: "GET" });
    answer(200, { "content-disposition": 'inline; filename="日本.png"', "x-two": ["a", "b"] });
    const { headers } = await asked;
    const name = Buffer.from(headers.get("content-disposition") ?? "", "latin1").toString("utf8");
    expect([name, headers.get("x-two")]).toEqual(['inline; filename="日本.png"', "a, b"]);
  });

  it("answers a redirect with itself and does not follow it", async () => {
    const asked = fetch("https://api.test/x", { method: "GET" });
    request.emit("redirect", 302, "GET", "https://elsewhere.test/");
    const response = await asked;
    expect([response.status, response.headers.get("location")]).toEqual([302, "https://elsewhere.test/"]);
    expect(request.isAborted).toBe(true);
  });

  it("fails with what cuts the body off, and hears nothing after it was given up", async () => {
    const cut = fetch("https://api.test/x", { method: "GET" });
    const message = answer(200, {});
    message.emit("error", new Error("net::ERR_INCOMPLETE_CHUNKED_ENCODING"));
    await expect((await cut).text()).rejects.toThrow("ERR_INCOMPLETE_CHUNKED_ENCODING");

    const left = fetch("https://api.test/x", { method: "GET" });
    const large = answer(200, {});
    await (await left).body?.cancel();
    expect(() => ["data", "end", "aborted"].map((event) => large.emit(event, Buffer.from("x")))).not.toThrow();
  });

  it("is given up by its signal, before and after it was sent", async () => {
    const stop = new AbortController();
    const asked = fetch("https://api.test/x", { method: "GET", signal: stop.signal });
    stop.abort();
    await expect(asked).rejects.toThrow("aborted");
    await expect(fetch("https://api.test/x", { method: "GET", signal: stop.signal })).rejects.toThrow("aborted");
    expect(request.isAborted).toBe(true);
  });
});
