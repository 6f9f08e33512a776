/** Replying: the text leaves once, and what could not leave waits. */
import { connect, expect, expectNoAxeViolations, messages, test } from "./fixtures.ts";
import { enter, typeInto } from "./keys.ts";
import { READABLE, lastTextOf } from "./world.ts";

const REPLY = "Your heron is ready, we close at six.";

test("a reply arrives at the provider exactly once and stands in the thread", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await enter(page, "option", new RegExp(lastTextOf(READABLE)));
  await typeInto(page, "Message", REPLY);
  await enter(page, "button", "Send");
  await expect(messages(page).filter({ hasText: REPLY })).toHaveCount(1);
  await expect.poll(() => server.sends.map(({ text }) => text)).toEqual([REPLY]);
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toBeEmpty();
  await expect(messages(page).filter({ hasText: REPLY })).toHaveAccessibleName(/outbound/i);
  expect(server.duplicateSends()).toBe(0);
});

test("a reply the provider refuses keeps its text and says why", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  server.fault("send", { kind: "status", status: 453, code: "CONSENT_REQUIRED" });
  await enter(page, "option", new RegExp(lastTextOf(READABLE)));
  await typeInto(page, "Message", REPLY);
  await enter(page, "button", "Send");
  const refused = messages(page).filter({ hasText: REPLY });
  await expect(refused).toHaveCount(1);
  await expect(refused).toHaveAccessibleName(/not sent/i);
  await expect(refused).toContainText(/opted in|consent/i);
  await expectNoAxeViolations(page);
});

test("a reply written while the server is away survives a restart", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await enter(page, "option", new RegExp(lastTextOf(READABLE)));
  await expect(messages(page).first()).toBeVisible();
  await server.stop();
  await typeInto(page, "Message", REPLY);
  await enter(page, "button", "Send");
  await expect(messages(page).filter({ hasText: REPLY })).toHaveCount(1);
  await app.kill();
  const again = await app.start();
  await enter(again, "option", new RegExp(`${lastTextOf(READABLE)}|${REPLY}`));
  await expect(messages(again).filter({ hasText: REPLY })).toHaveCount(1);
});
