/**
 * A first sync killed at random moments, with `kill -9`, in a process of its own over an encrypted file.
 *
 * After each kill the saved place must be that of the rows, however many pages were read ahead of it. After ten the
 * sync must go on where it stood: nothing missing, nothing double, and fewer pages asked for than ten first syncs
 * would have needed.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../../electron/db/database.ts";
import { DEFAULT_CONFIG } from "../../../electron/sync/state.ts";
import { collect } from "../../helpers/kill-run.ts";
import { seeded } from "../../helpers/seeded.ts";
import { startAgentMessageServer } from "../../servers/agentmessage.ts";

const CONVERSATIONS = 10_000;
const PAGE_SIZE = 50;
const KILLS = 10;
const KEY = "5a".repeat(32);

const folder = mkdtempSync(join(tmpdir(), "tk-kill-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Line = { stored?: number; done?: boolean; attention?: string; blocked?: string };

function startSync(options: object): { child: ChildProcess; next: () => Promise<Line | null> } {
  const script = join(import.meta.dirname, "../../helpers/sync-process.ts");
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ["ignore", "pipe", "pipe"] });
  const complaint = collect(child.stderr);
  const closed = once(child, "close");
  // Also one that a failing test left behind: its folder goes next.
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await closed;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async next() {
      const { value, done } = await lines.next();
      if (!done) return JSON.parse(value) as Line;
      await closed;
      if (child.exitCode !== 0 && child.signalCode !== "SIGKILL") throw new Error(complaint().trim());
      return null;
    },
  };
}

/** How many rows the saved place says were seen, and how many there are: the list does not move here. */
function placeOf(dbPath: string): { seen: number; held: number } {
  const db = openDatabase({ path: dbPath, key: new Uint8Array(Buffer.from(KEY, "hex")) });
  const place = db.get<{ seen: number; held: number }>(
    `SELECT (SELECT seen FROM passes WHERE kind = 'list') AS seen, (SELECT count(*) FROM conversations) AS held`,
  );
  db.close();
  return place ?? { seen: -1, held: -1 };
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
      // Somewhere within the next few commits; the signal lands wherever the process happens to be.
      const commits = 1 + Math.floor(random() * 4);
      for (let seen = 0; seen < commits; seen += 1) expect(await next()).toHaveProperty("stored");
      child.kill("SIGKILL");
      while ((await next()) !== null);
      const { seen, held } = placeOf(dbPath);
      expect(seen).toBe(held);
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

    // One walk is 200 pages; each kill may cost the pages being stored and those read ahead of them, and the follow-up
    // passes a page or two.
    const lostAtMost = 2 * DEFAULT_CONFIG.aheadPages + 1;
    expect(server.requests("conversations").length).toBeLessThan(CONVERSATIONS / PAGE_SIZE + KILLS * lostAtMost + 12);
  } finally {
    await server.stop();
  }
});
