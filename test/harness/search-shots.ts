/** Search with its filters, hints and holes; the timeline's lines, gaps and calendar; names from a file. */
import type { Page } from "playwright";
import { reachTop } from "./reach-top.ts";
import type { Shot } from "./shot-list.ts";

const WIDE = [1280, 800] as const;
const SMALL = [900, 600] as const;

const row = (page: Page, index: number) => page.locator(`[role="option"][data-index="${index}"]`);
const search = (text: string) => async (page: Page) => {
  await row(page, 0).waitFor();
  await page.keyboard.press("/");
  await page.getByRole("searchbox", { name: "Search" }).fill(text);
};
const open = async (page: Page) => {
  await row(page, 0).click();
  await page.getByRole("log", { name: "Messages" }).waitFor();
};
const openWith = (gap: { after: number | null; before: number | null }) => async (page: Page) => {
  await row(page, 0).waitFor();
  await page.evaluate((given) => {
    const { fake } = window;
    const id = 1 as never;
    const messages = fake.thread(1);
    const at = (index: number | null) => (index === null ? null : (messages.at(index)?.createdAt ?? null));
    const wanted = { after: at(given.after), before: at(given.before) };
    fake.coverages.set(id, { complete: false, gap: wanted });
  }, gap);
  await open(page);
};
const dialog = async (page: Page, words: string) => {
  await open(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
};

const both = (shot: Omit<Shot, "size" | "scenario">): Shot[] =>
  [WIDE, SMALL].map((size) => ({ scenario: "inbox", size, ...shot }));

export const searchShots: readonly Shot[] = [
  ...both({ name: "search-filters", steps: search("") }),
  ...both({
    name: "search-holes",
    async steps(page) {
      await row(page, 0).waitFor();
      await page.evaluate(() => window.fake.setHoles({ removed: 4, incomplete: 2 }));
      await search("appoint is:unread")(page);
      await page.getByRole("button", { name: "Download now" }).waitFor();
    },
  }),
  ...both({
    name: "search-hint",
    async steps(page) {
      await search("appoint before:soon")(page);
      await page.getByText("is no day").waitFor();
    },
  }),
  ...both({
    name: "timeline-gap",
    async steps(page) {
      await openWith({ after: -3, before: -2 })(page);
      await page.getByRole("button", { name: "Load missing messages" }).waitFor();
    },
  }),
  ...both({
    name: "timeline-gap-loading",
    async steps(page) {
      await openWith({ after: -1, before: null })(page);
      await page.evaluate(() =>
        window.fake.setSync([
          {
            accountId: 1 as never,
            phase: { kind: "syncing", first: false, done: 3, total: null },
            lastCompletedAt: 1_776_171_600_000,
          },
        ]),
      );
      await page.getByRole("button", { name: "Load missing messages" }).click();
      await page.getByText("Loading missing messages").waitFor();
    },
  }),
  ...both({
    name: "timeline-gap-offline",
    async steps(page) {
      await openWith({ after: -1, before: null })(page);
      await page.evaluate(() =>
        window.fake.setSync([
          { accountId: 1 as never, phase: { kind: "offline" }, lastCompletedAt: 1_776_171_600_000 },
        ]),
      );
      await page.getByRole("button", { name: "Load missing messages" }).click();
      await page.getByText("You are offline. The messages").waitFor();
    },
  }),
  ...both({
    name: "timeline-unread",
    async steps(page) {
      await row(page, 0).waitFor();
      await page.evaluate(() => {
        window.fake.addMessage(9 as never, "Is Tuesday still free? Call (555) 201-0044 before 4/21/2026, please.");
        window.fake.addMessage(9 as never, "Or 2026-05-02 at 9:40.");
      });
      await page.getByRole("option", { name: /Or 2026-05-02/ }).click();
      await page.getByText("New messages", { exact: true }).waitFor();
    },
  }),
  ...both({
    name: "timeline-newest",
    async steps(page) {
      await open(page);
      await page.getByRole("log", { name: "Messages" }).press("Home");
      await page.getByRole("button", { name: "Latest messages" }).waitFor();
      await page.evaluate(() => {
        for (const text of ["One more thing", "And another"]) window.fake.addMessage(1 as never, text);
      });
      await page.getByRole("button", { name: "2 new messages" }).waitFor();
      await reachTop(page);
    },
  }),
  ...both({
    name: "jump-date",
    async steps(page) {
      await dialog(page, "jump to a date");
      await page.getByRole("application", { name: /Jump to a date/ }).waitFor();
    },
  }),
  ...both({
    name: "contact-note",
    async steps(page) {
      await dialog(page, "write a note");
      await page
        .getByRole("textbox", { name: "Note" })
        .fill("Prefers mornings. Allergic to penicillin, asked on the phone.");
      await page.getByText("Saved").waitFor();
      await page.getByRole("heading", { name: "Consent history" }).scrollIntoViewIfNeeded();
      await page.getByRole("complementary").getByRole("listitem").last().scrollIntoViewIfNeeded();
    },
  }),
  ...both({
    name: "import-start",
    async steps(page) {
      await dialog(page, "import names");
      await page.getByRole("dialog", { name: "Import names from a file" }).waitFor();
    },
  }),
  ...both({
    name: "import-preview",
    async steps(page) {
      await dialog(page, "import names");
      await page.getByRole("button", { name: "Choose a file…" }).click();
      await page.getByText("214 names for 198 known contacts").waitFor();
    },
  }),
  ...both({
    name: "import-problem",
    async steps(page) {
      await row(page, 0).waitFor();
      await page.evaluate(() =>
        window.fake.setPicked({ kind: "problem", problem: "not_contacts", fileName: "holiday.zip" }),
      );
      await dialog(page, "import names");
      await page.getByRole("button", { name: "Choose a file…" }).click();
      await page.getByRole("alert").waitFor();
    },
  }),
];
