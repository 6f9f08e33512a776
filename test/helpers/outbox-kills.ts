/**
 * The outbox under `kill -9`: runs `outbox-process.ts` again and again over one file and one real server.
 *
 * A campaign is a list of kills, then a settling without kills, then a person who looks at what is still unknown
 * and sends it again. Every start offers all replies so far once more, as a notification delivered twice does.
 * Judged by the server: each reply that was accepted is there once, and the app shows what the server knows.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "vite";
import { openDatabase } from "../../electron/db/database.ts";
import { createAgentMessage } from "../../electron/providers/agentmessage/client.ts";
import { systemClock } from "../../electron/app/system-clock.ts";
import { startAgentMessageServer } from "../servers/agentmessage.ts";
import type { AgentMessageServer } from "../servers/agentmessage.ts";
import { collect } from "./kill-run.ts";
import type { OutboxMutant } from "./outbox-mutants.ts";
import type { OutboxProcessOptions } from "./outbox-failpoints.ts";
import { commitList, seedAccount } from "./test-database.ts";

const KEY = "5a".repeat(32);
const keyBytes = new Uint8Array(Buffer.from(KEY, "hex"));
const QUIET_KILL_MS = 600;
const SETTLE_TIMEOUT_MS = 20_000;

interface Line {
  readonly open?: true;
  readonly accepted?: string;
  readonly states?: Readonly<Record<string, string>>;
  readonly error?: string;
  readonly blocked?: string;
}

export interface Round {
  /** New replies of this round: which conversation each goes to. */
  readonly conversations: readonly number[];
  /** The process kills itself at this point of the round's first reply; null: the parent does, see `killAfter`. */
  readonly failpoint: NonNullable<OutboxProcessOptions["failpoint"]>["at"] | null;
  /** So many lines of output, then so many milliseconds: tied to progress, so that a busy machine changes nothing. */
  readonly killAfter?: { readonly lines: number; readonly ms: number };
  /** What the server does to the sends of this round. */
  readonly spoil: (server: AgentMessageServer) => void;
}

export interface CampaignOptions {
  /** From `bundleOutboxProcess`. */
  readonly script: string;
  readonly rounds: readonly Round[];
  /** False: the key may not look sent messages up, so that only the thread can tell. */
  readonly canLookUp: boolean;
  readonly from: OutboxProcessOptions["from"];
  readonly mutant: OutboxMutant | null;
}

export interface CampaignResult {
  readonly accepted: number;
  /** Accepted replies that the server never got, after the person had sent the unknown ones again. */
  readonly lost: string[];
  /** Replies the server got more than once. */
  readonly doubled: string[];
  /** Replies whose state in the app, once settled, was not what the server knew, before any person helped. */
  readonly wronglyShown: string[];
  /** Replies that are not exactly one message in the app's own thread at the end. */
  readonly notOneMessage: string[];
}

/** The process's sources in one file: it starts a hundred times and more, and each start should be short. */
export async function bundleOutboxProcess(): Promise<{ script: string; remove(): void }> {
  // Inside the repository, so that the SQLite driver is found.
  const cache = join(import.meta.dirname, "../../.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "outbox-process-"));
  await build({
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true, external: ["better-sqlite3"] },
    build: { ssr: join(import.meta.dirname, "outbox-process.ts"), outDir: folder, minify: false },
  });
  return { script: join(folder, "outbox-process.js"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function start(script: string, options: OutboxProcessOptions) {
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ["pipe", "pipe", "pipe"] });
  const complaint = collect(child.stderr);
  const closed = once(child, "close");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    /** Resolves when it is gone; rejects when nobody killed it. */
    async ended(): Promise<void> {
      await closed;
      if (child.signalCode !== "SIGKILL") throw new Error(`the process ended by itself: ${complaint().trim()}`);
    },
    async next(): Promise<Line | null> {
      const { value, done } = await lines.next();
      return done ? null : (JSON.parse(value) as Line);
    },
  };
}

export async function runCampaign({
  script,
  rounds,
  canLookUp,
  from,
  mutant,
}: CampaignOptions): Promise<CampaignResult> {
  const folder = mkdtempSync(join(tmpdir(), "threadkeep-outbox-"));
  const dbPath = join(folder, "inbox.db");
  const conversations = 1 + Math.max(...rounds.flatMap((round) => round.conversations));
  const server = await startAgentMessageServer({ conversations, messages: 1 });
  if (!canLookUp) server.setKeyScopes(["conversations:read", "messages:send", "numbers:read"]);
  try {
    await seed(dbPath, server);
    const { baseUrl, apiKey } = server;
    const common = { dbPath, keyHex: KEY, baseUrl, apiKey, from, mutant };
    const replies: { key: string; text: string; conversation: number }[] = [];
    const accepted = new Set<string>();

    for (const round of rounds) {
      const fresh = round.conversations.map((conversation) => {
        const name = `${replies.length}-${conversation}`;
        const reply = { key: `key-${name}`, text: `Reply ${name} of a person`, conversation };
        replies.push(reply);
        return reply;
      });
      server.clearFaults();
      round.spoil(server);
      const failpoint = round.failpoint === null ? null : { at: round.failpoint, text: fresh[0]!.text };
      const offered = replies.slice(-40);
      const { child, ended, next } = start(script, {
        ...common,
        replies: offered,
        failpoint,
        sync: false,
        personRetries: false,
      });
      let left = round.killAfter?.lines ?? Infinity;
      for (let line = await next(); line !== null; line = await next()) {
        if (line.accepted !== undefined) accepted.add(line.accepted);
        const killIn = (ms: number) => void setTimeout(() => child.kill("SIGKILL"), ms);
        // It may also fall silent before: waiting for an answer, say.
        if (line.open && round.killAfter !== undefined) killIn(QUIET_KILL_MS);
        if (left === 0) killIn(round.killAfter?.ms ?? 0);
        left -= 1;
      }
      await ended();
    }

    server.clearFaults();
    const arrivals = (text: string) => server.sends.filter((send) => send.text === text).length;
    const settled = await settle(
      script,
      { ...common, replies: [], failpoint: null, sync: true, personRetries: false },
      (states) => replies.every(({ text }) => !(text in states) || (states[text] === "sent") === arrivals(text) > 0),
    );
    const wronglyShown = replies
      .filter(({ text }) => text in settled && (settled[text] === "sent") !== arrivals(text) > 0)
      .map(({ key }) => key);
    const allSent = (states: Readonly<Record<string, string>>) => Object.values(states).every((s) => s === "sent");
    await settle(script, { ...common, replies: [], failpoint: null, sync: true, personRetries: true }, allSent);

    const known = replies.filter(({ text }) => accepted.has(text));
    return {
      accepted: accepted.size,
      lost: known.filter(({ text }) => arrivals(text) === 0).map(({ key }) => key),
      doubled: replies.filter(({ text }) => arrivals(text) > 1).map(({ key }) => key),
      wronglyShown,
      notOneMessage: notOneMessage(dbPath, known),
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs without a kill until `done` holds for the states shown; gives up with whatever is shown then. */
async function settle(
  script: string,
  options: OutboxProcessOptions,
  done: (states: Readonly<Record<string, string>>) => boolean,
): Promise<Readonly<Record<string, string>>> {
  const { child, ended, next } = start(script, options);
  const timer = setTimeout(() => child.kill("SIGKILL"), SETTLE_TIMEOUT_MS);
  let states: Readonly<Record<string, string>> = {};
  for (let line = await next(); line !== null; line = await next()) {
    if (line.states === undefined) continue;
    states = line.states;
    if (Object.values(states).includes("sending") || Object.values(states).includes("queued")) continue;
    if (done(states)) child.kill("SIGKILL");
  }
  clearTimeout(timer);
  await ended();
  return states;
}

/** An account and the server's conversations, without running a sync. */
async function seed(dbPath: string, { baseUrl, apiKey }: AgentMessageServer): Promise<void> {
  const provider = createAgentMessage({ baseUrl, apiKey, fetch, clock: systemClock });
  const db = openDatabase({ path: dbPath, key: keyBytes });
  const accountId = seedAccount(db);
  const signal = new AbortController().signal;
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page: Awaited<ReturnType<typeof provider.listConversations>> = await provider.listConversations({
      cursor,
      limit: 200,
      signal,
    });
    commitList(db, accountId, page.items, { now: Date.now() });
    cursor = page.nextCursor;
  }
  db.close();
}

function notOneMessage(dbPath: string, replies: readonly { key: string; text: string }[]): string[] {
  const db = openDatabase({ path: dbPath, key: keyBytes });
  const held = (text: string) => db.all("SELECT 1 FROM messages WHERE body = ?", text).length;
  const wrong = replies.filter(({ text }) => held(text) !== 1).map(({ key }) => key);
  db.close();
  return wrong;
}
