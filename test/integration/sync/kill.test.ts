/**
 * Sync and purge killed at six failpoints, twenty times each, and fifty times at random moments.
 *
 * After every kill: what was acknowledged is there, and the saved place is not ahead of the rows. After the last
 * start: everything the server shows is held, nothing twice, and no byte of a removed text is left in the files.
 * The variant that saves the cursor before the rows must be caught by the same check.
 */
import { mkdtempSync, readFileSync, existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../../electron/db/database.ts";
import { FAILPOINTS } from "../../helpers/kill-process.ts";
import type { Failpoint, KillOptions } from "../../helpers/kill-process.ts";
import { runChild } from "../../helpers/kill-run.ts";
import type { ChildRun } from "../../helpers/kill-run.ts";
import { seeded } from "../../helpers/seeded.ts";
import { startAgentMessageServer } from "../../servers/agentmessage.ts";
import type { AgentMessageServer } from "../../servers/agentmessage.ts";

const KILLS_EACH = 20;
const RANDOM_KILLS = process.env["NIGHTLY"] === "1" ? 500 : 50;
const CONVERSATIONS = 12;
const MESSAGES = 5;

const folder = mkdtempSync(join(tmpdir(), "tk-kills-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One inbox on disk, one server that goes on living, and what is known about both. */
class Scene {
  readonly dbPath: string;
  readonly server: AgentMessageServer;
  private readonly acked = new Set<string>();
  private readonly removed: string[] = [];
  private readonly random: () => number;
  kills = 0;
  /** Removed texts still in the files at the moment the last process ended. */
  leftAtEnd: string[] = [];

  private constructor(name: string, server: AgentMessageServer, seed: number) {
    this.dbPath = join(folder, `${name}.db`);
    this.server = server;
    this.random = seeded(seed);
  }

  static async start(name: string, seed: number): Promise<Scene> {
    const bodyOf = (conversation: number, message: number) => `canary${conversation}m${message}zebra`;
    const server = await startAgentMessageServer({ conversations: CONVERSATIONS, messages: MESSAGES, bodyOf });
    return new Scene(name, server, seed);
  }

  private pick = (below: number) => Math.floor(this.random() * below);

  /** News and a removal before each start, so that every failpoint is passed in every run. */
  private live(): void {
    this.server.receive(this.pick(CONVERSATIONS), `news${this.kills}of${this.pick(1_000)}`);
    const conversation = this.pick(CONVERSATIONS);
    const messages = this.server.messages(conversation);
    const index = this.pick(messages.length);
    const text = messages[index]?.body;
    if (text == null) return;
    this.server.redactMessage(conversation, index);
    this.removed.push(text);
  }

  async run(
    failpoint: Failpoint | null,
    change: Partial<KillOptions> = {},
    killAfterMs: number | null = null,
  ): Promise<ChildRun> {
    this.live();
    const { baseUrl, apiKey } = this.server;
    const { dbPath } = this;
    const options: KillOptions = { dbPath, baseUrl, apiKey, pageSize: 5, failpoint, occurrence: 1, ...change };
    const result = await runChild("kill-process.ts", options, killAfterMs);
    // Before anything opens the file again: opening and closing would tidy up what must already be gone.
    this.leftAtEnd = this.leftovers();
    for (const line of result.lines) for (const id of (line["acked"] as string[] | undefined) ?? []) this.acked.add(id);
    if (result.killed) this.kills += 1;
    this.checkDurable();
    return result;
  }

  /** True of the files at any moment, whatever was cut off. */
  private checkDurable(): void {
    if (!existsSync(this.dbPath)) return;
    const db = openDatabase({ path: this.dbPath, key: null });
    const held = new Set(
      db
        .all<{ id: string }>("SELECT remote_id AS id FROM conversations UNION SELECT remote_id FROM messages")
        .map(({ id }) => id),
    );
    expect([...this.acked].filter((id) => !held.has(id))).toEqual([]);
    const ahead = db.get("SELECT seen FROM passes WHERE kind = 'list' AND seen > (SELECT count(*) FROM conversations)");
    expect(ahead).toBeUndefined();
    db.close();
  }

  /** Hits of removed texts in the raw bytes of the database and its log. */
  private leftovers(): string[] {
    const bytes = ["", "-wal", "-shm"].flatMap((suffix) => {
      const path = this.dbPath + suffix;
      return existsSync(path) ? [readFileSync(path).toString("latin1")] : [];
    });
    return this.removed.filter((text) => bytes.some((file) => file.includes(text)));
  }

  /** A last start without a kill, then everything is compared with the server. */
  async finish(): Promise<void> {
    const { lines } = await this.run(null);
    expect(lines.at(-1)).toEqual({ done: true });
    expect(this.leftAtEnd).toEqual([]);
    const db = openDatabase({ path: this.dbPath, key: null });
    const rows = db.all<{ conversation: string; id: string; body: string | null }>(
      `SELECT c.remote_id AS conversation, m.remote_id AS id, m.body FROM messages m
       JOIN conversations c ON c.id = m.conversation_id ORDER BY c.remote_id, m.created_at, m.id`,
    );
    db.close();
    const wanted = Array.from({ length: CONVERSATIONS }, (_, index) =>
      this.server
        .messages(index)
        .map(({ id, body }) => ({ conversation: this.server.conversation(index).id, id, body })),
    ).flat();
    const sort = (list: typeof wanted) => list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(sort(rows)).toEqual(sort(wanted));
    await this.server.stop();
  }
}

describe("killed sync and purge", () => {
  it.concurrent.each(FAILPOINTS)(`${KILLS_EACH} kills at: %s`, { timeout: 120_000 }, async (failpoint) => {
    const scene = await Scene.start(failpoint.replaceAll(/\W/g, "-"), FAILPOINTS.indexOf(failpoint) + 1);
    const random = seeded(77);
    for (let start = 0; scene.kills < KILLS_EACH; start += 1) {
      // Never starved: a point that is passed once in a run is passed at its first time.
      const result = await scene.run(failpoint, { occurrence: start % 3 === 0 ? 1 + Math.floor(random() * 4) : 1 });
      if (result.killed && failpoint === "purge reported done") expect(scene.leftAtEnd).toEqual([]);
      expect(start).toBeLessThan(KILLS_EACH * 2);
    }
    await scene.finish();
  });

  it(`${RANDOM_KILLS} kills at random moments`, { timeout: 900_000 }, async () => {
    const scene = await Scene.start("random", 99);
    const random = seeded(5);
    while (scene.kills < RANDOM_KILLS) await scene.run(null, {}, 120 + Math.floor(random() * 220));
    await scene.finish();
  });

  it("catches: cursor before rows", { timeout: 60_000 }, async () => {
    const scene = await Scene.start("cursor-first", 7);
    const killAtFirstRow = () => scene.run("between two statements of a page", { cursorFirst: true });
    await expect(killAtFirstRow()).rejects.toThrow();
    await scene.server.stop();
  });
});
