/**
 * From start to an open inbox: keyring, database key, cache file, accounts; or the screen that says why not.
 *
 * Decides the stage the window shows. Must not delete anything: what cannot be opened is left where it is or
 * set aside. Invariants: no stage but `ready` has an inbox; a session without a keyring writes nothing.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { AppError, failureOf } from "../../shared/errors.ts";
import type { AppState } from "../../shared/ipc.ts";
import type { DbClient } from "../db/client.ts";
import type { AppService, InboxServices } from "../ipc/services.ts";
import type { Log } from "../log.ts";
import type { Clock } from "../sync/ports.ts";
import type { Inbox } from "./inbox.ts";
import { createKeyringSecrets, createSessionSecrets, keyringAvailable } from "./secrets.ts";
import type { CiphertextFile, Keyring, Secrets } from "./secrets.ts";

export interface ControllerOptions {
  readonly userDataDir: string;
  readonly version: string;
  readonly platform: AppState["platform"];
  readonly keyring: Keyring;
  readonly ciphertext: CiphertextFile;
  readonly clock: Clock;
  readonly log: Log;
  readonly createDb: () => DbClient;
  readonly createInbox: (db: DbClient, secrets: Secrets) => Inbox;
  readonly openLink: (url: string) => Promise<boolean>;
  readonly onState: (state: AppState) => void;
}

export interface AppController {
  readonly service: AppService;
  start(): Promise<void>;
  close(): Promise<void>;
  /** Null before the inbox is open. */
  inbox(): Inbox | null;
  getInboxServices(): InboxServices;
}

const KEY_NAME = "database-key";
const KEY_BYTES = 32;
const KEY_FORM = /^[0-9a-f]{64}$/;

export function createAppController(options: ControllerOptions): AppController {
  const { clock, log, ciphertext } = options;
  let inbox: Inbox | null = null;
  let state: AppState = {
    stage: "starting",
    sessionOnly: false,
    setAside: null,
    version: options.version,
    platform: options.platform,
  };
  /** One way in at a time: a double click must not open two databases. */
  let opening: Promise<AppState> | null = null;
  /** The part of it that has a database in hand: closing waits for it. */
  let openingCache: Promise<AppState> | null = null;
  let closed = false;

  function show(change: Partial<AppState>): AppState {
    state = { ...state, ...change };
    log.info("stage", { stage: state.stage });
    options.onState(state);
    return state;
  }

  function once(work: () => Promise<AppState>): Promise<AppState> {
    opening ??= work().finally(() => {
      opening = null;
    });
    return opening;
  }

  async function openDurable(): Promise<AppState> {
    if (inbox !== null) return state;
    const hasSaved = Object.keys(ciphertext.get()).length > 0;
    const available = await keyringAvailable(options.keyring, clock);
    if (closed) return state;
    if (!available) {
      return show({ stage: hasSaved ? "vault_failed" : "no_keyring" });
    }
    return openInbox(createKeyringSecrets(options.keyring, ciphertext), join(options.userDataDir, "inbox.db"));
  }

  function openInbox(secrets: Secrets, path: string): Promise<AppState> {
    openingCache = openCache(secrets, path).finally(() => {
      openingCache = null;
    });
    return openingCache;
  }

  async function openCache(secrets: Secrets, path: string): Promise<AppState> {
    const db = options.createDb();
    let opened: Inbox | null = null;
    try {
      const { key, isNew } = await databaseKey(secrets);
      const { setAside } = await db.open({ path, key, keyIsNew: isNew, now: clock.now() });
      opened = options.createInbox(db, secrets);
      inbox = opened;
      if (setAside !== null) log.warn("cache set aside", { reason: setAside.reason });
      await opened.start();
      return show({ stage: "ready", sessionOnly: !secrets.durable, setAside });
    } catch (error) {
      inbox = null;
      // Accounts that had begun to work must end before their database does.
      await (opened ?? db).close();
      const { code } = failureOf(error);
      log.warn("cache not opened", { code, name: error instanceof Error ? error.name : null });
      if (code === "db_from_future") return show({ stage: "db_from_future" });
      if (code === "vault_failed") return show({ stage: "vault_failed" });
      throw error;
    }
  }

  return {
    service: {
      state: () => state,
      useSessionOnly: () => once(async () => (inbox === null ? openInbox(createSessionSecrets(), ":memory:") : state)),
      retryVault: () => once(openDurable),
      dismissSetAside: () => void show({ setAside: null }),
      openLink: options.openLink,
    },
    async start() {
      await once(openDurable);
    },
    async close() {
      closed = true;
      // What is half open is opened first, so that it can be closed; whoever asked for it hears of a failure.
      await Promise.allSettled([openingCache]);
      const open = inbox;
      inbox = null;
      await open?.close();
    },
    inbox: () => inbox,
    getInboxServices() {
      if (inbox === null || state.stage !== "ready") throw new AppError("not_ready");
      return inbox.services;
    },
  };
}

/** The cache's key from the vault, made on first use. */
async function databaseKey(secrets: Secrets): Promise<{ key: Uint8Array; isNew: boolean }> {
  const saved = await secrets.find(KEY_NAME);
  if (saved !== null) {
    if (!KEY_FORM.test(saved)) throw new AppError("vault_failed", "the saved database key is damaged");
    return { key: new Uint8Array(Buffer.from(saved, "hex")), isNew: false };
  }
  const key = randomBytes(KEY_BYTES);
  await secrets.set(KEY_NAME, key.toString("hex"));
  return { key: new Uint8Array(key), isNew: true };
}
