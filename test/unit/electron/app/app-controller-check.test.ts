/** A cache too large to be looked through first: shown at once, looked through later, replaced when found damaged. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createAppController } from "../../../../electron/app/app-controller.ts";
import { AppError } from "../../../../shared/errors.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { controllerOptions, createWorkerDb } from "../../../helpers/controller-options.ts";

it("is shown first, looked through after a while, and set aside when that finds damage", async () => {
  const folder = mkdtempSync(join(tmpdir(), "app-controller-check-"));
  const clock = createFakeClock();
  const stages: string[] = [];
  let setAside: string | null = null;
  const replaced = Promise.withResolvers<void>();
  let checks = 0;
  let attempts = 0;
  const controller = createAppController(
    controllerOptions({
      userDataDir: folder,
      clock,
      createDb() {
        attempts += 1;
        const client = createWorkerDb();
        if (attempts > 1) return client;
        return {
          ...client,
          open: async (options) => ({ ...(await client.open(options)), isChecked: false }),
          check() {
            checks += 1;
            return Promise.reject(new AppError("db_damaged"));
          },
        };
      },
      onState(state) {
        stages.push(state.stage);
        setAside = state.setAside?.reason ?? null;
        if (state.stage === "ready" && setAside !== null) replaced.resolve();
      },
    }),
  );
  try {
    await controller.start();
    expect([stages.at(-1), checks]).toEqual(["ready", 0]);
    await clock.advance(19_999);
    expect(checks).toBe(0);
    await clock.advance(1);
    await replaced.promise;
    expect([checks, setAside, attempts]).toEqual([1, "damaged", 2]);
    // What was begun anew was looked through as it was opened.
    await clock.advance(60_000);
    expect([checks, stages.at(-1)]).toEqual([1, "ready"]);
  } finally {
    await controller.close();
    rmSync(folder, { recursive: true });
  }
});
