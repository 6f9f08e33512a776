/**
 * The Electron security checklist in the real app, as an unprivileged user with Chromium's sandbox on: what the page
 * is.
 *
 * What the page can do is asked from inside the page: over the debugging protocol `eval` works in spite of the policy.
 * Requests are counted where they would arrive.
 */
import { readFile } from "node:fs/promises";
import { expect, fromInside, test } from "./sandboxed.ts";

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
