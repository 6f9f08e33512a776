/**
 * The Electron security checklist in the real app, as an unprivileged user with Chromium's sandbox on: what leaves for
 * the system's browser, what may be copied, and with which preferences the window really runs.
 */
import { seeded } from "../helpers/seeded.ts";
import { expect, test } from "./sandboxed.ts";

const LINKS = 10_000;
const BATCH = 500;

const PIECES =
  "https:// http:// mailto: HTTPS:// javascript: file:// data:text/html, vbscript: smb:// ms-msdt: threadkeep:// app:// blob: " +
  "intent: view-source: tel: // \\\\ @ : / a.test b@c.test user:pass@ %40 %0a ? # [::1] ' \" \u0000 \n \t \u202E";
const pieces = [...PIECES.split(" "), " "];

/** Half of them begin like something that may leave. */
function inventedLinks(): string[] {
  const random = seeded(20_261_121);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)]!;
  return Array.from({ length: LINKS }, () => {
    const first = random() < 0.5 ? pick(["https://a.test/", "http://a.test/", "mailto:b@c.test"]) : pick(pieces);
    return first + Array.from({ length: Math.floor(random() * 6) }, () => pick(pieces)).join("");
  });
}

test("of ten thousand links asked for over the bridge only web and mail addresses leave, written anew", async ({
  locked,
}) => {
  await locked.electron.evaluate(({ shell }) => {
    const handedOver: string[] = [];
    shell.openExternal = (url: string) => {
      handedOver.push(url);
      return Promise.resolve();
    };
    Object.assign(globalThis, { handedOver });
  });
  const links = inventedLinks();
  for (let at = 0; at < links.length; at += BATCH) {
    await locked.page.evaluate(
      (urls) => Promise.all(urls.map((url) => window.threadkeep.invoke("app.openLink", { url }))),
      links.slice(at, at + BATCH),
    );
  }
  const { handedOver } = await locked.electron.evaluate(() => globalThis as unknown as { handedOver: string[] });
  expect(handedOver.length).toBeGreaterThan(LINKS / 20);
  expect(handedOver.length).toBeLessThan(LINKS * 0.9);
  const wrong = handedOver.filter((text) => {
    const url = new URL(text);
    const mayLeave = ["https:", "http:", "mailto:"].includes(url.protocol);
    return !mayLeave || url.href !== text || url.username !== "" || url.password !== "" || /[\n\r\t\0]/.test(text);
  });
  expect(wrong).toEqual([]);
});

test("copying is the one thing the page may do, and it does it", async ({ locked }) => {
  await locked.electron.evaluate(({ BrowserWindow, clipboard }) => {
    clipboard.clear();
    BrowserWindow.getAllWindows()[0]?.focus();
  });
  await locked.page.bringToFront();
  await locked.page.evaluate(() => navigator.clipboard.writeText("(555) 010-2000"));
  expect(await locked.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe("(555) 010-2000");
});

test("the window runs with the preferences it was meant to have", async ({ locked }) => {
  const live = await locked.electron.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    return (webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
  });
  expect(live).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
  });
});
