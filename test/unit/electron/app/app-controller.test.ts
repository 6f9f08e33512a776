/**
 * From start to an open inbox, over the real inbox, the real database worker and a temp folder; keyring and network
 * are stand-ins.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAppController } from "../../../../electron/app/app-controller.ts";
import type { AppController, ControllerOptions } from "../../../../electron/app/app-controller.ts";
import type { CiphertextFile, Keyring } from "../../../../electron/app/secrets.ts";
import type { DbClient } from "../../../../electron/db/client.ts";
import { createLog } from "../../../../electron/log.ts";
import { AppError } from "../../../../shared/errors.ts";
import type { AppState } from "../../../../shared/ipc.ts";
import { IDLE_INBOX } from "../../../fakes/fake-desktop.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import {
  ACCOUNT_KEY,
  CONNECT,
  controllerOptions,
  createMemoryCiphertext,
  createWorkerDb,
} from "../../../helpers/controller-options.ts";
import { fails, noKeyring, seal, workingKeyring } from "./fake-keyring.ts";

interface Rig {
  readonly controller: AppController;
  readonly states: AppState[];
  readonly dbs: Array<{ closed: boolean }>;
  readonly lines: string[];
  readonly paths: string[];
  stages(): string[];
  start(): Promise<void>;
}

let folder: string;
/** What the settings file holds: it outlives a restart. */
let ciphertext: CiphertextFile;
const controllers: AppController[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "app-controller-"));
  ciphertext = createMemoryCiphertext();
});
afterEach(async () => {
  await Promise.all(controllers.splice(0).map((controller) => controller.close()));
  rmSync(folder, { recursive: true });
});

function setUp(keyring: Keyring = workingKeyring, change: Partial<ControllerOptions> = {}): Rig {
  const clock = createFakeClock();
  const states: AppState[] = [];
  const dbs: Rig["dbs"] = [];
  const lines: string[] = [];
  const paths: string[] = [];
  const log = createLog((line) => lines.push(line), clock.now);

  function createDb(): DbClient {
    const client = createWorkerDb();
    const entry = { closed: false };
    dbs.push(entry);
    return {
      ...client,
      open(options, onMigration) {
        paths.push(options.path);
        return client.open(options, onMigration);
      },
      async close() {
        await client.close();
        entry.closed = true;
      },
    };
  }

  const controller = createAppController(
    controllerOptions({
      userDataDir: folder,
      keyring,
      ciphertext,
      clock,
      log,
      createDb,
      onState: (state) => states.push(state),
      ...change,
    }),
  );
  controllers.push(controller);
  return {
    controller,
    states,
    dbs,
    lines,
    paths,
    stages: () => states.map(({ stage }) => stage),
    async start() {
      let isDone = false;
      const outcome = controller.start().then(
        () => null,
        (error: unknown) => ({ error }),
      );
      void outcome.then(() => {
        isDone = true;
      });
      // Waiting for the keyring is fake time, opening the database is real time.
      while (!isDone) {
        await clock.advance(100);
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
      const failed = await outcome;
      if (failed !== null) throw failed.error;
    },
  };
}

const openDbs = ({ dbs }: Rig) => dbs.filter(({ closed }) => !closed).length;

describe("a start with a keyring", () => {
  it("opens the inbox under a key of its own, which stays", async () => {
    const first = setUp();
    expect(first.controller.service.state().stage).toBe("starting");
    expect(() => first.controller.getInboxServices()).toThrow(expect.objectContaining({ code: "not_ready" }));
    await first.start();
    expect(first.states).toEqual([
      {
        stage: "ready",
        sessionOnly: false,
        setAside: null,
        disk: null,
        migration: null,
        version: "0.1.0",
        platform: "linux",
      },
    ]);
    expect(first.paths).toEqual([join(folder, "inbox.db")]);
    const { "database-key": key } = ciphertext.get();
    await first.controller.getInboxServices().accounts.connect(CONNECT);
    await first.controller.close();
    expect(first.controller.inbox()).toBeNull();

    const second = setUp();
    await second.start();
    expect(ciphertext.get()["database-key"]).toBe(key);
    expect(await second.controller.getInboxServices().accounts.list()).toMatchObject([{ name: "Desk", state: "ok" }]);
    expect(second.controller.service.state().setAside).toBeNull();
  });

  it("leaves neither key in a file or in the log", async () => {
    const rig = setUp();
    await rig.start();
    await rig.controller.getInboxServices().accounts.connect(CONNECT);
    const dbKey = Buffer.from(
      Buffer.from(ciphertext.get()["database-key"]!, "base64").toString().slice(7),
      "hex",
    ).toString();
    expect(dbKey).toMatch(/^[0-9a-f]{64}$/);
    await rig.controller.close();
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(files.length).toBeGreaterThan(0);
    for (const bytes of [...files, Buffer.from(rig.lines.join()), Buffer.from(JSON.stringify(ciphertext.get()))]) {
      for (const needle of [Buffer.from(ACCOUNT_KEY), Buffer.from(dbKey), Buffer.from(dbKey, "hex")]) {
        expect(bytes.includes(needle)).toBe(false);
      }
    }
  });

  it("sets a cache aside whose key was lost, says so, and builds the accounts anew", async () => {
    const first = setUp();
    await first.start();
    await first.controller.getInboxServices().accounts.connect(CONNECT);
    await first.controller.close();
    const { "database-key": _lost, ...accounts } = ciphertext.get();
    ciphertext.set(accounts);
    const second = setUp();
    await second.start();
    const { stage, setAside } = second.controller.service.state();
    expect([stage, setAside?.reason]).toEqual(["ready", "key_lost"]);
    expect(readFileSync(setAside!.path).length).toBeGreaterThan(0);
    expect(await second.controller.getInboxServices().accounts.list()).toMatchObject([{ name: "Desk" }]);
    second.controller.service.dismissSetAside();
    expect(second.controller.service.state().setAside).toBeNull();
    expect(readFileSync(setAside!.path).length).toBeGreaterThan(0);
  });
});

describe("a start without one", () => {
  const broken: ReadonlyArray<readonly [string, Keyring, string, string]> = [
    ["there is none", noKeyring, "no_keyring", "vault_failed"],
    [
      "it is basic_text",
      { ...workingKeyring, getSelectedStorageBackend: () => "basic_text" },
      "no_keyring",
      "vault_failed",
    ],
    ["it fails when asked", { ...workingKeyring, isAsyncEncryptionAvailable: fails }, "no_keyring", "vault_failed"],
    ["it cannot encrypt", { ...workingKeyring, encryptStringAsync: fails }, "vault_failed", "ready"],
    ["it cannot decrypt", { ...workingKeyring, decryptStringAsync: fails }, "vault_failed", "vault_failed"],
  ];

  it.each(broken)("because %s: the screen that says so, and nothing written", async (_name, keyring, stage) => {
    const rig = setUp(keyring);
    await rig.start();
    expect(rig.stages()).toEqual([stage]);
    expect([readdirSync(folder), ciphertext.get(), openDbs(rig)]).toEqual([[], {}, 0]);
    expect(rig.controller.inbox()).toBeNull();
    expect(() => rig.controller.getInboxServices()).toThrow(expect.objectContaining({ code: "not_ready" }));
  });

  it.each(broken)("because %s, with saved secrets: nothing is lost", async (_name, keyring, _first, stage) => {
    const first = setUp();
    await first.start();
    await first.controller.close();
    const saved = { ...ciphertext.get() };
    const rig = setUp(keyring);
    await rig.start();
    expect(rig.stages()).toEqual([stage]);
    expect(ciphertext.get()).toEqual(saved);
    await rig.controller.close();

    const healed = setUp();
    await healed.start();
    expect(healed.controller.service.state()).toMatchObject({ stage: "ready", setAside: null });
  });

  it("goes on after the person unlocked it", async () => {
    let isThere = false;
    const rig = setUp({ ...workingKeyring, isAsyncEncryptionAvailable: () => Promise.resolve(isThere) });
    await rig.start();
    isThere = true;
    expect(await rig.controller.service.retryVault()).toMatchObject({ stage: "ready", sessionOnly: false });
    expect(await rig.controller.service.retryVault()).toMatchObject({ stage: "ready" });
    expect(rig.dbs).toHaveLength(1);
  });

  it.each(["zz", "", "abcd", "0".repeat(63), "A".repeat(64)])("because the database key reads %j", async (key) => {
    ciphertext.set({ "database-key": seal(key).toString("base64") });
    const saved = { ...ciphertext.get() };
    const rig = setUp();
    await rig.start();
    expect([rig.stages(), rig.paths, ciphertext.get(), openDbs(rig)]).toEqual([["vault_failed"], [], saved, 0]);
  });
});

describe("a session without a keyring", () => {
  it("writes nothing at all and forgets everything", async () => {
    const rig = setUp(noKeyring);
    await rig.start();
    expect(await rig.controller.service.useSessionOnly()).toMatchObject({ stage: "ready", sessionOnly: true });
    expect(rig.paths).toEqual([":memory:"]);
    await rig.controller.getInboxServices().accounts.connect(CONNECT);
    expect(await rig.controller.getInboxServices().accounts.list()).toHaveLength(1);
    await rig.controller.close();
    expect([readdirSync(folder), ciphertext.get()]).toEqual([[], {}]);

    const next = setUp(noKeyring);
    await next.start();
    await next.controller.service.useSessionOnly();
    expect(await next.controller.getInboxServices().accounts.list()).toEqual([]);
  });

  it("leaves what an earlier start saved alone", async () => {
    ciphertext.set({ "database-key": "AAAA", "account:1": "BBBB" });
    const saved = { ...ciphertext.get() };
    const rig = setUp(noKeyring);
    await rig.start();
    await rig.controller.service.useSessionOnly();
    await rig.controller.getInboxServices().accounts.connect(CONNECT);
    await rig.controller.close();
    expect([readdirSync(folder), ciphertext.get()]).toEqual([[], saved]);
  });
});

describe("one database", () => {
  it("is opened by a double click, on either button or both", async () => {
    const rig = setUp(noKeyring);
    await rig.start();
    const { useSessionOnly } = rig.controller.service;
    const states = await Promise.all([useSessionOnly(), useSessionOnly(), useSessionOnly()]);
    expect(states.map(({ stage }) => stage)).toEqual(["ready", "ready", "ready"]);
    await useSessionOnly();
    await rig.controller.service.retryVault();
    expect(rig.dbs).toHaveLength(1);
    expect(rig.controller.service.state().sessionOnly).toBe(true);
  });

  it("is closed again when the inbox cannot start, together with what had begun", async () => {
    let isBroken = true;
    const ends: string[] = [];
    const rig = setUp(workingKeyring, {
      createInbox: (db) => ({
        services: {} as never,
        start: () => (isBroken ? Promise.reject(new AppError("disk_error")) : Promise.resolve()),
        async close() {
          ends.push("inbox");
          await db.close();
        },
        ...IDLE_INBOX,
      }),
    });
    await rig.start();
    expect(rig.states.at(-1)).toMatchObject({ stage: "starting", disk: "error" });
    expect([ends, openDbs(rig), rig.controller.inbox()]).toEqual([["inbox"], 0, null]);
    expect(() => rig.controller.getInboxServices()).toThrow(expect.objectContaining({ code: "not_ready" }));
    isBroken = false;
    expect(await rig.controller.service.retryVault()).toMatchObject({ stage: "ready", disk: null });
    expect([rig.dbs.length, openDbs(rig)]).toEqual([2, 1]);
  });

  it("from a newer version stays where it is", async () => {
    const rig = setUp(workingKeyring, {
      createDb: () => ({
        open: () => Promise.reject(new AppError("db_from_future")),
        call: () => Promise.reject(new AppError("not_ready")),
        check: () => Promise.resolve(),
        close: () => Promise.resolve(),
      }),
    });
    await rig.start();
    expect(rig.stages()).toEqual(["db_from_future"]);
    expect(rig.controller.inbox()).toBeNull();
  });

  it("is closed when the app quits while it opens", async () => {
    const rig = setUp(noKeyring);
    await rig.start();
    const opening = rig.controller.service.useSessionOnly();
    await rig.controller.close();
    await opening;
    expect([rig.dbs.length, openDbs(rig), rig.controller.inbox()]).toEqual([1, 0, null]);
  });

  it("is not opened any more when the app quits while the keyring is asked", async () => {
    const answer = Promise.withResolvers<boolean>();
    const rig = setUp({ ...workingKeyring, isAsyncEncryptionAvailable: () => answer.promise });
    const starting = rig.controller.start();
    await rig.controller.close();
    answer.resolve(true);
    await starting;
    expect([rig.dbs, ciphertext.get()]).toEqual([[], {}]);
  });
});
