/**
 * Ten thousand hostile texts in the real window: none becomes more than text.
 *
 * All of them go through the app's own message bubbles on a page that the real main process serves under the real
 * policy, as an unprivileged user with the sandbox on; a few hundred also go the whole way through provider and sync.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildHostilePage } from "../harness/build-hostile.ts";
import { hostileTexts } from "../helpers/hostile-texts.ts";
import { startAgentMessageServer } from "../servers/agentmessage.ts";
import { createAppDriver } from "./app-driver.ts";
import { conversations, expect, messages, submitConnectForm, syncStatus, test } from "./fixtures.ts";
import { createStage } from "./unprivileged.ts";

const TEXTS = 10_000;
const BATCH = 500;
const ALLOWED = new Set(["https:", "http:", "mailto:", "tel:"]);

async function startSink() {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url ?? "");
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    hits,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const ran = () => "hostileRan" in window;

test("10,000 hostile texts: no script runs, nothing is fetched, no element is made, no other scheme is opened", async () => {
  test.setTimeout(120_000); // against a hang on a busy machine; it takes about ten seconds
  const sink = await startSink();
  const stage = await createStage({ rendererDir: await buildHostilePage() });
  const app = await createAppDriver(stage);
  try {
    const page = await app.start();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    // Not waitForFunction: between its looks it needs eval, which the policy refuses.
    await expect.poll(() => page.evaluate(() => "judge" in window)).toBe(true);
    const texts = hostileTexts(TEXTS, sink.url);
    expect(new Set(texts).size).toBe(TEXTS);
    let articles = 0;
    let links = 0;
    const foreign = new Set<string>();
    const schemes = new Set<string>();
    for (let at = 0; at < TEXTS; at += BATCH) {
      const judged = await page.evaluate((batch) => window.judge(batch, false), texts.slice(at, at + BATCH));
      articles += judged.articles;
      links += judged.links;
      for (const name of judged.foreign) foreign.add(name);
      for (const scheme of judged.schemes) schemes.add(scheme);
    }
    expect(articles).toBe(TEXTS);
    expect(links).toBeGreaterThan(1_000);
    expect([...foreign]).toEqual([]);
    expect([...schemes].filter((scheme) => !ALLOWED.has(scheme))).toEqual([]);
    expect(schemes.size).toBeGreaterThan(1);
    expect(await page.evaluate(ran)).toBe(false);
    expect(errors).toEqual([]);

    // Careless code is seen by the same eyes, and stopped by the policy all the same.
    const careless = await page.evaluate((batch) => window.judge(batch, true), texts.slice(0, BATCH));
    expect(careless.foreign).toEqual(expect.arrayContaining(["img", "a"]));
    expect(careless.schemes.filter((scheme) => !ALLOWED.has(scheme)).length).toBeGreaterThan(0);
    expect(await page.evaluate(ran)).toBe(false);
    expect(sink.hits).toEqual([]);
    await fetch(`${sink.url}counted`);
    expect(sink.hits).toEqual(["/counted"]);
  } finally {
    await app.dispose();
    await stage.dispose();
    sink.stop();
  }
});

test("hostile texts and names that come from a provider stay text in list, thread and search", async ({ app }) => {
  const sink = await startSink();
  const texts = hostileTexts(180, sink.url, 7).map((text) => text.slice(0, 1_200));
  const server = await startAgentMessageServer({
    apiKey: "am_live_hostile_0123456789abcdef",
    conversations: 6,
    messages: () => 30,
    bodyOf: (index, message) => `heron ${texts[index * 30 + message]!}`,
    consentOf: () => "in",
  });
  try {
    const page = await app.start();
    await submitConnectForm(page, {
      baseUrl: server.baseUrl,
      apiKey: server.apiKey,
      name: `<img src=x onerror="window.hostileRan=1">`,
    });
    await expect(conversations(page).getByRole("option")).toHaveCount(6);
    await expect(syncStatus(page)).toContainText("Up to date");
    for (let index = 0; index < 6; index += 1) {
      await conversations(page).getByRole("option").nth(index).click();
      await expect(messages(page).first()).toBeVisible();
      await page.getByRole("log", { name: "Messages" }).press("Home");
      await expect(messages(page).first()).toBeVisible();
    }
    await page.getByRole("searchbox", { name: "Search" }).fill("heron");
    await expect(page.getByRole("listbox", { name: "Search results" }).getByRole("option").first()).toBeVisible();
    const foreign = await page.evaluate(() =>
      [...document.querySelectorAll("script,iframe,img,object,embed,base,form[action],style,link,webview,a[href]")]
        .filter((element) => element.closest("#root") !== null)
        .map((element) => element.outerHTML.slice(0, 100)),
    );
    expect(foreign).toEqual([]);
    expect(await page.evaluate(ran)).toBe(false);
    expect(sink.hits).toEqual([]);
  } finally {
    await server.stop();
    sink.stop();
  }
});
