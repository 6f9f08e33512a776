/**
 * The Electron security checklist in the real app, as an unprivileged user with Chromium's sandbox on: where the page
 * may go, what it may ask for, and who is listened to.
 */
import type { AppDriver } from "./app-driver.ts";
import { expect, fromInside, test } from "./sandboxed.ts";

const windowCount = (app: AppDriver) =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

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
