/** The first thing a person sees, and the form behind it. */
import { expect, expectNoAxeViolations, test } from "./fixtures.ts";

test("the first run offers two ways in", async ({ app }) => {
  const page = await app.start();
  await expect(page).toHaveTitle(/^Threadkeep/);
  await expect(page.getByRole("button", { name: "Connect an account" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Explore with sample data" })).toBeVisible();
  await expectNoAxeViolations(page);
});

test("the connect form asks for what AgentMessage needs", async ({ app }) => {
  const page = await app.start();
  await page.getByRole("button", { name: "Connect an account" }).click();
  const form = page.getByRole("dialog", { name: "Connect an account" });
  await expect(form.getByRole("combobox", { name: "Provider" })).toBeVisible();
  await expect(form.getByRole("textbox", { name: "API key", exact: true })).toBeEmpty();
  await expect(form.getByRole("textbox", { name: "API base URL" })).toHaveValue("https://api.agentmsg.io");
  await expect(form.getByRole("textbox", { name: "Account name" })).toBeVisible();
  await expectNoAxeViolations(page);
});

test("the page has neither Node nor a way out", async ({ app, server }) => {
  const page = await app.start();
  expect(page.url()).toMatch(/^app:\/\/threadkeep\//);
  const found = await page.evaluate(() =>
    ["require", "process", "module", "Buffer", "global"].filter((name) => name in globalThis),
  );
  expect(found).toEqual([]);
  const outcomes = await page.evaluate(async (url) => {
    const image = new Promise<string>((resolve) => {
      const element = new Image();
      element.addEventListener("load", () => resolve("image loaded"));
      element.addEventListener("error", () => resolve("image refused"));
      element.src = `${url}/image`;
    });
    const answer = fetch(`${url}/fetch`, { mode: "no-cors" }).then(
      () => "fetch answered",
      () => "fetch refused",
    );
    return Promise.all([image, answer]);
  }, server.baseUrl);
  expect(outcomes).toEqual(["image refused", "fetch refused"]);
  // The server is the witness: a blocked request never reaches it.
  expect(server.log).toEqual([]);
});
