/**
 * What every end-to-end test stands on: the app with its own data folder, and a provider of its own.
 *
 * Helpers find things by the accessible names people and screen readers get, never by class or test id.
 */
import { randomBytes } from "node:crypto";
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect } from "playwright/test";
import { openDesktop } from "../../scripts/desktop.mjs";
import type { Locator, Page, TestInfo } from "playwright/test";
import { startAgentMessageServer } from "../servers/agentmessage.ts";
import type { AgentMessageServer } from "../servers/agentmessage.ts";
import { KEEPS_TRACE, createAppDriver } from "./app-driver.ts";
import type { AppDriver } from "./app-driver.ts";
import { CONVERSATIONS, bodyOf, consentOf, messagesOf } from "./world.ts";

export { expect };

export type Server = AgentMessageServer;

export interface Fixtures {
  /** Not started yet: the test says when, and how often. */
  readonly app: AppDriver;
  /** A provider with the conversations of world.ts, on a free port of this machine. */
  readonly server: Server;
}

/** What all tests of one worker share. */
export interface WorkerFixtures {
  /** Screen, session bus, keyring and notification server: two tests at once must not hear each other. */
  readonly desktop: undefined;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  desktop: [
    async ({}, use) => {
      const { env, close } = await openDesktop();
      // Every program that this worker starts inherits it.
      Object.assign(process.env, env);
      await use(undefined);
      await close();
    },
    { scope: "worker", auto: true },
  ],
  // Playwright reads the fixtures a function needs from its pattern: these need none.
  app: async ({}, use, testInfo) => {
    const app = await createAppDriver();
    try {
      await use(app);
    } finally {
      if (testInfo.status !== testInfo.expectedStatus) await keepEvidence(app, testInfo);
      await app.dispose();
    }
  },
  server: async ({}, use) => {
    const server = await startAgentMessageServer({
      apiKey: `am_live_e2e_${randomBytes(18).toString("hex")}`,
      conversations: CONVERSATIONS,
      messages: messagesOf,
      bodyOf,
      consentOf,
    });
    try {
      await use(server);
    } finally {
      await server.stop();
    }
  },
});

async function keepEvidence(app: AppDriver, testInfo: TestInfo): Promise<void> {
  await testInfo.attach("main process output", { body: app.output, contentType: "text/plain" });
  if (!app.isRunning) return;
  if (KEEPS_TRACE) await app.electron.context().tracing.stop({ path: testInfo.outputPath("trace.zip") });
  await app.page.screenshot({ path: testInfo.outputPath("window.png") });
}

/** Fills the connect form and submits it; what happens then is for the test to see. */
export async function submitConnectForm(
  page: Page,
  account: { baseUrl: string; apiKey: string; name: string },
): Promise<void> {
  const form = page.getByRole("dialog", { name: "Connect an account" });
  if (!(await form.isVisible())) await page.getByRole("button", { name: "Connect an account" }).click();
  await form.getByRole("combobox", { name: "Provider" }).selectOption({ label: "AgentMessage" });
  await form.getByRole("textbox", { name: "API key", exact: true }).fill(account.apiKey);
  await form.getByRole("textbox", { name: "API base URL" }).fill(account.baseUrl);
  await form.getByRole("textbox", { name: "Account name" }).fill(account.name);
  await form.getByRole("button", { name: "Connect", exact: true }).click();
}

/** Connects the test's server and waits until everything of the first sync is there. */
export async function connect(page: Page, server: Server, name = "Front desk"): Promise<void> {
  await submitConnectForm(page, { baseUrl: server.baseUrl, apiKey: server.apiKey, name });
  await expect(conversation(page, "Pelican 0 ")).toBeVisible();
  await expect(syncStatus(page)).toContainText("Up to date");
}

/** A look at the provider now instead of at the next poll; it begins behind the answer. */
export const syncNow = async (page: Page): Promise<void> => {
  const { ok } = await page.evaluate(() => window.threadkeep.invoke("sync.now"));
  expect(ok).toBe(true);
};

export const conversations = (page: Page): Locator => page.getByRole("listbox", { name: "Conversations" });

/** The list row whose accessible name holds `text`. */
export const conversation = (page: Page, text: string | RegExp): Locator =>
  conversations(page).getByRole("option", { name: text });

export const syncStatus = (page: Page): Locator => page.getByRole("status", { name: "Sync status" });

export const messages = (page: Page): Locator => page.getByRole("log", { name: "Messages" }).getByRole("article");

/**
 * No accessibility fault on the screen as it stands, in light and in dark.
 *
 * @param without  rules that axe judges wrongly on this screen; say why where they are named
 */
export async function expectNoAxeViolations(page: Page, without: readonly string[] = []): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Legacy mode: axe otherwise opens a second page, which Electron does not allow.
    const { violations, passes } = await new AxeBuilder({ page })
      .setLegacyMode()
      .disableRules([...without])
      .analyze();
    const hasTooltip = (await page.getByRole("tooltip").count()) > 0;
    const faults = violations.flatMap(({ id, help, nodes }) =>
      nodes
        // A tooltip is no content of its own: it says again what the focused button is called.
        .filter(({ html }) => !(id === "region" && hasTooltip && html.startsWith("<div data-overlay-container")))
        .map((node) => `${colorScheme} ${id}: ${help}\n  ${node.html}\n  ${node.failureSummary ?? ""}`),
    );
    expect(faults.join("\n"), "accessibility faults").toBe("");
    expect(passes.length, "rules that had something to judge").toBeGreaterThan(5);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}
