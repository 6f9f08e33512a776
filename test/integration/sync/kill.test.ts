/**
 * Sync and purge killed at seven failpoints, twenty times each, and fifty times at random moments.
 *
 * After every kill: what was acknowledged is there, and the saved place is not ahead of the rows. After the last
 * start: everything the server shows is held, nothing twice, and no byte of a removed text is left in the files.
 * The variant that saves the cursor before the rows must be caught by the same check.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FAILPOINTS } from "../../helpers/kill-process.ts";
import { KillScene } from "../../helpers/kill-scene.ts";
import { seeded } from "../../helpers/seeded.ts";

const KILLS_EACH = 20;
const RANDOM_KILLS = process.env["MODE"] === "nightly" ? 500 : 50;

const folder = mkdtempSync(join(tmpdir(), "tk-kills-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("killed sync and purge", () => {
  it.concurrent.each(FAILPOINTS)(`${KILLS_EACH} kills at: %s`, { timeout: 180_000 }, async (failpoint) => {
    const name = failpoint.replaceAll(/\W/g, "-");
    const scene = await KillScene.start(folder, name, FAILPOINTS.indexOf(failpoint) + 1);
    const random = seeded(77);
    const leftAfterPurge: string[] = [];
    for (let start = 0; scene.kills < KILLS_EACH && start < KILLS_EACH * 2; start += 1) {
      // Never starved: a point that is passed once in a run is passed at its first time.
      const occurrence = start % 3 === 0 ? 1 + Math.floor(random() * 4) : 1;
      const { killed } = await scene.run(failpoint, { occurrence });
      if (killed && failpoint === "purge reported done") leftAfterPurge.push(...scene.leftAtEnd);
    }
    await scene.finish();
    expect(scene.kills).toBe(KILLS_EACH);
    expect(leftAfterPurge).toEqual([]);
    expect(scene.problems).toEqual([]);
  });

  it(`${RANDOM_KILLS} kills at random moments`, { timeout: 900_000 }, async () => {
    const scene = await KillScene.start(folder, "random", 99);
    const random = seeded(5);
    while (scene.kills < RANDOM_KILLS) await scene.run(null, {}, 120 + Math.floor(random() * 220));
    await scene.finish();
    expect(scene.problems).toEqual([]);
  });

  it("catches: cursor before rows", { timeout: 60_000 }, async () => {
    const scene = await KillScene.start(folder, "cursor-first", 7);
    await scene.run("between two statements of a page", { cursorFirst: true });
    await scene.server.stop();
    expect(scene.problems).toContain("the saved place is ahead of the rows");
  });
});
