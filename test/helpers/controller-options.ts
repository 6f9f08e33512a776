/**
 * Options of an app controller over the real inbox and the real database worker, in a folder of the test.
 *
 * Keyring, network and desktop are stand-ins that always work; whoever wants one that does not replaces that option.
 */
import type { ControllerOptions } from "../../electron/app/app-controller.ts";
import { createInbox } from "../../electron/app/inbox.ts";
import type { CiphertextFile } from "../../electron/app/secrets.ts";
import { createDbClient } from "../../electron/db/client.ts";
import { createLog } from "../../electron/log.ts";
import { createFakeDesktop } from "../fakes/fake-desktop.ts";
import { workingKeyring } from "../unit/electron/app/fake-keyring.ts";

export const ACCOUNT_KEY = "am_live_canary_0123456789";
/** What a person types to connect: the stand-in for the network takes every key. */
export const CONNECT = {
  provider: "agentmessage",
  name: "Desk",
  baseUrl: "https://api.test",
  credentials: { apiKey: ACCOUNT_KEY },
} as const;

export const createWorkerDb = () =>
  createDbClient({ workerUrl: new URL("../../electron/db/worker.ts", import.meta.url) });

/** The settings file's secrets, in memory: they outlive a restart of what uses them. */
export function createMemoryCiphertext(): CiphertextFile {
  let saved: Readonly<Record<string, string>> = {};
  return {
    get: () => saved,
    set: (all) => {
      saved = { ...all };
    },
  };
}

/** What each test chooses; the rest where it wants it otherwise. */
type Chosen = Pick<ControllerOptions, "userDataDir" | "clock" | "onState">;

export function controllerOptions(change: Chosen & Partial<ControllerOptions>): ControllerOptions {
  const { clock, log = createLog(() => undefined, clock.now) } = change;
  return {
    version: "0.1.0",
    platform: "linux",
    keyring: workingKeyring,
    ciphertext: createMemoryCiphertext(),
    createDb: createWorkerDb,
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
    ...change,
    log,
  };
}
