/** The IPC contract, call by call: bad inputs never reach a handler, unknown fields never leave one. */
import { describe, expect, it } from "vitest";
import { answerCall } from "../../../../electron/app/ipc-border.ts";
import { createHandlers } from "../../../../electron/ipc/handlers.ts";
import type { Services } from "../../../../electron/ipc/services.ts";
import { createLog } from "../../../../electron/log.ts";
import { CAPABILITIES } from "../../../../shared/capabilities.ts";
import { AppError } from "../../../../shared/errors.ts";
import { calls, pushes } from "../../../../shared/ipc.ts";
import type { CallName, Handlers } from "../../../../shared/ipc.ts";
import { callSamples, pushSamples } from "./contract-samples.ts";

const names = Object.keys(calls) as CallName[];
const quiet = createLog(
  () => {},
  () => 0,
);
const CANARY = "am_live_canary";

/** Handlers of which only one may be called. */
function onlyHandler(name: CallName, handle: (input: unknown) => unknown): Handlers {
  const refuse = () => {
    throw new Error("another handler was called");
  };
  return { ...Object.fromEntries(names.map((other) => [other, refuse])), [name]: handle } as unknown as Handlers;
}

/** The value with one more field in every object, at every depth; an error's facts are free-form texts by design. */
function withKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, key === "detail" ? inner : withKeys(inner)] as const,
  );
  return { ...Object.fromEntries(entries), apiKey: CANARY };
}

/** Inputs that are wrong for a call whose good one is `good`. */
function badInputs(good: unknown): unknown[] {
  const shapes: unknown[] = [null, 0, 1, true, "", "x", [], [good], () => {}, Symbol("x"), new Map(), 1n];
  if (typeof good !== "object" || good === null) return [...shapes, {}, { id: 1 }];
  const wrongValues = [undefined, -1, 0, 1.5, Number.NaN, {}, [], true, "x".repeat(30_000), Object.create(null)];
  const fields = Object.entries(good);
  const missing = fields.map(([name]) => Object.fromEntries(fields.filter(([other]) => other !== name)));
  // A value of the same kind may be legal, so a field's own kind is left out; null and text are looked at below.
  const wrong = fields.flatMap(([name, value]) =>
    wrongValues
      .filter((candidate) => !(name === "offset" && candidate === 0))
      .filter((candidate) => !(name === "credentials" && isEmptyObject(candidate)))
      .filter((candidate) => !(name === "templates" && Array.isArray(candidate)))
      .filter((candidate) => typeof candidate !== typeof value || !isPlainText(value, candidate))
      .map((candidate) => ({ ...good, [name]: candidate })),
  );
  return [undefined, ...shapes, {}, ...missing, ...wrong, { ...good, extra: 1 }, { ...good, constructor: 1 }];
}

const isEmptyObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const isPlainText = (value: unknown, candidate: unknown) =>
  typeof value === "string" && typeof candidate === "string" && candidate.length < 80;

describe("every call", () => {
  it("has a sample", () => {
    expect(Object.keys(callSamples).toSorted()).toEqual(names.toSorted());
    expect(Object.keys(pushSamples).toSorted()).toEqual(Object.keys(pushes).toSorted());
  });

  it.each(names)("%s takes its sample to its handler, parsed, and answers with its sample", async (name) => {
    const { input, output } = callSamples[name];
    const seen: unknown[] = [];
    const handlers = onlyHandler(name, async (parsed) => {
      seen.push(parsed);
      return output;
    });
    expect(await answerCall(handlers, name, input, quiet)).toEqual({ ok: true, value: output });
    expect(seen).toEqual([input]);
  });

  it.each(names)("%s refuses bad input before its handler", async (name) => {
    const inputs = badInputs(callSamples[name].input);
    let handled = 0;
    const handlers = onlyHandler(name, () => (handled += 1));
    for (const [index, input] of inputs.entries()) {
      const answer = await answerCall(handlers, name, input, quiet);
      expect(answer, `bad input ${index}`).toEqual({ ok: false, error: { code: "bad_input", detail: {} } });
    }
    expect(handled).toBe(0);
    expect(inputs.length).toBeGreaterThan(12);
  });

  it.each(names)("%s lets out no field the contract does not name, at any depth", async (name) => {
    const { input, output } = callSamples[name];
    const leaky = withKeys(output);
    const answer = await answerCall(
      onlyHandler(name, () => leaky),
      name,
      input,
      quiet,
    );
    expect(answer).toEqual({ ok: true, value: output });
    expect((JSON.stringify(leaky) ?? "").includes(CANARY)).toBe(typeof output === "object");
  });

  it.each(names)("%s answers with `internal` and no text when its handler gives something else", async (name) => {
    const wrong = callSamples[name].output === undefined ? { apiKey: CANARY } : undefined;
    const answer = await answerCall(
      onlyHandler(name, () => wrong),
      name,
      callSamples[name].input,
      quiet,
    );
    expect(answer).toEqual({ ok: false, error: { code: "internal", detail: {} } });
  });

  it.each(names)("%s has a handler whose answer the contract takes", async (name) => {
    const { input, output } = callSamples[name];
    const answer = await answerCall(createHandlers(fakeServices()), name, input, quiet);
    expect(answer).toEqual({ ok: true, value: output });
  });
});

describe("inputs at their edges", () => {
  it("reach the handler as the contract reads them, not as they came", async () => {
    const seen: unknown[] = [];
    const handlers = onlyHandler("accounts.rename", (input) => {
      seen.push(input);
      return callSamples["accounts.rename"].output;
    });
    await answerCall(handlers, "accounts.rename", { id: 1, name: "  Desk " }, quiet);
    expect(seen).toEqual([{ id: 1, name: "Desk" }]);
  });

  const accepts = async (name: CallName, input: unknown) =>
    (
      await answerCall(
        onlyHandler(name, () => callSamples[name].output),
        name,
        input,
        quiet,
      )
    ).ok;
  const anything = { view: "all", accountId: null, numberId: null };
  const CASES: ReadonlyArray<readonly [CallName, unknown, boolean]> = [
    ["outbox.send", { ...callSamples["outbox.send"].input, key: "not-a-uuid" }, false],
    ["outbox.send", { ...callSamples["outbox.send"].input, text: "" }, false],
    ["outbox.send", { ...callSamples["outbox.send"].input, text: "x".repeat(20_000) }, true],
    ["outbox.send", { ...callSamples["outbox.send"].input, text: "x".repeat(20_001) }, false],
    ["accounts.connect", { ...callSamples["accounts.connect"].input, provider: "carrier-pigeon" }, false],
    ["accounts.connect", { ...callSamples["accounts.connect"].input, credentials: { apiKey: 5 } }, false],
    ["accounts.connect", { ...callSamples["accounts.connect"].input, name: "x".repeat(81) }, false],
    ["accounts.rename", { id: 1, name: "   " }, false],
    ["conversations.window", { ...anything, offset: 0, limit: 201, keepId: null }, false],
    ["conversations.window", { ...anything, accountId: 1, offset: 0, limit: 200, keepId: null }, true],
    ["conversations.window", { ...anything, view: "archive", offset: 0, limit: 1, keepId: null }, false],
    ["conversations.ids", { ...anything, offset: 0, limit: 10_001 }, false],
    ["triage.apply", { ids: [], action: { kind: "done" } }, false],
    ["triage.apply", { ids: [2], action: { kind: "snooze" } }, false],
    ["triage.apply", { ids: [2], action: { kind: "done", until: 1 } }, false],
    ["contacts.rename", { id: 2, name: "  " }, false],
    ["conversations.open", { id: null }, true],
    ["thread.page", { conversationId: 2, before: { createdAt: 1, id: 2, extra: 1 }, limit: 1 }, true],
    ["search.messages", { query: "x".repeat(201), limit: 1 }, false],
    ["app.openLink", { url: "x".repeat(2_049) }, false],
    ["app.state", null, false],
  ];
  it.each(CASES.map((row) => [...row] as const))("%s %j: %s", async (name, input, isGood) => {
    expect(await accepts(name, input)).toBe(isGood);
  });
});

describe("handlers", () => {
  it("say so when a link may not leave the app", async () => {
    const services = fakeServices();
    const handlers = createHandlers({ ...services, app: { ...services.app, openLink: async () => false } });
    const answer = await answerCall(handlers, "app.openLink", { url: "file:///etc/passwd" }, quiet);
    expect(answer).toEqual({ ok: false, error: { code: "bad_input", detail: { field: "url" } } });
  });

  it("answer `not_ready` while there is no inbox, but for the app's own calls", async () => {
    const handlers = createHandlers({
      ...fakeServices(),
      inbox: () => {
        throw new AppError("not_ready");
      },
    });
    const ready: string[] = [];
    const codes = new Set<string>();
    for (const name of names) {
      const answer = await answerCall(handlers, name, callSamples[name].input, quiet);
      if (answer.ok) ready.push(name);
      else codes.add(answer.error.code);
    }
    expect([...codes]).toEqual(["not_ready"]);
    expect(ready.toSorted()).toEqual([
      "about.get",
      "about.notices",
      "app.dismissSetAside",
      "app.language",
      "app.openLink",
      "app.retryVault",
      "app.setLanguage",
      "app.state",
      "app.takeNavigation",
      "app.useSessionOnly",
      "contacts.importCancel",
      "lock.now",
      "lock.reset",
      "lock.setPin",
      "lock.state",
      "lock.touchId",
      "lock.unlock",
      "providers.list",
      "support.report",
      "support.save",
      "updates.check",
      "updates.restart",
    ]);
  });

  it("dispatch a reply only when it is on disk, and tell the window", async () => {
    const events: string[] = [];
    const handlers = createHandlers(fakeServices({ events }));
    await answerCall(handlers, "outbox.send", callSamples["outbox.send"].input, quiet);
    expect(events).toEqual(["outbox.enqueue", "changed 2", "dispatch"]);
    events.length = 0;
    const failing = createHandlers(fakeServices({ events, failing: "outbox.enqueue" }));
    const answer = await answerCall(failing, "outbox.send", callSamples["outbox.send"].input, quiet);
    expect(answer).toMatchObject({ ok: false, error: { code: "disk_full" } });
    expect(events).toEqual(["outbox.enqueue"]);
  });

  it("report every conversation a decision touched, and look at the snoozes again", async () => {
    const events: string[] = [];
    const handlers = createHandlers(fakeServices({ events }));
    await answerCall(handlers, "triage.apply", callSamples["triage.apply"].input, quiet);
    await answerCall(handlers, "triage.undo", callSamples["triage.undo"].input, quiet);
    await answerCall(handlers, "contacts.rename", callSamples["contacts.rename"].input, quiet);
    expect(events.join(", ")).toBe(
      "triage.apply, changed 2, check snoozes, triage.undo, changed 2, check snoozes, contacts.rename, changed 2",
    );
  });
});

/** Services that answer with the samples, over a database that is a table of them. */
function fakeServices({ events = [], failing }: { events?: string[]; failing?: string } = {}): Services {
  const sample = <N extends CallName>(name: N) => callSamples[name].output;
  const { conversationId } = callSamples["outbox.send"].input;
  const rows: Record<string, unknown> = {
    "conversations.markRead": true,
    "drafts.save": undefined,
    "conversations.unreadSince": sample("conversations.open"),
    "thread.ask": undefined,
    "contacts.importApply": { ...sample("contacts.importApply"), changed: [conversationId] },
    "contacts.importUndo": { ...sample("contacts.importUndo"), changed: [conversationId] },
    "settings.set": undefined,
    "consent.decide": [conversationId],
    "consent.undo": [conversationId],
    "outbox.enqueue": sample("outbox.send"),
    "outbox.retry": { conversationId },
    "outbox.discard": { conversationId, ...sample("outbox.discard") },
    "triage.undo": [conversationId],
    "attachments.room": { rules: CAPABILITIES.highlevel.files, held: 0 },
    "attachments.add": sample("attachments.list")[0],
    "attachments.remove": [conversationId],
    "contacts.rename": { conversation: sample("contacts.rename"), changed: [conversationId] },
  };
  const db = {
    open: () => Promise.reject(new Error("open already")),
    close: () => Promise.resolve(),
    async call(name: string, input: { key?: string }) {
      events.push(name);
      if (name === "settings.find")
        return input.key === "recent-commands" ? sample("app.recentCommands").ids : sample("templates.list");
      if (name === failing) throw new AppError("disk_full");
      if (Object.hasOwn(rows, name)) return rows[name];
      return sample(name as CallName);
    },
  } as unknown as ReturnType<Services["inbox"]>["db"];
  const answer =
    <N extends CallName>(name: N) =>
    async () =>
      sample(name);
  return {
    app: {
      state: () => sample("app.state"),
      useSessionOnly: answer("app.useSessionOnly"),
      retryVault: answer("app.retryVault"),
      dismissSetAside: () => {},
      openLink: async () => true,
    },
    attachmentFiles: {
      choose: async () => ["/home/person/a.txt"],
      read: async () => new Uint8Array([104, 105]),
      nameOf: () => "a.txt",
      look: async () => ({ type: "txt", name: "a.txt" }),
      mimeOf: () => "text/plain",
    },
    contactFile: {
      pick: async () => ({ fileName: "a.csv", bytes: new Uint8Array(1) }),
      current: () => ({ fileName: "a.csv", bytes: new Uint8Array(1) }),
      drop: () => {},
    },
    language: { view: () => sample("app.language"), choose: () => sample("app.setLanguage") },
    lock: {
      state: () => sample("lock.state"),
      lock: () => void events.push("lock"),
      unlock: answer("lock.unlock"),
      unlockWithTouchId: answer("lock.touchId"),
      setPin: answer("lock.setPin"),
      reset: answer("lock.reset"),
    },
    about: {
      about: () => sample("about.get"),
      notices: answer("about.notices"),
      updates: { check: answer("updates.check"), restart: answer("updates.restart"), typed: () => {} },
    },
    support: { report: answer("support.report"), save: answer("support.save") },
    providerForms: () => sample("providers.list"),
    takeNavigation: () => sample("app.takeNavigation"),
    inbox: () => ({
      db,
      settings: { get: () => sample("settings.get"), save: answer("settings.save") },
      accounts: {
        list: answer("accounts.list"),
        connect: answer("accounts.connect"),
        connectSample: answer("accounts.connectSample"),
        rename: answer("accounts.rename"),
        replaceKey: answer("accounts.replaceKey"),
        disconnect: async () => {},
      },
      storage: {
        report: answer("storage.report"),
        recheck: async () => {},
        rebuild: async () => {},
        setRetention: async () => {},
      },
      sync: { status: () => sample("sync.status"), now: () => {}, open: async () => {}, tellRead: async () => {} },
      media: { load: async () => "held", cancel: () => {}, save: async () => true },
      dispatch: () => void events.push("dispatch"),
      checkSnoozes: () => void events.push("check snoozes"),
      changed: (id) => void events.push(`changed ${id}`),
      forgotten: () => undefined,
      now: () => 0,
    }),
  };
}
