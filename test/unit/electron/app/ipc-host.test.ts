/** The border itself: who may call, which names exist, what leaves; the host over a stand-in for Electron's `ipcMain`. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { answerCall, isTrustedSender } from "../../../../electron/app/ipc-border.ts";
import type { Sender } from "../../../../electron/app/ipc-border.ts";
import { INVOKE_CHANNEL, openIpcDoor } from "../../../../electron/app/ipc-door.ts";
import { createIpcHost, PUSH_CHANNEL } from "../../../../electron/app/ipc-host.ts";
import { createLog } from "../../../../electron/log.ts";
import { AppError, ProviderError } from "../../../../shared/errors.ts";
import { calls } from "../../../../shared/ipc.ts";
import type { Handlers } from "../../../../shared/ipc.ts";
import { callSamples, pushSamples } from "../ipc/contract-samples.ts";

type Listener = (event: unknown, name: unknown, input: unknown) => Promise<unknown>;
const electron = vi.hoisted(() => ({ listeners: new Map<string, unknown>() }));
vi.mock("electron", () => ({
  ipcMain: { handle: (channel: string, listener: unknown) => void electron.listeners.set(channel, listener) },
}));

const OWN: Sender = { webContentsId: 1, frame: { url: "app://threadkeep/", isTop: true } };
const frame = (url: string, isTop = true): Sender => ({ webContentsId: 1, frame: { url, isTop } });
const FORGED: ReadonlyArray<readonly [string, Sender]> = [
  ["a frame that is gone", { webContentsId: 1, frame: null }],
  ["a frame inside our page", frame("app://threadkeep/", false)],
  ["another window's page of ours", { ...OWN, webContentsId: 2 }],
  ["a web page", frame("https://evil.test/")],
  ["a web page that looks like ours", frame("https://threadkeep/")],
  ["another host of our scheme", frame("app://evil/")],
  ["a host that begins like ours", frame("app://threadkeep.evil.test/")],
  ["our host as a user name", frame("app://threadkeep@evil.test/")],
  ["a user name at our host", frame("app://evil@threadkeep/")],
  ["a blank page", frame("about:blank")],
  ["a document in a frame's attribute", frame("about:srcdoc")],
  ["a file", frame("file:///app/index.html")],
  ["a data page", frame("data:text/html,<script>")],
  ["a blob of ours", frame("blob:app://threadkeep/1")],
  ["no address", frame("")],
];

const lines: string[] = [];
const log = createLog(
  (line) => lines.push(line),
  () => 0,
);
beforeEach(() => {
  lines.length = 0;
  electron.listeners.clear();
});

const SECRET = "canary +15551112222";
const handlersWith = (state: () => unknown): Handlers => ({ "app.state": state }) as unknown as Handlers;

describe("isTrustedSender", () => {
  it("trusts the top frame of our page in a window of ours", () => {
    expect(isTrustedSender(OWN, new Set([1]))).toBe(true);
    expect(isTrustedSender(frame("app://threadkeep/index.html#/thread/1"), new Set([1, 2]))).toBe(true);
    expect(isTrustedSender(OWN, new Set())).toBe(false);
  });

  it.each(FORGED)("refuses %s", (_name, sender) => expect(isTrustedSender(sender, new Set([1]))).toBe(false));
});

describe("answerCall", () => {
  it.each([
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "",
    "app.State",
    "app.state ",
    undefined,
    null,
    0,
    {},
    ["app.state"],
    { toString: () => "app.state" },
    Symbol("app.state"),
  ])("knows no call named %s", async (name) => {
    const answer = await answerCall(
      handlersWith(() => callSamples["app.state"].output),
      name,
      undefined,
      log,
    );
    expect(answer).toEqual({ ok: false, error: { code: "unknown_call", detail: {} } });
    expect(JSON.parse(lines[0]!)).toMatchObject({ call: "unknown", code: "unknown_call" });
  });

  it("hands an AppError and a ProviderError on as code and facts", async () => {
    const errors = [
      new AppError("opted_out", SECRET, { detail: { since: "1" } }),
      new ProviderError("scope_missing", { detail: { scope: "messages:send" }, cause: new Error(SECRET) }),
    ];
    for (const error of errors) {
      const answer = await answerCall(
        handlersWith(() => Promise.reject(error)),
        "app.state",
        undefined,
        log,
      );
      expect(answer).toEqual({ ok: false, error: { code: error.code, detail: error.detail } });
    }
    expect(lines.join()).not.toContain(SECRET);
  });

  const throwing: ReadonlyArray<readonly [string, () => unknown]> = [
    ["an error", () => Promise.reject(new Error(SECRET))],
    [
      "a thrown error",
      () => {
        throw new TypeError(SECRET);
      },
    ],
    ["a text", () => Promise.reject(SECRET)],
    ["nothing", () => Promise.reject(undefined)],
    ["something that looks like ours", () => Promise.reject({ code: "opted_out", detail: { text: SECRET } })],
  ];
  it.each(throwing)("answers %s with `internal`, no text, and no text in the log", async (_name, handler) => {
    const answer = await answerCall(handlersWith(handler), "app.state", undefined, log);
    expect(answer).toEqual({ ok: false, error: { code: "internal", detail: {} } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain("canary");
  });

  it("never quotes an input that was refused", async () => {
    const input = { id: 1, credentials: { apiKey: SECRET }, extra: SECRET };
    const answer = await answerCall({} as Handlers, "accounts.replaceKey", input, log);
    expect(JSON.stringify([answer, lines])).not.toContain("canary");
  });
});

describe("createIpcHost", () => {
  const listener = () => electron.listeners.get(INVOKE_CHANNEL) as Listener;
  function contents(id: number) {
    const destroyed: Array<() => void> = [];
    const send = vi.fn();
    return {
      send,
      destroy: () => destroyed.forEach((run) => run()),
      as: { id, send, once: (_event: string, run: () => void) => destroyed.push(run) } as never,
    };
  }
  const eventFrom = ({ webContentsId, frame: from }: Sender) => ({
    sender: { id: webContentsId },
    senderFrame: from && { url: from.url, parent: from.isTop ? null : {} },
  });

  it("answers the window it trusts until that is gone", async () => {
    const host = createIpcHost({
      door: openIpcDoor(),
      handlers: handlersWith(() => callSamples["app.state"].output),
      log,
    });
    const own = contents(1);
    host.trust(own.as);
    expect(await listener()(eventFrom(OWN), "app.state", undefined)).toMatchObject({ ok: true });
    own.destroy();
    expect(await listener()(eventFrom(OWN), "app.state", undefined)).toEqual({
      ok: false,
      error: { code: "untrusted_sender", detail: {} },
    });
    host.push("inbox.changed", { conversationIds: null });
    expect(own.send).not.toHaveBeenCalled();
  });

  it.each(FORGED)("runs nothing for %s", async (_name, sender) => {
    const handler = vi.fn();
    const host = createIpcHost({ door: openIpcDoor(), handlers: handlersWith(handler), log });
    host.trust(contents(1).as);
    for (const name of ["app.state", "__proto__"]) {
      const answer = await listener()(eventFrom(sender), name, undefined);
      expect(answer).toEqual({ ok: false, error: { code: "untrusted_sender", detail: {} } });
    }
    expect(handler).not.toHaveBeenCalled();
  });

  it("pushes to every window it trusts, and only what the contract names", () => {
    const host = createIpcHost({ door: openIpcDoor(), handlers: {} as Handlers, log });
    const windows = [contents(1), contents(2)];
    for (const window of windows) host.trust(window.as);
    const leaky = pushSamples["accounts.changed"].map((account) => ({ ...account, apiKey: SECRET }));
    host.push("accounts.changed", leaky);
    for (const { send } of windows) {
      expect(send.mock.calls).toEqual([[PUSH_CHANNEL, "accounts.changed", pushSamples["accounts.changed"]]]);
    }
    expect(() => host.push("accounts.changed", "all of them" as never)).toThrow(/array/);
  });

  it("answers what was asked before it was there, in that order, and judges it the same", async () => {
    const door = openIpcDoor();
    const asked: string[] = [];
    const early = [
      listener()(eventFrom(OWN), "app.state", undefined),
      listener()(eventFrom({ ...OWN, webContentsId: 99 }), "app.state", undefined),
    ];
    const handlers = handlersWith(() => {
      asked.push("app.state");
      return callSamples["app.state"].output;
    });
    const answered: unknown[] = [];
    const host = createIpcHost({ door, handlers, log, onAnswered: (name) => answered.push(name) });
    host.trust(contents(1).as);
    const [own, foreign] = await Promise.all(early);
    expect(own).toMatchObject({ ok: true });
    expect(foreign).toEqual({ ok: false, error: { code: "untrusted_sender", detail: {} } });
    expect([asked, answered]).toEqual([["app.state"], ["app.state"]]);
  });

  it("listens on one channel for all calls", () => {
    createIpcHost({ door: openIpcDoor(), handlers: {} as Handlers, log });
    expect([...electron.listeners.keys()]).toEqual([INVOKE_CHANNEL]);
    expect(Object.keys(calls).length).toBeGreaterThan(20);
  });
});
