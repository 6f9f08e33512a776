/**
 * A reply with a file under `kill -9` at every step: never lost, never doubled, and no upload twice that need not be.
 *
 * Judged by the server: what it was sent, and how often the file was brought. Each broken process is seen to break it.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { addAttachment } from "../../../electron/db/attachments-repo.ts";
import { insertAccount } from "../../../electron/db/accounts-repo.ts";
import { decideConsent } from "../../../electron/db/consent-repo.ts";
import { openDatabase } from "../../../electron/db/database.ts";
import { enqueue } from "../../../electron/db/outbox-repo.ts";
import { getProviderEntry } from "../../../electron/providers/registry.ts";
import { systemClock } from "../../../electron/app/system-clock.ts";
import type { ConversationId } from "../../../shared/domain.ts";
import { FILE_FAILPOINTS } from "../../helpers/files-process.ts";
import type { FileFailpoint, FileMutant, FilesProcessOptions } from "../../helpers/files-process.ts";
import { PNG } from "../../helpers/pictures.ts";
import { commitList, makeTempFolder, messagesOf } from "../../helpers/test-database.ts";
import { HIGHLEVEL_LOCATION, HIGHLEVEL_TOKEN, startHighLevelServer } from "../../servers/highlevel.ts";

const KEY = "5a".repeat(32);
const key = new Uint8Array(Buffer.from(KEY, "hex"));
const credentials = { accessToken: HIGHLEVEL_TOKEN, locationId: HIGHLEVEL_LOCATION };
const script = join(import.meta.dirname, "../../helpers/files-process.ts");
/** A net for a process that hangs: nothing is judged by it. */
const SETTLE_MS = 100_000;
const TIMEOUT_MS = 300_000;

/** Until it kills itself, or until `done` holds for the states it tells (then it is killed), or for a while. */
async function run(options: FilesProcessOptions, done: (states: readonly string[]) => boolean): Promise<void> {
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ["pipe", "pipe", "inherit"] });
  const timer = setTimeout(() => child.kill("SIGKILL"), SETTLE_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    const { states, error } = JSON.parse(line) as { states?: string[]; error?: string };
    if (error !== undefined) throw new Error(error);
    if (states !== undefined && done(states)) child.kill("SIGKILL");
  }
  clearTimeout(timer);
}

async function killedAt(failpoint: FileFailpoint, text: string, mutant: FileMutant | null = null) {
  const folder = makeTempFolder();
  await using server = await startHighLevelServer({ now: Date.now, threads: 2 });
  try {
    const id = await seed(folder.dbPath, server.url, text);
    const options = {
      dbPath: folder.dbPath,
      keyHex: KEY,
      baseUrl: server.url,
      credentials,
      personRetries: false,
      mutant,
    };
    await run({ ...options, failpoint }, () => false);
    const isOver = (states: readonly string[]) => states.length > 0 && states.every((state) => state === "sent");
    const isLost = server.requests("send").length === 0;
    // What certainly never left goes by itself; of the rest the person decides, once the thread could not tell.
    await run({ ...options, failpoint: null }, (states) => isOver(states) || (isLost && states.includes("unknown")));
    await run({ ...options, failpoint: null, personRetries: isLost }, isOver);
    const db = openDatabase({ path: folder.dbPath, key });
    const messages = messagesOf(db, id).filter(({ media }) => (media?.length ?? 0) > 0);
    db.close();
    return { sends: server.requests("send").length, uploads: server.uploads.length, messages };
  } finally {
    folder.remove();
  }
}

/** An account with the server's conversations, and a reply with a file in the outbox of the first. */
async function seed(dbPath: string, baseUrl: string, text: string): Promise<ConversationId> {
  const provider = getProviderEntry("highlevel").create({ baseUrl, credentials, fetch, clock: systemClock });
  const { signal } = new AbortController();
  const { items } = await provider.listConversations({ cursor: null, limit: 10, signal });
  const now = Date.now();
  const db = openDatabase({ path: dbPath, key });
  const uid = "account";
  const account = { uid, provider: "highlevel", name: uid, baseUrl, keyHint: null, isSample: false, now } as const;
  commitList(db, insertAccount(db, account), items, { now });
  const { id } = db.get<{ id: ConversationId }>("SELECT id FROM conversations ORDER BY id LIMIT 1")!;
  decideConsent(db, { id, decision: "confirmed", messageId: null, now });
  const file = addAttachment(db, { conversationId: id, name: "a.png", contentType: "image/png", bytes: PNG, now });
  enqueue(db, { conversationId: id, text, files: [file.id], key: "key", now });
  db.close();
  return id;
}

describe.each(["Look", ""])("a reply with a file and the words '%s'", (text) => {
  it.each(FILE_FAILPOINTS)(
    'killed at "%s": sent once',
    async (failpoint) => {
      const { sends, uploads, messages } = await killedAt(failpoint, text);
      expect({ sends, uploads }).toEqual({ sends: 1, uploads: failpoint === "upload-answered" ? 2 : 1 });
      expect(messages).toHaveLength(1);
      expect(messages[0]!.media).toMatchObject([{ state: "held", kind: "picture" }]);
    },
    TIMEOUT_MS,
  );
});

describe("a broken one is caught", () => {
  it(
    "that forgets where a file was brought: it is brought twice",
    async () => {
      expect((await killedAt("upload-recorded", "Look", "address not recorded")).uploads).toBeGreaterThan(1);
    },
    TIMEOUT_MS,
  );
  it(
    "that sends before its row says so: it is sent twice",
    async () => {
      expect((await killedAt("answer-read", "Look", "sent before it says so")).sends).toBeGreaterThan(1);
    },
    TIMEOUT_MS,
  );
});
