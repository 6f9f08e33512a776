/** A start over the cache of an older app, with the real database worker: how far it is, then the inbox in it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createAppController } from "../../../../electron/app/app-controller.ts";
import { createKeyringSecrets } from "../../../../electron/app/secrets.ts";
import { createLog } from "../../../../electron/log.ts";
import type { AppState } from "../../../../shared/ipc.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { controllerOptions, createMemoryCiphertext } from "../../../helpers/controller-options.ts";
import { writeOldCache } from "../../../helpers/old-cache.ts";
import { workingKeyring } from "./fake-keyring.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "old-cache-start-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("shows how far it is with the cache of an older app, and then the inbox in it", async () => {
  const key = "7b".repeat(32);
  const ciphertext = createMemoryCiphertext();
  await createKeyringSecrets(workingKeyring, ciphertext).set("database-key", key);
  writeOldCache(join(folder, "inbox.db"), Buffer.from(key, "hex"), 25_000);
  const clock = createFakeClock();
  const states: AppState[] = [];
  const lines: string[] = [];
  const controller = createAppController(
    controllerOptions({
      userDataDir: folder,
      ciphertext,
      clock,
      log: createLog((line) => lines.push(line), clock.now),
      onState: (state) => states.push(state),
    }),
  );
  await controller.start();
  expect(states.map(({ stage, migration }) => [stage, migration?.done ?? null])).toEqual([
    ["starting", 0],
    ["starting", 20_000],
    ["starting", 25_000],
    ["ready", null],
  ]);
  expect(await controller.getInboxServices().accounts.list()).toMatchObject([{ name: "Old" }]);
  expect(lines.filter((line) => line.includes('"starting"'))).toEqual([]);
  await controller.close();
});
