/** Pictures: fetched when asked for and not before, there without a network, gone with their message. */
import { randomBytes } from "node:crypto";
import type { Locator, Page } from "playwright/test";
import { pngWith } from "../helpers/pictures.ts";
import { serve } from "../integration/providers/local-server.ts";
import type { LocalServer } from "../integration/providers/local-server.ts";
import { connect, expect, expectNoAxeViolations, messages, syncStatus, test } from "./fixtures.ts";
import type { Server } from "./fixtures.ts";
import { command, enter } from "./keys.ts";
import { scanForSecret } from "./secret-scan.ts";
import { READABLE, lastTextOf, messagesOf } from "./world.ts";

const TEXT = "Look at this";

/** A host that sends its visitors on to another one, which has the picture. */
async function servePicture(canary: string): Promise<{ first: LocalServer; second: LocalServer }> {
  const second = await serve(
    (response) => void response.writeHead(200, { "Content-Type": "text/html" }).end(pngWith(canary)),
  );
  const first = await serve((response) => void response.writeHead(302, { Location: `${second.url}/real.png` }).end());
  return { first, second };
}

async function receive(page: Page, server: Server, url: string): Promise<void> {
  await connect(page, server);
  server.receive(READABLE, TEXT, { mediaUrls: [url] });
  await command(page, "sync now");
  await enter(page, "option", new RegExp(TEXT));
  await expect(messages(page).last()).toHaveAccessibleName(new RegExp(TEXT));
}

const thumbnail = (page: Page): Locator => page.getByRole("button", { name: /^Open Picture from/ });
const widthOf = (image: Locator) => image.evaluate((element) => (element as HTMLImageElement).naturalWidth);

test("a picture is fetched on request, looked at, and still there with no network", async ({ app, server }) => {
  const canary = randomBytes(24).toString("hex");
  const { first, second } = await servePicture(canary);
  const page = await app.start();
  await receive(page, server, `${first.url}/photo.png`);

  const show = page.getByRole("button", { name: "Show picture: photo.png" });
  await expect(show).toBeVisible();
  expect([first.seen.length, second.seen.length]).toEqual([0, 0]);
  await enter(page, "button", "Show picture: photo.png");
  await expect(thumbnail(page)).toBeVisible();
  await expect.poll(() => widthOf(thumbnail(page).getByRole("img"))).toBeGreaterThan(0);
  for (const { headers } of [...first.seen, ...second.seen]) {
    expect(JSON.stringify(headers)).not.toContain(server.apiKey);
    expect(headers.authorization).toBeUndefined();
  }
  expect([first.seen.length, second.seen.length]).toEqual([1, 1]);

  await enter(page, "button", /^Open Picture from/);
  const viewer = page.getByRole("dialog", { name: "Picture viewer" });
  await expect(viewer.getByRole("img", { name: /^Picture from/ })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.keyboard.press("Escape");
  await expect(viewer).toBeHidden();
  await expect(thumbnail(page)).toBeFocused();

  await server.stop();
  await first[Symbol.asyncDispose]();
  await second[Symbol.asyncDispose]();
  const again = await app.restart();
  await enter(again, "option", new RegExp(TEXT));
  await expect(thumbnail(again)).toBeVisible();
  await expect.poll(() => widthOf(thumbnail(again).getByRole("img"))).toBeGreaterThan(0);
  await expect(syncStatus(again)).not.toContainText("Up to date");

  await app.close();
  expect(await scanForSecret(app.dataDir, canary)).toEqual([]);
});

test("a picture goes with its message, from the viewer too, and nothing of it lies on disk", async ({
  app,
  server,
}) => {
  const canary = randomBytes(24).toString("hex");
  const { first, second } = await servePicture(canary);
  const page = await app.start();
  await receive(page, server, `${first.url}/photo.png`);
  await page.getByRole("button", { name: "Show picture: photo.png" }).click();
  await thumbnail(page).click();
  const viewer = page.getByRole("dialog", { name: "Picture viewer" });
  const address = await viewer
    .getByRole("img", { name: /^Picture from/ })
    .evaluate((element) => (element as HTMLImageElement).src);

  server.redactMessage(READABLE, messagesOf(READABLE));
  // No button is in reach behind the viewer: the open thread is looked at by itself.
  await expect(viewer).toBeHidden({ timeout: 60_000 });
  await expect(messages(page).last()).toContainText(/^Redacted/);
  await expect(thumbnail(page)).toHaveCount(0);
  // What the provider still has came back after the re-check.
  await expect(messages(page).filter({ hasText: lastTextOf(READABLE) })).toHaveCount(1);
  // A page keeps what it has drawn in its memory for as long as it lives: a new one gets no more of it.
  await page.reload();
  const answers = await page.evaluate(
    (url) =>
      new Promise<string>((resolve) => {
        const image = new Image();
        image.addEventListener("load", () => resolve("drawn"));
        image.addEventListener("error", () => resolve("refused"));
        image.src = url;
      }),
    address,
  );
  expect(answers).toBe("refused");
  await app.close();
  expect(await scanForSecret(app.dataDir, canary)).toEqual([]);
  await first[Symbol.asyncDispose]();
  await second[Symbol.asyncDispose]();
});
