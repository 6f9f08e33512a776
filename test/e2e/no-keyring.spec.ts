/** No keyring: a clear choice, and nothing written when the person goes on for this session only. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { connect, conversation, expect, expectNoAxeViolations, test } from "./fixtures.ts";
import { scanForSecret } from "./secret-scan.ts";
import { READABLE, lastTextOf } from "./world.ts";

test("without a keyring the app asks, works for this session, and writes nothing", async ({ app, server }) => {
  const page = await app.start(["--password-store=basic"]);
  await expect(page.getByRole("button", { name: "Use for this session only" })).toBeVisible({ timeout: 15_000 });
  await expectNoAxeViolations(page);
  await page.getByRole("button", { name: "Use for this session only" }).click();
  await connect(page, server);
  await expect(conversation(page, lastTextOf(READABLE))).toBeVisible();
  await app.close();

  const names = await readdir(app.dataDir);
  expect(names.filter((name) => name.startsWith("inbox.db"))).toEqual([]);
  const settings = await readFile(join(app.dataDir, "threadkeep.json"), "utf8").catch(() => "{}");
  expect((JSON.parse(settings) as { secrets?: object }).secrets ?? {}).toEqual({});
  expect(await scanForSecret(app.dataDir, server.apiKey)).toEqual([]);
  expect(await scanForSecret(app.dataDir, lastTextOf(READABLE))).toEqual([]);
});
