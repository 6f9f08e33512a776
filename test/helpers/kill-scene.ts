/**
 * One inbox on disk and one server that goes on living, with kills in between; keeps what is known about both.
 *
 * Judges after every process whether what was acknowledged is there and the saved place is honest, and at the end
 * whether the files hold exactly what the server shows and no byte of what it removed.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../../electron/db/database.ts";
import { startAgentMessageServer } from "../servers/agentmessage.ts";
import type { AgentMessageServer } from "../servers/agentmessage.ts";
import type { Failpoint, KillOptions } from "./kill-process.ts";
import { runChild } from "./kill-run.ts";
import type { ChildRun } from "./kill-run.ts";
import { seeded } from "./seeded.ts";

const CONVERSATIONS = 12;
const MESSAGES = 5;

export class KillScene {
  readonly dbPath: string;
  readonly server: AgentMessageServer;
  private readonly acked = new Set<string>();
  private readonly removed: string[] = [];
  private readonly random: () => number;
  kills = 0;
  /** Removed texts still in the files at the moment the last process ended. */
  leftAtEnd: string[] = [];
  /** Every promise that was found broken, in words. Empty is what tests expect. */
  readonly problems: string[] = [];

  private constructor(folder: string, name: string, server: AgentMessageServer, seed: number) {
    this.dbPath = join(folder, `${name}.db`);
    this.server = server;
    this.random = seeded(seed);
  }

  static async start(folder: string, name: string, seed: number): Promise<KillScene> {
    const bodyOf = (conversation: number, message: number) => `canary${conversation}m${message}zebra`;
    const server = await startAgentMessageServer({ conversations: CONVERSATIONS, messages: MESSAGES, bodyOf });
    return new KillScene(folder, name, server, seed);
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
    for (const id of this.acked) if (!held.has(id)) this.problems.push(`acknowledged and lost: ${id}`);
    const ahead = db.get("SELECT seen FROM passes WHERE kind = 'list' AND seen > (SELECT count(*) FROM conversations)");
    if (ahead !== undefined) this.problems.push("the saved place is ahead of the rows");
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
    if (lines.at(-1)?.["done"] !== true) this.problems.push("the last start did not reach the end");
    for (const text of this.leftAtEnd) this.problems.push(`still in the files: ${text}`);
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
    const key = ({ conversation, id, body }: (typeof rows)[number]) => `${conversation} ${id} ${body ?? "removed"}`;
    const held = rows.map(key).toSorted();
    const told = wanted.map(key).toSorted();
    for (const line of told.filter((one) => !held.includes(one))) this.problems.push(`missing: ${line}`);
    for (const line of held.filter((one, at) => !told.includes(one) || held.indexOf(one) !== at)) {
      this.problems.push(`too much: ${line}`);
    }
    await this.server.stop();
  }
}
