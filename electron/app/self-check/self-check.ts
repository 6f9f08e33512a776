/**
 * `--self-check`: no window, one JSON object on stdout, exit code 0 or 1. Works packaged and in development.
 *
 * Must never touch the person's data: everything lies in a temporary folder that goes at the end, and no lock is
 * taken, so that it works while another instance runs. `--self-check=sync-keyring` checks the synchronous keyring
 * instead of the one the app uses and says so in the report.
 */
import { accessSync, constants, existsSync, mkdirSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { app, safeStorage } from "electron";
import type { DbClient } from "../../db/client.ts";
import { createLog } from "../../log.ts";
import { createInbox } from "../inbox.ts";
import { systemClock } from "../system-clock.ts";
import { createTransport } from "../transport.ts";
import { databaseCheck, purgeCheck } from "./disk-checks.ts";
import { inboxChecks } from "./inbox-checks.ts";
import { keyringCheck, syncKeyringCheck } from "./keyring-check.ts";
import { SWITCH } from "./prepare.ts";
import type { SelfCheckPlace } from "./prepare.ts";
import { CheckFailed, hold, runChecks } from "./report.ts";
import type { Check, Report } from "./report.ts";
import { silentDesktop } from "./silent-desktop.ts";

/** The databases of the check, apart from what Chromium writes. */
const WORK = "work";
const SYNC_KEYRING = "sync-keyring";

export interface SelfCheckOptions extends SelfCheckPlace {
  readonly createDb: () => DbClient;
}

/** Runs every check, prints the report and ends the process. */
export async function runSelfCheck(options: SelfCheckOptions): Promise<void> {
  const { createDb } = options;
  const clock = systemClock;
  const folder = join(options.folder, WORK);
  mkdirSync(folder);
  const disk = { folder, createDb, now: clock.now };
  const inbox = inboxChecks({
    folder,
    createDb,
    clock,
    createInbox: (db, secrets) =>
      createInbox({
        db,
        secrets,
        fetch: createTransport(),
        clock,
        random: Math.random,
        log: createLog(() => {}, clock.now),
        push: () => {},
        desktop: silentDesktop(),
      }),
  });
  const keyring =
    app.commandLine.getSwitchValue(SWITCH) === SYNC_KEYRING
      ? syncKeyringCheck(safeStorage)
      : keyringCheck(safeStorage, clock, process.platform);
  const report = await runChecks(
    app.getVersion(),
    [runtimeCheck(), pathsCheck(options), keyring, databaseCheck(disk), purgeCheck(disk), ...inbox.checks],
    clock,
  );
  await finish(report, inbox.close, options.folder);
}

async function finish(report: Report, close: () => Promise<void>, folder: string): Promise<void> {
  await Promise.allSettled([close()]);
  removeQuietly(join(folder, WORK));
  removeQuietly(folder);
  writeSync(1, `${JSON.stringify(report)}\n`);
  app.exit(report.ok ? 0 : 1);
}

/** Windows lets nobody delete what Chromium still holds open: an empty profile may stay in the temporary folder. */
function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

function runtimeCheck(): Check {
  return {
    name: "runtime",
    async run() {
      const { electron, chrome, node } = process.versions;
      hold(electron !== undefined, "not running in Electron");
      const how = app.isPackaged ? "packaged" : "development";
      return `Electron ${electron}, Chromium ${chrome}, Node ${node}, ${process.platform} ${process.arch}, ${how}`;
    },
  };
}

/** The folder itself, or the nearest one above that exists, can be written to. */
function pathsCheck({ usualFolder }: SelfCheckOptions): Check {
  return {
    name: "paths",
    async run() {
      let nearest = usualFolder;
      while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
      try {
        accessSync(nearest, constants.R_OK | constants.W_OK);
      } catch (cause) {
        throw new CheckFailed("the data folder cannot be written to", { cause });
      }
      return existsSync(usualFolder) ? "the data folder can be written to" : "the data folder can be made";
    },
  };
}
