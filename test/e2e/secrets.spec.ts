/** Nothing readable on disk: neither the key nor a customer's words. */
import { connect, conversation, expect, messages, test } from "./fixtures.ts";
import { listFiles, scanForSecret } from "./secret-scan.ts";
import { READABLE, lastTextOf, textOf } from "./world.ts";

test("neither the key nor a text is found in any file of the data folder", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await conversation(page, lastTextOf(READABLE)).click();
  await expect(messages(page).first()).toBeVisible();
  const secrets = [server.apiKey, textOf(READABLE, 0), lastTextOf(READABLE)];

  // While it runs: write-ahead log and caches are open.
  for (const secret of secrets) expect(await scanForSecret(app.dataDir, secret)).toEqual([]);
  await app.close();
  for (const secret of secrets) expect(await scanForSecret(app.dataDir, secret)).toEqual([]);
  expect((await listFiles(app.dataDir)).length).toBeGreaterThan(3);

  // And the account was really saved: it opens again without asking for the key.
  const again = await app.start();
  await expect(conversation(again, lastTextOf(READABLE))).toBeVisible();
  for (const secret of secrets) expect(app.output).not.toContain(secret);
});
