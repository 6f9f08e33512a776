/**
 * A first sync killed at random moments, with `kill -9`, in a process of its own over an encrypted file.
 *
 * After ten kills the sync must go on where it stood: nothing missing, nothing double, and fewer pages asked for
 * than ten first syncs would have needed.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect, it } from "vitest";
import { openDatabase } from "../../../electron/db/database.ts";
import { seeded } from "../../helpers/seeded.ts";
import { startAgentMessageServer } from "../../servers/agentmessage.ts";

const CONVERSATIONS = 5_000;
const PAGE_SIZE = 50;
const KILLS = 10;
const KEY = "5a".repeat(32);

const folder = mkdtempSync(join(tmpdir(), "tk-kill-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Line = { stored?: number; done?: boolean; attention?: string; blocked?: string };

function startSync(options: object): { child: ChildProcess; next: () => Promise<Line | null> } {
  const script = join(import.meta.dirname, "../../helpers/sync-process.ts");
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async next() {
      const { value, done } = await lines.next();
      return done ? null : (JSON.parse(value) as Line);
    },
  };
}

it("resumes after ten kills: every conversation once, and no walk from the start", { timeout: 120_000 }, async () => {
  const random = seeded(20260428);
  const server = await startAgentMessageServer({ conversations: CONVERSATIONS, messages: 1, pageSize: PAGE_SIZE });
  const dbPath = join(folder, "inbox.db");
  const { baseUrl, apiKey } = server;
  const options = { dbPath, keyHex: KEY, baseUrl, apiKey, pageSize: PAGE_SIZE, threads: false };
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const { child, next } = startSync(options);
      // Somewhere within the next few pages; the signal lands wherever the process happens to be.
      const pages = 1 + Math.floor(random() * 8);
      for (let seen = 0; seen < pages; seen += 1) expect(await next()).toHaveProperty("stored");
      child.kill("SIGKILL");
      while ((await next()) !== null);
    }
    const { next } = startSync(options);
    let line = await next();
    while (line !== null && line.done !== true) line = await next();
    expect(line).toEqual({ done: true });

    const db = openDatabase({ path: dbPath, key: new Uint8Array(Buffer.from(KEY, "hex")) });
    const held = db.all<{ remote_id: string; last_message_at: number }>(
      "SELECT remote_id, last_message_at FROM conversations ORDER BY last_message_at DESC, id DESC",
    );
    db.close();
    const wanted = Array.from({ length: CONVERSATIONS }, (_, index) => server.conversation(index).id);
    expect(held).toHaveLength(CONVERSATIONS);
    expect(new Set(held.map((row) => row.remote_id))).toEqual(new Set(wanted));

    // One walk is 100 pages; each kill may cost the page under way, and the follow-up passes a page or two.
    expect(server.requests("conversations").length).toBeLessThan(CONVERSATIONS / PAGE_SIZE + KILLS * 2 + 12);
  } finally {
    await server.stop();
  }
});
