/**
 * A cache that breaks while the app uses it: over the real controller, inbox, worker and encrypted file. Keyring,
 * network and clock are stand-ins; the damage is bytes changed in the file under the open database.
 */
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { createAppController } from "../../../electron/app/app-controller.ts";
import type { AppController } from "../../../electron/app/app-controller.ts";
import type { CiphertextFile } from "../../../electron/app/secrets.ts";
import type { DbClient } from "../../../electron/db/client.ts";
import type { AccountId, ConversationId } from "../../../shared/domain.ts";
import { AppError } from "../../../shared/errors.ts";
import type { AppErrorCode } from "../../../shared/errors.ts";
import type { AppState } from "../../../shared/ipc.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import {
  CONNECT,
  controllerOptions,
  createMemoryCiphertext,
  createWorkerDb,
} from "../../helpers/controller-options.ts";
import { remoteConversation, remoteMessage, T0 } from "../../helpers/test-database.ts";

let folder: string;
let ciphertext: CiphertextFile;
let controllers: AppController[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "threadkeep-damage-"));
  ciphertext = createMemoryCiphertext();
  controllers = [];
  return async () => {
    await Promise.all(controllers.map((controller) => controller.close()));
    rmSync(folder, { recursive: true });
  };
});

async function setUp(initial: readonly (readonly [string, AppErrorCode])[] = []) {
  const clock = createFakeClock(T0);
  const states: AppState[] = [];
  /** What the disk answers to a call instead of doing it. */
  const faults = new Map<string, AppErrorCode>(initial);
  const dbs: DbClient[] = [];
  const controller = createAppController(
    controllerOptions({
      userDataDir: folder,
      ciphertext,
      clock,
      createDb() {
        const client = createWorkerDb();
        dbs.push(client);
        const failing = (name: string) => {
          const code = faults.get(name);
          return code === undefined ? null : Promise.reject(new AppError(code));
        };
        return {
          open: (options) => failing("open") ?? client.open(options),
          call: (name, input) => failing(name) ?? client.call(name, input),
          check: client.check,
          close: client.close,
        };
      },
      onState: (state) => states.push(state),
    }),
  );
  controllers.push(controller);

  /** Fake time for timers, real time for the worker. */
  async function until(isDone: () => boolean): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!isDone()) {
      if (Date.now() > deadline) throw new Error(`still waiting; the last state is ${JSON.stringify(states.at(-1))}`);
      await clock.advance(500);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
  let started = false;
  void controller.start().then(() => (started = true));
  await until(() => started);
  const db = () => controller.getInboxServices().db;
  return { controller, clock, states, faults, dbs, until, db };
}

type Rig = Awaited<ReturnType<typeof setUp>>;

const list = (accountId: AccountId, remoteIds: readonly string[]) => ({
  accountId,
  generation: 1,
  kind: "list" as const,
  items: remoteIds.map((remoteId, index) => remoteConversation({ remoteId, contactNumber: `+1555000${index}` })),
  rejected: [],
  pass: null,
  mark: T0,
  now: T0,
});

async function rowsOf(rig: Rig) {
  const all = { accountId: null, numberId: null, view: "all", offset: 0, limit: 10, keepId: null } as const;
  return (await rig.db().call("conversations.window", all)).rows;
}

/** An account with a draft and an unsent reply, and after them far more messages than the page cache holds. */
async function fill(
  rig: Rig,
  pages = 1,
): Promise<{ accountId: AccountId; draft: ConversationId; reply: ConversationId; big: ConversationId }> {
  const { id: accountId } = await rig.controller.getInboxServices().accounts.connect(CONNECT);
  await rig.db().call("sync.commitConversations", list(accountId, ["draft", "reply", "big"]));
  const idOf = async (index: number) =>
    (await rowsOf(rig)).find(({ contactNumber }) => contactNumber === `+1555000${index}`)!.id;
  const [draft, reply, big] = [await idOf(0), await idOf(1), await idOf(2)];
  await rig.db().call("drafts.save", { conversationId: draft, text: "half a sentence", now: T0 });
  await rig
    .db()
    .call("outbox.enqueue", { conversationId: reply, text: "on my way", key: "k-1", now: T0, notBefore: T0 + 9e9 });
  for (let page = 0; page < pages; page += 1) {
    await rig.db().call("sync.commitMessages", {
      accountId,
      generation: 1,
      conversationId: big,
      items: Array.from({ length: 500 }, (_, index) =>
        remoteMessage({
          remoteId: `m${page}-${index}`,
          body: `${page} ${index} ${"y".repeat(4_000)}`,
          createdAt: T0 - page * 500 - index,
        }),
      ),
      rejected: [],
      kind: "full",
      cursor: `p${page}`,
      complete: false,
      startedAt: T0,
      now: T0,
    });
  }
  return { accountId, draft, reply, big };
}

/** Overwrites the second half of the file, where nothing but messages is. */
function breakFile(): void {
  const path = join(folder, "inbox.db");
  const size = statSync(path).size;
  const file = openSync(path, "r+");
  writeSync(file, Buffer.alloc(Math.floor(size / 2), 0x5a), 0, Math.floor(size / 2), Math.floor(size / 2));
  closeSync(file);
}

const setAsideFiles = () => readdirSync(folder).filter((name) => /set-aside-[\dTZ-]+$/.test(name));

describe("a cache found damaged while it is used", () => {
  it("is set aside and replaced, accounts go on, and no word that was acknowledged is lost", async () => {
    const first = await setUp();
    const { big, draft } = await fill(first, 12);
    // A closed cache has no journal left: everything is in the file.
    await first.controller.close();
    const rig = await setUp();
    const db = rig.db();
    breakFile();
    const size = statSync(join(folder, "inbox.db")).size;
    // Reading through the thread meets the damage somewhere; a person's last text meets it as well.
    const reads = async () => {
      for (let page = 0; page < 40; page += 1) {
        await db.call("thread.page", {
          conversationId: big,
          before: { createdAt: T0 - page * 150, id: 1 as never },
          limit: 100,
        });
      }
    };
    await expect(reads()).rejects.toMatchObject({ code: "db_damaged" });
    await rig.until(() => rig.states.at(-1)?.setAside !== null && rig.states.at(-1)?.stage === "ready");

    expect(rig.states.map(({ stage }) => stage)).toEqual(["ready", "starting", "ready"]);
    const { setAside } = rig.states.at(-1)!;
    expect(setAside?.reason).toBe("damaged");
    expect(statSync(setAside!.path).size).toBe(size);
    expect(setAsideFiles()).toHaveLength(1);

    const [account] = await rig.controller.getInboxServices().accounts.list();
    expect(account).toMatchObject({ name: "Desk", state: "ok" });
    await rig.db().call("sync.commitConversations", list(account!.id, ["draft", "reply"]));
    const open = await rig.db().call("outbox.list", undefined);
    expect(open.map(({ item }) => [item.text, item.state])).toEqual([["on my way", "unknown"]]);
    const rows = await rowsOf(rig);
    expect(rows.map((row) => row.draft).filter((text) => text !== null)).toEqual(["half a sentence"]);
    // No window may take a new thread for the one it knew under an old id.
    expect(await rig.db().call("conversations.get", { id: draft })).toBeNull();
  });

  it("gives back the very text whose saving failed", async () => {
    const rig = await setUp();
    const { draft, reply } = await fill(rig);
    const services = rig.controller.getInboxServices();
    rig.faults.set("drafts.save", "db_damaged").set("outbox.enqueue", "db_damaged");
    const lost = [
      services.db.call("drafts.save", { conversationId: draft, text: "half a sentence and more", now: T0 }),
      services.db.call("outbox.enqueue", { conversationId: reply, text: "and one more thing", key: "k-2", now: T0 }),
    ];
    for (const call of lost) await expect(call).rejects.toMatchObject({ code: "db_damaged" });
    rig.faults.clear();
    await rig.until(() => rig.states.at(-1)?.setAside !== null && rig.states.at(-1)?.stage === "ready");
    const [account] = await rig.controller.getInboxServices().accounts.list();
    await rig.db().call("sync.commitConversations", list(account!.id, ["draft", "reply"]));
    const rows = await rowsOf(rig);
    expect(new Set(rows.map((row) => row.draft))).toEqual(new Set(["and one more thing", "half a sentence and more"]));
  });
});

describe("a disk that refuses", () => {
  it("while the app runs: says so once, tries one small write every few seconds, and takes it back by itself", async () => {
    const rig = await setUp();
    const { draft } = await fill(rig);
    const db = rig.db();
    const save = () => db.call("drafts.save", { conversationId: draft, text: "kept in the box", now: T0 });
    rig.faults.set("drafts.save", "disk_full").set("storage.probe", "disk_full");
    const before = rig.states.length;
    await expect(save()).rejects.toMatchObject({ code: "disk_full" });
    await expect(save()).rejects.toMatchObject({ code: "disk_full" });
    await rig.clock.advance(30_000);
    expect(rig.states.slice(before).map(({ stage, disk }) => [stage, disk])).toEqual([["ready", "full"]]);
    expect(await db.call("drafts.get", { conversationId: draft })).toBe("half a sentence");
    rig.faults.clear();
    await rig.until(() => rig.states.at(-1)?.disk === null);
    await save();
    expect(await db.call("drafts.get", { conversationId: draft })).toBe("kept in the box");
    expect(setAsideFiles()).toEqual([]);
  });

  it("when the app starts: waits with a word, and opens by itself when it no longer does", async () => {
    const first = await setUp();
    const { draft } = await fill(first);
    await first.controller.close();
    const again = await setUp([["open", "disk_error"]]);
    expect(again.states.at(-1)).toMatchObject({ stage: "starting", disk: "error" });
    again.faults.clear();
    await again.until(() => again.states.at(-1)?.stage === "ready");
    expect(again.states.at(-1)).toMatchObject({ disk: null, setAside: null });
    expect(await again.db().call("drafts.get", { conversationId: draft })).toBe("half a sentence");
    expect(existsSync(join(folder, "inbox.db"))).toBe(true);
  });
});
