/** A start that fails for a reason nobody foresaw: a screen with a way on, and no half-open inbox. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createAppController } from "../../../../electron/app/app-controller.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { controllerOptions, createWorkerDb } from "../../../helpers/controller-options.ts";

it("shows that the inbox could not be opened, and opens it when the person tries again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "app-controller-failed-"));
  const clock = createFakeClock();
  const stages: string[] = [];
  let attempts = 0;
  const controller = createAppController(
    controllerOptions({
      userDataDir: folder,
      clock,
      createDb() {
        attempts += 1;
        if (attempts === 1) throw new TypeError("the worker's file is missing");
        return createWorkerDb();
      },
      onState: ({ stage }) => void stages.push(stage),
    }),
  );
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
