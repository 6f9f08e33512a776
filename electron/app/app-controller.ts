/**
 * From start to an open inbox: keyring, database key, cache file, accounts; or the screen that says why not.
 *
 * Decides the stage the window shows. Must not delete anything: what cannot be opened is left where it is or
 * set aside. Invariants: no stage but `ready` has an inbox; a session without a keyring writes nothing; a cache found
 * damaged while it is in use is replaced like one found so at the start; a disk that refuses is tried again by itself.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { AppError, failureOf } from "../../shared/errors.ts";
import type { AppState } from "../../shared/ipc.ts";
import type { DbClient } from "../db/client.ts";
import type { Damage } from "../db/set-aside.ts";
import type { AppService, InboxServices } from "../ipc/services.ts";
import { errorName } from "../log.ts";
import type { Log } from "../log.ts";
import type { Clock } from "../sync/ports.ts";
import { watchDb } from "./db-watch.ts";
import type { WatchedDb } from "./db-watch.ts";
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
const DISK_RETRY_MS = 5_000;
/** When a start has long been over. */
const CHECK_AFTER_MS = 20_000;

/** Where an inbox is kept, and what is known to be wrong with it. */
interface Place {
  readonly secrets: Secrets;
  readonly path: string;
  readonly damage: Damage | null;
}

export function createAppController(options: ControllerOptions): AppController {
  const { clock, log, ciphertext } = options;
  let inbox: Inbox | null = null;
  let state: AppState = {
    stage: "starting",
    sessionOnly: false,
    setAside: null,
    disk: null,
    migration: null,
    version: options.version,
    platform: options.platform,
  };
  /** One way in at a time: a double click must not open two databases. */
  let opening: Promise<AppState> | null = null;
  /** The part of it that has a database in hand: closing waits for it. */
  let openingCache: Promise<AppState> | null = null;
  let closed = false;
  /** The database in use: what an earlier one has to tell is no longer news. */
  let current: WatchedDb | null = null;
  let cancelRetry = () => {};
  let cancelCheck = () => {};

  /** Whatever else there is to show, a migration is over. */
  function show(change: Partial<AppState>): AppState {
    state = { ...state, migration: null, ...change };
    log.info("stage", { stage: state.stage });
    options.onState(state);
    return state;
  }

  /** Not logged: it comes many times. */
  function showMigration(migration: AppState["migration"]): void {
    state = { ...state, migration };
    options.onState(state);
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
    const secrets = createKeyringSecrets(options.keyring, ciphertext);
    return openInbox({ secrets, path: join(options.userDataDir, "inbox.db"), damage: null });
  }

  function openInbox(place: Place): Promise<AppState> {
    openingCache = openCache(place).finally(() => {
      openingCache = null;
    });
    return openingCache;
  }

  async function openCache(place: Place): Promise<AppState> {
    const { secrets, path, damage } = place;
    const db = watchDb(options.createDb(), {
      clock,
      onDamaged: () => void replaceDamaged(place, db),
      onDisk(disk) {
        if (disk !== null) log.warn("disk refuses", { reason: disk });
        show({ disk });
      },
    });
    cancelRetry();
    cancelCheck();
    current = db;
    let opened: Inbox | null = null;
    try {
      const { key, isNew } = await databaseKey(secrets);
      const request = { path, key, keyIsNew: isNew, now: clock.now(), damage };
      const { setAside, isChecked } = await db.open(request, showMigration);
      opened = options.createInbox(db, secrets);
      inbox = opened;
      if (setAside !== null) log.warn("cache set aside", { reason: setAside.reason });
      await opened.start();
      if (!isChecked) cancelCheck = clock.schedule(CHECK_AFTER_MS, () => void check(db));
      return show({
        stage: "ready",
        sessionOnly: !secrets.durable,
        setAside: setAside ?? state.setAside,
        disk: db.trouble(),
      });
    } catch (error) {
      inbox = null;
      // Accounts that had begun to work must end before their database does.
      await closeQuietly(opened ?? db);
      const { code } = failureOf(error);
      log.warn("cache not opened", { code, name: errorName(error) });
      if (code === "db_from_future") return show({ stage: "db_from_future" });
      if (code === "vault_failed") return show({ stage: "vault_failed" });
      if (code === "disk_full" || code === "disk_error") return retryLater(place, code);
      if (db.isDamaged() && damage === null) return openCache({ ...place, damage: { lastWords: db.lastWords() } });
      throw error;
    }
  }

  /** A large file is looked through beside the work. What is found is dealt with like damage a call meets. */
  async function check(db: WatchedDb): Promise<void> {
    try {
      await db.check();
      log.info("cache checked");
    } catch (error) {
      log.warn("cache check", { code: failureOf(error).code });
    }
  }

  /** Nothing can be opened while the disk refuses; when it no longer does, nobody should have to restart the app. */
  function retryLater(place: Place, code: "disk_full" | "disk_error"): AppState {
    if (!closed) {
      cancelRetry = clock.schedule(DISK_RETRY_MS, () => {
        once(() => openInbox(place)).catch(noteFailure);
      });
    }
    return show({ stage: "starting", disk: code === "disk_full" ? "full" : "error" });
  }

  /** A call found the open file damaged: close everything, set it aside, save the words in it, begin a new one. */
  async function replaceDamaged(place: Place, broken: WatchedDb): Promise<void> {
    // Found while it was being opened: whoever opens it hears of it, or it is replaced right after.
    await Promise.allSettled([opening]);
    if (closed || inbox === null || current !== broken || place.path === ":memory:") return;
    log.warn("cache found damaged", {});
    try {
      await once(async () => {
        const open = inbox;
        inbox = null;
        show({ stage: "starting" });
        if (open !== null) await closeQuietly(open);
        return openInbox({ ...place, damage: { lastWords: broken.lastWords() } });
      });
    } catch (error) {
      noteFailure(error);
    }
  }

  const noteFailure = (error: unknown) =>
    log.warn("cache not replaced", { code: failureOf(error).code, name: errorName(error) });

  /** What cannot be closed properly has let go of its file all the same. */
  async function closeQuietly(part: Pick<Inbox, "close">): Promise<void> {
    try {
      await part.close();
    } catch (error) {
      log.warn("cache not closed", { code: failureOf(error).code });
    }
  }

  return {
    service: {
      state: () => state,
      useSessionOnly: () =>
        once(async () =>
          inbox === null ? openInbox({ secrets: createSessionSecrets(), path: ":memory:", damage: null }) : state,
        ),
      retryVault: () => once(openDurable),
      dismissSetAside: () => void show({ setAside: null }),
      openLink: options.openLink,
    },
    async start() {
      try {
        await once(openDurable);
      } catch {
        // Logged where it happened; the person gets a screen with a way on, not an empty window.
        show({ stage: "failed" });
      }
    },
    async close() {
      closed = true;
      cancelRetry();
      cancelCheck();
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
