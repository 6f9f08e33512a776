/** A start that fails for a reason nobody foresaw: a screen with a way on, and no half-open inbox. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createAppController } from "../../../../electron/app/app-controller.ts";
import { createInbox } from "../../../../electron/app/inbox.ts";
import { createDbClient } from "../../../../electron/db/client.ts";
import { createLog } from "../../../../electron/log.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createFakeDesktop } from "../../../fakes/fake-desktop.ts";
import { workingKeyring } from "./fake-keyring.ts";

it("shows that the inbox could not be opened, and opens it when the person tries again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "app-controller-failed-"));
  const clock = createFakeClock();
  const stages: string[] = [];
  let ciphertext: Record<string, string> = {};
  let attempts = 0;
  const log = createLog(() => undefined, clock.now);
  const controller = createAppController({
    userDataDir: folder,
    version: "0.1.0",
    platform: "linux",
    keyring: workingKeyring,
    ciphertext: { get: () => ciphertext, set: (all) => void (ciphertext = { ...all }) },
    clock,
    log,
    createDb() {
      attempts += 1;
      if (attempts === 1) throw new TypeError("the worker's file is missing");
      return createDbClient({ workerUrl: new URL("../../../../electron/db/worker.ts", import.meta.url) });
    },
    createInbox: (db, secrets) =>
      createInbox({
        db,
        secrets,
        fetch: async () => Response.json({ success: true, data: [], meta: { next_cursor: null } }),
        clock,
        random: () => 0.5,
        log,
        push: () => undefined,
        desktop: createFakeDesktop().desktop,
      }),
    openLink: async () => true,
    onState: ({ stage }) => void stages.push(stage),
  });
  try {
    await controller.start();
    expect(stages.at(-1)).toBe("failed");
    expect(controller.inbox()).toBeNull();
    await controller.service.retryVault();
    expect(stages.at(-1)).toBe("ready");
  } finally {
    await controller.close();
    rmSync(folder, { recursive: true });
  }
});
