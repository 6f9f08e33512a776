/** Any page size, any number of pages, and a power cut in the middle: every conversation, once, in order. */
import { startAgentMessageServer } from "../servers/agentmessage.ts";
import { conversations, expect, submitConnectForm, syncStatus, test } from "./fixtures.ts";
import { tabTo } from "./keys.ts";

const COUNT = 150;

test("a list in pages of seven is walked to its end, also over two power cuts", async ({ app }) => {
  const server = await startAgentMessageServer({
    conversations: COUNT,
    messages: 1,
    pageSize: 7,
    bodyOf: (index) => `Heron ${index} was here`,
  });
  try {
    // Slow pages, so that the power cuts fall into the first sync.
    server.fault("conversations", { kind: "delay", ms: 15 }, { times: Number.MAX_SAFE_INTEGER });
    const page = await app.start();
    await submitConnectForm(page, { baseUrl: server.baseUrl, apiKey: server.apiKey, name: "Front desk" });
    for (const pages of [6, 14]) {
      await expect.poll(() => server.requests("conversations").length, { timeout: 20_000 }).toBeGreaterThan(pages);
      await app.kill();
      await app.start();
    }
    server.clearFaults();
    await expect(syncStatus(app.page)).toContainText("Up to date", { timeout: 30_000 });
    // One walk of 22 pages, a key check, for each cut the pages read and not stored (nine at most), and the looks from the
    // top after it.
    expect(server.requests("conversations").length).toBeLessThan(52);

    const rows = conversations(app.page).getByRole("option");
    await expect(rows.first()).toHaveAttribute("aria-setsize", String(COUNT));
    await expect(rows.first()).toHaveAccessibleName(/Heron 0 was here/);
    await tabTo(app.page, "option", /Heron 0 was here/);
    const seen = new Map<number, number>();
    /** Place and conversation of every row in the document, all at one moment; null: a row is not loaded yet. */
    const shown = async () => {
      const named = await rows.evaluateAll((elements) =>
        elements.map((row) => ({
          place: Number(row.getAttribute("aria-posinset")),
          name: row.getAttribute("aria-label") ?? row.textContent,
        })),
      );
      const places = named.map(
        ({ place, name }) => [place, Number(/Heron (\d+) was here/.exec(name)?.[1] ?? -1)] as const,
      );
      return places.every(([, index]) => index >= 0) ? places : null;
    };
    const focused = () => app.page.evaluate(() => Number(document.activeElement?.getAttribute("aria-posinset") ?? 0));
    // From top to bottom with the keyboard: each row once, in the server's order.
    for (let place = 0; place < COUNT;) {
      const before = place;
      // A key is done when the focus has moved and every row up to it was drawn.
      await expect(async () => {
        place = await focused();
        expect(place).toBeGreaterThan(before);
        for (const [at, index] of (await shown()) ?? []) seen.set(at, index);
        for (let at = before + 1; at <= place; at += 1) expect([...seen.keys()]).toContain(at);
      }).toPass();
      await app.page.keyboard.press("PageDown");
    }
    expect([...seen].toSorted(([a], [b]) => a - b)).toEqual(
      Array.from({ length: COUNT }, (_, index) => [index + 1, index]),
    );
  } finally {
    await server.stop();
  }
});
