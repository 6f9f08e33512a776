/** Connecting an account: a wrong key is told and leaves nothing behind, a right one fills the inbox. */
import type { Page } from "playwright/test";
import { conversation, expect, expectNoAxeViolations, submitConnectForm, syncStatus, test } from "./fixtures.ts";
import { choose, enter, focusName, typeInto } from "./keys.ts";
import { startAgentMessageServer } from "../servers/agentmessage.ts";
import { READABLE, lastTextOf } from "./world.ts";

/** As `submitConnectForm`, by keys alone. */
async function submitByKeys(page: Page, account: { baseUrl: string; apiKey: string; name: string }): Promise<void> {
  const within = page.getByRole("dialog", { name: "Connect an account" });
  if (!(await within.isVisible())) await enter(page, "button", "Connect an account");
  await within.waitFor();
  await typeInto(page, "API key", account.apiKey, { within });
  await typeInto(page, "API base URL", account.baseUrl, { within });
  await typeInto(page, "Account name", account.name, { within });
  await enter(page, "button", "Connect", { within });
}

test("by keys alone: a wrong key is refused in plain words, then the right one connects", async ({ app, server }) => {
  const page = await app.start();
  const account = { baseUrl: server.baseUrl, name: "Front desk" };
  await enter(page, "button", "Connect an account");
  await page.getByRole("dialog", { name: "Connect an account" }).waitFor();
  await choose(page, "Provider", "Twilio");
  await expect(page.getByRole("textbox", { name: "Account SID" })).toBeVisible();
  await choose(page, "Provider", "AgentMessage");
  await submitByKeys(page, { ...account, apiKey: "am_live_this_key_is_wrong" });
  const alert = page.getByRole("alert").filter({ hasText: /key/i });
  await expect(alert).toBeVisible();
  await expect(alert).not.toContainText("am_live_this_key_is_wrong");
  await expectNoAxeViolations(page);

  await submitByKeys(page, { ...account, apiKey: server.apiKey });
  await expect(conversation(page, lastTextOf(READABLE))).toBeVisible();
  // The form went with the screen that had opened it: the keyboard goes on in the list.
  await expect.poll(() => focusName(page)).toMatch(/^(option|listbox)/);
  await expect(syncStatus(page)).toContainText("Up to date");
});

test("a refused key leaves no account behind", async ({ app, server }) => {
  const page = await app.start();
  await submitConnectForm(page, { baseUrl: server.baseUrl, apiKey: "am_live_this_key_is_wrong", name: "Nobody" });
  await expect(page.getByRole("alert")).toBeVisible();
  const again = await app.restart();
  await expect(again.getByRole("button", { name: "Explore with sample data" })).toBeVisible();
});

test("a server that is not there is told as such", async ({ app, server }) => {
  const page = await app.start();
  await server.stop();
  await submitConnectForm(page, { baseUrl: server.baseUrl, apiKey: server.apiKey, name: "Nobody" });
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("alert")).not.toContainText(/ECONNREFUSED|fetch failed|undefined/);
});

test("a key without the needed permission is told which one", async ({ app, server }) => {
  server.setKeyScopes(["messages:read"]);
  const page = await app.start();
  await submitConnectForm(page, { baseUrl: server.baseUrl, apiKey: server.apiKey, name: "Nobody" });
  await expect(page.getByRole("alert")).toContainText("conversations:read");
});

test("a web page instead of an API is told as such", async ({ app, server }) => {
  server.fault("any", { kind: "html" });
  const page = await app.start();
  await submitConnectForm(page, { baseUrl: server.baseUrl, apiKey: server.apiKey, name: "Nobody" });
  await expect(page.getByRole("alert")).toContainText(/address|URL/i);
});

test("the key is gone from the page once it is submitted", async ({ app, server }) => {
  const page = await app.start();
  await submitConnectForm(page, { baseUrl: server.baseUrl, apiKey: server.apiKey, name: "Front desk" });
  await expect(conversation(page, lastTextOf(READABLE))).toBeVisible();
  const traces = await page.evaluate((key) => {
    const typed = [...document.querySelectorAll("input")].map((input) => input.value);
    return [document.documentElement.outerHTML, ...typed].filter((text) => text.includes(key)).length;
  }, server.apiKey);
  expect(traces).toBe(0);
});

test("a certificate nobody trusts is told as such", async ({ app }) => {
  const untrusted = await startAgentMessageServer({ tls: true });
  try {
    const page = await app.start();
    await submitConnectForm(page, { baseUrl: untrusted.baseUrl, apiKey: untrusted.apiKey, name: "Nobody" });
    await expect(page.getByRole("alert")).toContainText(/certificate/i);
    // The key must not have left: the connection ended before any request.
    expect(untrusted.log).toEqual([]);
  } finally {
    await untrusted.stop();
  }
});
