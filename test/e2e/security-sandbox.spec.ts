/**
 * The Electron security checklist in the real app, run as an unprivileged user with Chromium's sandbox on.
 *
 * What the page can do is asked from inside the page: over the debugging protocol `eval` works in spite of the policy.
 * Things that must not be reached are counted where they would arrive: at a listening server, in main.
 */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright/test";
import type { AppDriver } from "./app-driver.ts";
import { createAppDriver } from "./app-driver.ts";
import { test as base, expect } from "./fixtures.ts";
import { createStage } from "./unprivileged.ts";

interface Sink {
  readonly url: string;
  readonly hits: string[];
}

/** One app for all of them: nothing here changes it. */
const test = base.extend<object, { locked: AppDriver; sink: Sink }>({
  locked: [
    async ({}, use) => {
      const stage = await createStage();
      const app = await createAppDriver(stage);
      try {
        const page = await app.start();
        await expect(page.getByRole("button", { name: "Connect an account" })).toBeVisible({ timeout: 20_000 });
        await use(app);
      } finally {
        await app.dispose();
        await stage.dispose();
      }
    },
    { scope: "worker" },
  ],
  sink: [
    async ({}, use) => {
      const hits: string[] = [];
      const server = createServer((request, response) => {
        hits.push(request.url ?? "");
        response.end("reached");
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, hits });
      server.closeAllConnections();
      server.close();
    },
    { scope: "worker" },
  ],
});

/** Runs `source` as a function body in a timer of the page, where the page's own policy holds, and waits for its answer. */
function fromInside<T>(page: Page, attempt: (argument: string) => T | Promise<T>, argument = ""): Promise<T | string> {
  return page.evaluate(
    ([source, given]) =>
      new Promise<T | string>((resolve) => {
        // The function is compiled here, by the protocol; it runs later, as the page.
        const compiled = eval(`(${source})`) as (argument: string) => T | Promise<T>;
        setTimeout(() => {
          Promise.resolve()
            .then(() => compiled(given!))
            .then(resolve, (error: unknown) => resolve(`blocked: ${error instanceof Error ? error.name : "error"}`));
        }, 0);
      }),
    [attempt.toString(), argument],
  );
}

const windowCount = (app: AppDriver) =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

test("every renderer is sandboxed: no switch against it, system calls filtered, no new privileges", async ({
  locked,
}) => {
  const { argv, metrics } = await locked.electron.evaluate(({ app }) => ({
    argv: process.argv,
    metrics: app.getAppMetrics().map(({ type, pid, sandboxed }) => ({ type, pid, sandboxed })),
  }));
  expect(argv.filter((argument) => /no-sandbox|disable-web-security|disable-setuid/.test(argument))).toEqual([]);
  const renderers = metrics.filter(({ type }) => type === "Tab");
  expect(renderers.length).toBeGreaterThan(0);
  for (const { pid, sandboxed } of renderers) {
    if (process.platform !== "linux") {
      expect(sandboxed).toBe(true);
      continue;
    }
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    if (process.getuid?.() === 0) expect(status).not.toMatch(/^Uid:\s+0\b/m);
  }
});

test("the page has no Node, two functions from main, and cannot reach into the preload", async ({
  locked: { page },
}) => {
  const seen = await fromInside(page, () => ({
    node: [
      "require",
      "process",
      "module",
      "exports",
      "Buffer",
      "global",
      "__dirname",
      "electron",
      "ipcRenderer",
    ].filter((name) => name in globalThis),
    bridge: Object.keys(window.threadkeep).toSorted(),
    canChange: (() => {
      try {
        Object.assign(window, { threadkeep: {} });
        return Object.keys(window.threadkeep).length === 0;
      } catch {
        return false;
      }
    })(),
  }));
  expect(seen).toEqual({ node: [], bridge: ["invoke", "subscribe"], canChange: false });

  // A poisoned page: the preload keeps its own objects.
  const answer = await fromInside(page, async () => {
    const stolen: string[] = [];
    const push = Array.prototype.push;
    const parse = JSON.parse;
    Array.prototype.push = function (this: unknown[], ...items: unknown[]) {
      for (const item of items)
        if (typeof item === "string" && item.startsWith("threadkeep:")) stolen[stolen.length] = item;
      return push.apply(this, items);
    };
    JSON.parse = () => ({ poisoned: true });
    try {
      const outcome = await window.threadkeep.invoke("app.state");
      return { ok: outcome.ok, stage: outcome.ok ? outcome.value.stage : "", stolen: stolen.length };
    } finally {
      Array.prototype.push = push;
      JSON.parse = parse;
    }
  });
  expect(answer).toEqual({ ok: true, stage: "ready", stolen: 0 });
});

test("the content policy and trusted types stop code and markup, from the page's own timer", async ({
  locked: { page },
}) => {
  // Written so that each answers "ran" when nothing stops it; the trap is shown last.
  const attempts: Record<string, () => unknown> = {
    eval: () => (0, eval)("'ran'"),
    Function: () => new Function("return 'ran'")() as unknown,
    timer: () =>
      new Promise((resolve) => {
        Object.assign(window, { ranInTimer: () => resolve("ran") });
        setTimeout("window.ranInTimer()", 0);
        setTimeout(() => resolve("blocked: silence"), 200);
      }),
    innerHTML: () => {
      document.createElement("div").innerHTML = "<b>x</b>";
      return "ran";
    },
    "inline script": () =>
      new Promise((resolve) => {
        const script = document.createElement("script");
        Object.assign(window, { ranInline: () => resolve("ran") });
        script.append("window.ranInline()");
        document.body.append(script);
        setTimeout(() => resolve("blocked: silence"), 200);
      }),
    "data script": () =>
      new Promise((resolve) => {
        const script = document.createElement("script");
        Object.assign(window, { ranData: () => resolve("ran") });
        script.addEventListener("error", () => resolve("blocked: error"));
        script.src = "data:text/javascript,window.ranData()";
        document.body.append(script);
      }),
    handler: () =>
      new Promise((resolve) => {
        const image = document.createElement("img");
        Object.assign(window, { ranHandler: () => resolve("ran") });
        image.setAttribute("onerror", "window.ranHandler()");
        image.src = "data:nothing";
        document.body.append(image);
        setTimeout(() => resolve("blocked: silence"), 200);
      }),
    policy: () => {
      // The type library does not know it yet.
      const { trustedTypes } = window as unknown as {
        trustedTypes: { createPolicy(name: string, rules: object): void };
      };
      trustedTypes.createPolicy("mine", { createHTML: (text: string) => text });
      return "ran";
    },
    parser: () => {
      new DOMParser().parseFromString("<b>x</b>", "text/html");
      return "ran";
    },
    worker: () =>
      new Promise((resolve) => {
        const worker = new Worker(URL.createObjectURL(new Blob(["postMessage('ran')"])));
        worker.addEventListener("message", () => resolve("ran"));
        worker.addEventListener("error", () => resolve("blocked: error"));
      }),
    "wasm code": async () => {
      await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
      return "ran";
    },
  };
  const answers: Record<string, unknown> = {};
  for (const [name, attempt] of Object.entries(attempts)) answers[name] = await fromInside(page, attempt);
  for (const [name, answer] of Object.entries(answers)) expect(`${name} ${String(answer)}`).toMatch(/ blocked: /);
  // And why all this goes through a timer: through the protocol the same words run.
  expect(await page.evaluate("eval(\"'ran'\")")).toBe("ran");
});

test("nothing in the page reaches the network", async ({ locked: { page }, sink }) => {
  await fetch(`${sink.url}counted`);
  expect(sink.hits).toEqual(["/counted"]);
  const outcomes = await fromInside(
    page,
    async (url) => {
      const element = (name: string, attributes: Record<string, string>) =>
        new Promise<string>((resolve) => {
          const made = document.createElement(name);
          made.addEventListener("load", () => resolve("loaded"));
          made.addEventListener("error", () => resolve("refused"));
          try {
            for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
          } catch {
            resolve("refused");
          }
          document.body.append(made);
          setTimeout(() => resolve("refused"), 300);
        });
      const call = async (start: () => Promise<unknown>) => {
        try {
          await start();
          return "loaded";
        } catch {
          return "refused";
        }
      };
      const socket = () =>
        new Promise<void>((resolve, reject) => {
          const made = new WebSocket(url.replace("http", "ws"));
          made.addEventListener("open", () => resolve());
          made.addEventListener("error", () => reject(new Error("refused")));
        });
      navigator.sendBeacon(`${url}beacon`, "x");
      return Promise.all([
        call(() => fetch(`${url}fetch`)),
        call(socket),
        element("img", { src: `${url}image` }),
        element("link", { rel: "stylesheet", href: `${url}style` }),
        element("link", { rel: "prefetch", href: `${url}prefetch` }),
        element("script", { src: `${url}script` }),
        element("video", { src: `${url}video` }),
        element("object", { data: `${url}object` }),
        element("embed", { src: `${url}embed` }),
        element("form", { action: `${url}form` }),
      ]);
    },
    sink.url,
  );
  expect(outcomes).toEqual(Array.from({ length: 10 }, () => "refused"));
  expect(sink.hits).toEqual(["/counted"]);
});

test("the page goes nowhere else and opens nothing: links, forms, frames, webviews, windows", async ({
  locked,
  sink,
}) => {
  const { page } = locked;
  const before = { url: page.url(), hits: sink.hits.length };
  await locked.electron.evaluate(({ shell, app }) => {
    const opened: string[] = [];
    shell.openExternal = (url: string) => {
      opened.push(url);
      return Promise.resolve();
    };
    const made: string[] = [];
    app.on("web-contents-created", (_event, contents) => made.push(contents.getType()));
    Object.assign(globalThis, { opened, made });
  });
  await fromInside(
    page,
    async (url) => {
      const targets = [url, `${url}x`, "https://evil.test/", "data:text/html,x", "file:///etc/passwd"];
      const ours = [
        "app://evil/",
        "app://threadkeep.evil.test/",
        "javascript:document.title='ran'",
        "blob:app://threadkeep/1",
      ];
      const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      for (const target of [...targets, ...ours]) {
        for (const where of ["", "_blank", "_top", "other"]) {
          const link = document.createElement("a");
          link.href = target;
          link.target = where;
          document.body.append(link);
          link.click();
          link.dispatchEvent(new MouseEvent("auxclick", { button: 1, bubbles: true }));
          link.remove();
        }
        window.open(target);
        window.open(target, "_self");
        const form = document.createElement("form");
        form.method = "post";
        form.action = target;
        document.body.append(form);
        form.submit();
        form.remove();
        const frame = document.createElement("iframe");
        frame.src = target;
        document.body.append(frame);
        const view = document.createElement("webview");
        view.setAttribute("src", target);
        document.body.append(view);
        await wait(10);
        frame.remove();
        view.remove();
      }
      await wait(300);
    },
    sink.url,
  );
  const { opened, made } = await locked.electron.evaluate(
    () => globalThis as unknown as { opened: string[]; made: string[] },
  );
  expect({ opened, made }).toEqual({ opened: [], made: [] });
  expect(page.url()).toBe(before.url);
  expect(await windowCount(locked)).toBe(1);
  expect(sink.hits.length).toBe(before.hits);
  expect(await page.evaluate(() => document.title)).toMatch(/^Threadkeep/);
  // The driver still waits for the last refused navigation: a reload of our own page ends that.
  await page.reload();
  await expect(page.getByRole("button", { name: "Connect an account" })).toBeVisible();

  // A blank page cannot be refused: the window does not stay there.
  await page.evaluate(() => void setTimeout(() => location.assign("about:blank"), 0));
  await page.waitForURL("about:blank");
  await page.waitForURL(before.url);
  await expect(page.getByRole("button", { name: "Connect an account" })).toBeVisible();
});

test("asking for a permission is answered with no", async ({ locked: { page } }) => {
  const answers = await fromInside(page, async () => {
    const query = async (name: string) => {
      try {
        return (await navigator.permissions.query({ name: name as PermissionName })).state;
      } catch {
        return "denied";
      }
    };
    const names = [
      "geolocation",
      "camera",
      "microphone",
      "notifications",
      "midi",
      "clipboard-read",
      "persistent-storage",
    ];
    const states = await Promise.all(names.map(query));
    const refused = async (ask: () => Promise<unknown>) => {
      try {
        await ask();
        return false;
      } catch {
        return true;
      }
    };
    const { usb } = navigator as unknown as { usb: { requestDevice(options: object): Promise<unknown> } };
    return {
      states: [...new Set(states)],
      notification: await Notification.requestPermission(),
      media: await refused(() => navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
      screen: await refused(() => navigator.mediaDevices.getDisplayMedia()),
      place: await refused(
        () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      ),
      clipboard: await refused(() => navigator.clipboard.readText()),
      devices: await refused(() => usb.requestDevice({ filters: [] })),
    };
  });
  expect(answers).toEqual({
    states: ["denied"],
    notification: "denied",
    media: true,
    screen: true,
    place: true,
    clipboard: true,
    devices: true,
  });
});

test("a call from anything but our own top frame is refused by the real host", async ({ locked }) => {
  const answers = await locked.electron.evaluate(async ({ ipcMain, BrowserWindow }) => {
    type Handler = (
      event: unknown,
      name: unknown,
      input?: unknown,
    ) => Promise<{ ok: boolean; error?: { code: string } }>;
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers;
    const handle = handlers.get("threadkeep:invoke")!;
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const own = { url: "app://threadkeep/", parent: null };
    const forged: Record<string, unknown> = {
      "no frame": { sender: webContents, senderFrame: null },
      "a frame inside": { sender: webContents, senderFrame: { ...own, parent: {} } },
      "a blank page": { sender: webContents, senderFrame: { ...own, url: "about:blank" } },
      "a web page": { sender: webContents, senderFrame: { ...own, url: "https://threadkeep/" } },
      "a look-alike": { sender: webContents, senderFrame: { ...own, url: "app://threadkeep.evil.test/" } },
      "a user name": { sender: webContents, senderFrame: { ...own, url: "app://threadkeep@evil.test/" } },
      "no address": { sender: webContents, senderFrame: { ...own, url: "" } },
      "another window": { sender: { id: webContents.id + 1_000 }, senderFrame: own },
    };
    const told: Record<string, string> = {};
    for (const [name, event] of Object.entries(forged)) {
      const answer = await handle(event, "app.state");
      told[name] = answer.ok ? "answered" : (answer.error?.code ?? "");
    }
    const genuine = await handle({ sender: webContents, senderFrame: own }, "app.state");
    // Electron has channels of its own, in capitals.
    const channels = [...handlers.keys()].filter((name) => !/^[A-Z_]+$/.test(name));
    return { channels, told, genuine: genuine.ok };
  });
  expect(answers.channels).toEqual(["threadkeep:invoke"]);
  expect(Object.keys(answers.told)).toHaveLength(8);
  expect([...new Set(Object.values(answers.told))]).toEqual(["untrusted_sender"]);
  // The forged ones fail for what is forged in them, not for being made by hand.
  expect(answers.genuine).toBe(true);
});

test("app:// serves the bundle and nothing beside it, with the policy on every answer", async ({ locked }) => {
  const answers = await locked.electron.evaluate(async ({ net }) => {
    const ask = async (url: string, method = "GET") => {
      try {
        const response = await net.fetch(url, { method });
        return [
          response.status,
          response.headers.get("content-security-policy"),
          response.headers.get("x-content-type-options"),
        ];
      } catch {
        return [0, null, null];
      }
    };
    const paths = [
      "..%2fmain%2fmain.js",
      "%2e%2e%2f%2e%2e%2fpackage.json",
      "../package.json",
      "%00",
      "assets",
      "C:%5cx.js",
    ];
    return {
      page: await ask("app://threadkeep/"),
      outside: await Promise.all(paths.map((path) => ask(`app://threadkeep/${path}`))),
      host: await ask("app://evil/index.html"),
      post: await ask("app://threadkeep/", "POST"),
    };
  });
  expect(answers.page[0]).toBe(200);
  expect(answers.page[1]).toContain("default-src 'none'");
  expect(answers.page[1]).toContain("require-trusted-types-for 'script'");
  expect(answers.page[2]).toBe("nosniff");
  for (const [status] of [...answers.outside, answers.host, answers.post]) expect([0, 404]).toContain(status);
});
