/** The first thing a person sees, and the form behind it. */
import { expect, expectNoAxeViolations, test } from "./fixtures.ts";
import { enter, focusName, tabTo } from "./keys.ts";

test("the first run offers two ways in", async ({ app }) => {
  const page = await app.start();
  await expect(page).toHaveTitle(/^Threadkeep/);
  await expect(page.getByRole("button", { name: "Connect an account" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Explore with sample data" })).toBeVisible();
  await expectNoAxeViolations(page);
});

test("the connect form asks for what AgentMessage needs", async ({ app }) => {
  const page = await app.start();
  await enter(page, "button", "Connect an account");
  const form = page.getByRole("dialog", { name: "Connect an account" });
  await expect(form.getByRole("combobox", { name: "Provider" })).toBeVisible();
  await expect(form.getByRole("textbox", { name: "API key", exact: true })).toBeEmpty();
  await expect(form.getByRole("textbox", { name: "API base URL" })).toHaveValue("https://api.agentmsg.io");
  await expect(form.getByRole("textbox", { name: "Account name" })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.keyboard.press("Escape");
  await expect(form).toBeHidden();
  await expect.poll(() => focusName(page)).toBe('button "Connect an account"');
});

test("the walk by Tab that the other tests stand on misses a button that Tab does not reach", async ({ app }) => {
  const page = await app.start();
  const sample = page.getByRole("button", { name: "Explore with sample data" });
  await expect(sample).toBeVisible();
  await tabTo(page, "button", "Explore with sample data");
  await expect(sample).toBeFocused();
  await tabTo(page, "button", "Connect an account", { key: "Shift+Tab" });
  await sample.evaluate((button) => button.setAttribute("tabindex", "-1"));
  const walk = tabTo(page, "button", "Explore with sample data", { most: 10 });
  await expect(walk).rejects.toThrow(/out of reach of 10 presses of Tab\. The focus went: button "Connect an account"/);
});

test("a button that is disabled under the keyboard keeps it where that is over at once, and hands it on otherwise", async ({
  app,
}) => {
  const page = await app.start();
  const sample = page.getByRole("button", { name: "Explore with sample data" });
  await tabTo(page, "button", "Explore with sample data");
  const disable = (isOver: boolean) =>
    sample.evaluate(async (button: HTMLButtonElement, isOverSoon) => {
      button.disabled = true;
      // The browser takes the focus away with the next drawing.
      while (document.activeElement === button) await new Promise(requestAnimationFrame);
      button.disabled = !isOverSoon;
    }, isOver);
  await disable(true);
  await expect(sample).toBeFocused();
  await disable(false);
  await expect.poll(() => focusName(page)).toBe('button "Connect an account"');
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
