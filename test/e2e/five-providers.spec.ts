/** Five providers in one window, by keys alone: one list in order, one search, a reply through each, and one that breaks alone. */
import type { Page } from "playwright/test";
import type { ProviderName } from "../../shared/domain.ts";
import { startAgentMessageServer } from "../servers/agentmessage.ts";
import { HIGHLEVEL_LOCATION, HIGHLEVEL_TOKEN, startHighLevelServer } from "../servers/highlevel.ts";
import { QUO_KEY, startQuoServer } from "../servers/quo.ts";
import { TWILIO_SID, TWILIO_TOKEN, startTwilioServer } from "../servers/twilio.ts";
import type { VendorServer } from "../servers/vendor-server.ts";
import { VOBIZ_ID, VOBIZ_TOKEN, startVobizServer } from "../servers/vobiz.ts";
import { CAPABILITIES } from "../../shared/capabilities.ts";
import { permit } from "./composer-steps.ts";
import { connectByKeys } from "./connect-steps.ts";
import type { Desk as Form } from "./connect-steps.ts";
import { conversations, expect, expectNoAxeViolations, messages, syncNow, syncStatus, test } from "./fixtures.ts";
import { command, enter, pressTwo, reach, tabTo, typeInto } from "./keys.ts";

const THREADS = 3;

interface Desk extends Form {
  readonly provider: ProviderName;
  /** Dates of the threads' last messages, with what their rows show. */
  readonly rows: readonly { readonly at: number; readonly preview: string }[];
  readonly sent: () => readonly string[];
  readonly vendor: VendorServer | null;
  readonly stop: () => Promise<void>;
}

function vendorDesk(facts: Pick<Desk, "provider" | "label" | "credentials">, vendor: VendorServer, suffix = ""): Desk {
  const { world } = vendor;
  return {
    ...facts,
    name: `${facts.label} desk`,
    url: vendor.url + suffix,
    vendor,
    rows: world.threads.map((thread) => ({ at: thread.touchedAt, preview: world.lastOf(thread).text })),
    sent: () => world.threads.flatMap((thread) => thread.messages.map(({ text }) => text)),
    stop: async () => vendor[Symbol.asyncDispose](),
  };
}

async function startDesks(): Promise<Desk[]> {
  const start = Date.now();
  /** Each desk's clock is a little behind the one before, so that no two rows share a date. */
  const clock = (index: number) => () => Date.now() - index * 7_000;
  const options = (index: number) => ({ now: clock(index), threads: THREADS, tie: 1 });
  const agentMessage = await startAgentMessageServer({ conversations: THREADS, newestAt: start - 60_000 });
  return [
    {
      provider: "agentmessage",
      label: "AgentMessage",
      name: "AgentMessage desk",
      url: agentMessage.baseUrl,
      credentials: { "API key": agentMessage.apiKey },
      vendor: null,
      rows: Array.from({ length: THREADS }, (_, index) => {
        const last = agentMessage.messages(index).at(-1)!;
        return { at: last.createdAt, preview: last.body ?? "" };
      }),
      sent: () => agentMessage.sends.map(({ text }) => text),
      stop: () => agentMessage.stop(),
    },
    vendorDesk(
      { provider: "twilio", label: "Twilio", credentials: { "Account SID": TWILIO_SID, "Auth token": TWILIO_TOKEN } },
      await startTwilioServer(options(1)),
    ),
    vendorDesk(
      { provider: "quo", label: "Quo", credentials: { "API key": QUO_KEY } },
      await startQuoServer(options(2)),
    ),
    vendorDesk(
      {
        provider: "highlevel",
        label: "HighLevel",
        credentials: { "Access token": HIGHLEVEL_TOKEN, "Location ID": HIGHLEVEL_LOCATION },
      },
      await startHighLevelServer(options(3)),
    ),
    vendorDesk(
      { provider: "vobiz", label: "Vobiz", credentials: { "Auth ID": VOBIZ_ID, "Auth token": VOBIZ_TOKEN } },
      await startVobizServer(options(4)),
      "/v1/messaging",
    ),
  ];
}

const rowsOf = (page: Page, desk: Desk) => conversations(page).getByRole("option", { name: desk.name });

/** The newest thread of a desk: the first one met from the top of the list. */
async function openFirst(page: Page, desk: Desk): Promise<void> {
  await pressTwo(page, "gi");
  await tabTo(page, "option", /./);
  await page.keyboard.press("Home");
  await enter(page, "option", new RegExp(desk.name));
  await expect(messages(page).first()).toBeVisible();
}

async function reply(page: Page, desk: Desk, text: string): Promise<void> {
  await openFirst(page, desk);
  if (!CAPABILITIES[desk.provider].consent) await permit(page);
  await typeInto(page, "Message", text);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toBeEmpty();
  await page.keyboard.press("Escape");
}

test("five providers share one inbox, and one that breaks leaves four at work", async ({ app }) => {
  test.setTimeout(120_000);
  const desks = await startDesks();
  try {
    const page = await app.start();
    for (const desk of desks) await connectByKeys(page, desk);
    await expect(conversations(page).getByRole("option")).toHaveCount(desks.length * THREADS);

    await test.step("one list, in order", async () => {
      const expected = desks
        .flatMap((desk) => desk.rows.map((row) => ({ ...row, desk: desk.name })))
        .toSorted((a, b) => b.at - a.at);
      await expect(syncStatus(page)).toContainText("Up to date", { timeout: 30_000 });
      for (const [index, { desk, preview }] of expected.entries()) {
        const row = conversations(page).getByRole("option").nth(index);
        await expect(row).toHaveAccessibleName(new RegExp(desk), { timeout: 30_000 });
        await expect(row).toHaveAccessibleName(new RegExp(preview));
      }
    });

    await test.step("what is missing is said", async () => {
      await command(page, "go to accounts");
      const facts = page.getByText("What works with Quo");
      await reach(page, facts, "what works with Quo");
      await page.keyboard.press("Enter");
      await expect(page.getByText("Quo gives no unread count: unread is kept on this device.")).toBeVisible();
      await expectNoAxeViolations(page);
    });

    await test.step("a reply through each", async () => {
      for (const desk of desks) {
        const text = `Thanks from the ${desk.label} desk`;
        await reply(page, desk, text);
        await expect.poll(desk.sent, { timeout: 20_000 }).toContain(text);
        await expect(messages(page).filter({ hasText: text })).toHaveCount(1);
      }
      await expect(page.getByText(/WhatsApp: you can answer for 23 hours more/)).toBeVisible();
    });

    await test.step("search across all", async () => {
      await page.keyboard.press("/");
      await expect(page.getByRole("searchbox", { name: "Search" })).toBeFocused();
      await page.keyboard.type("Thanks from the");
      await expect(page.getByRole("listbox", { name: "Search results" }).getByRole("option")).toHaveCount(desks.length);
      await page.keyboard.press("Escape");
    });

    await test.step("one breaks, four work", async () => {
      const broken = desks.find(({ provider }) => provider === "twilio")!;
      broken.vendor!.refuse("any", 401);
      for (const desk of desks.filter((one) => one.vendor !== null && one !== broken)) {
        desk.vendor!.world.append(1, "inbound", `News at the ${desk.label} desk`);
      }
      await syncNow(page);
      await enter(page, "button", /^Accounts/);
      const card = page.getByRole("listitem").filter({ hasText: broken.name });
      await expect(card.getByText(/key no longer works/i)).toBeVisible({ timeout: 45_000 });
      await enter(page, "button", /^All inboxes/);
      await expect(rowsOf(page, broken)).toHaveCount(THREADS);
      for (const desk of desks.filter((one) => one.vendor !== null && one !== broken)) {
        await expect(rowsOf(page, desk).first()).toHaveAccessibleName(new RegExp(`News at the ${desk.label} desk`), {
          timeout: 45_000,
        });
      }
    });
  } finally {
    await Promise.all(desks.map(({ stop }) => stop()));
  }
});
