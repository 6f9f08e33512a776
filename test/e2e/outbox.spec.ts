/** The outbox view: what could not go is found there, and is taken back or given up on purpose. */
import { connect, expect, expectNoAxeViolations, test } from "./fixtures.ts";
import { enter, expectFocus, focusName, pressTwo, typeInto, undo } from "./keys.ts";
import { READABLE, lastTextOf } from "./world.ts";

const SECOND = "Second curlew.";
const REPLY = "The curlew is ready at four.";

test("a refused reply stands in the outbox, can be discarded and taken back, and edited", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  server.fault("send", { kind: "status", status: 453, code: "CONSENT_REQUIRED" });
  await enter(page, "option", new RegExp(lastTextOf(READABLE)));
  await typeInto(page, "Message", REPLY);
  await enter(page, "button", "Send");
  await expect.poll(() => focusName(page)).toBe('textbox "Message"');

  await page.getByRole("button", { name: /^Outbox, 1/ }).waitFor();
  await enter(page, "button", /^Outbox, 1/);
  const outbox = page.getByRole("main", { name: "Outbox" });
  await expect(outbox.getByText(REPLY)).toBeVisible();
  await expectNoAxeViolations(page);

  await enter(page, "button", /^Discard/, { within: outbox });
  await expect(outbox.getByText(REPLY)).toBeHidden();
  await undo(page);
  await expect(outbox.getByText(REPLY)).toBeVisible();

  await enter(page, "button", /^Edit/, { within: outbox });
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toHaveValue(REPLY);
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toBeFocused();
  await expect(page.getByRole("button", { name: /^Outbox/ })).toBeHidden();
  expect(server.sends).toEqual([]);
});

test("a reply is tried again, and one of unknown outcome only after the warning, from outbox and thread", async ({
  app,
  server,
}) => {
  const page = await app.start();
  await connect(page, server);
  const outbox = page.getByRole("main", { name: "Outbox" });
  const send = async (text: string) => {
    await typeInto(page, "Message", text);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: "Message", exact: true })).toBeEmpty();
  };
  const bubble = (text: string) => page.getByRole("article", { name: new RegExp(text) });
  await enter(page, "option", new RegExp(lastTextOf(READABLE)));

  server.fault("send", { kind: "status", status: 453, code: "CONSENT_REQUIRED" });
  await send("First curlew.");
  await enter(page, "button", "Retry", { within: bubble("First curlew"), key: "Shift+Tab" });
  await expect.poll(() => server.requests("send").length).toBe(2);
  await expect(bubble("First curlew")).toHaveAccessibleName(/Not sent/);
  await expectFocus(page);
  await enter(page, "button", "Edit", { within: bubble("First curlew"), key: "Shift+Tab" });
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toHaveValue("First curlew.");
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await enter(page, "button", /^Outbox, 1/);
  await outbox.getByRole("button", { name: /^Retry/ }).waitFor();
  server.clearFaults();
  await enter(page, "button", /^Retry/, { within: outbox });
  await expect(outbox.getByText("Nothing is waiting")).toBeVisible();
  await expectFocus(page);
  expect(server.sends.map(({ text }) => text)).toEqual(["First curlew."]);

  // It arrives, and neither its answer nor the thread can be read.
  server.fault("any", { kind: "status", status: 503 });
  server.fault("send", { kind: "accept-then-drop" }, { times: 1 });
  await pressTwo(page, "gi");
  await enter(page, "option", /curlew/);
  await send(SECOND);
  await expect(bubble(SECOND)).toHaveAccessibleName(/Not confirmed/);
  await enter(page, "button", "Send again anyway", { within: bubble(SECOND), key: "Shift+Tab" });
  await expect.poll(() => focusName(page)).toBe('button "Cancel"');
  await page.keyboard.press("Enter");
  await expectFocus(page);
  await enter(page, "button", /^Outbox, 1/);
  await enter(page, "button", "Send again anyway", { within: outbox });
  await expect(outbox.getByRole("group", { name: "Send this again?" })).toContainText("receives this text twice");
  await expectNoAxeViolations(page);
  server.fault("send", { kind: "delay", ms: 0 });
  await enter(page, "button", "Send again anyway", { within: outbox });
  await expect.poll(() => server.sends.map(({ text }) => text)).toEqual(["First curlew.", SECOND, SECOND]);
  await expect(outbox.getByText("Nothing is waiting")).toBeVisible();
  await expectFocus(page);
});
