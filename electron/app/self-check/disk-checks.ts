/**
 * Checks of the cache file itself: encrypted to the last byte, and able to forget to the last byte.
 *
 * Each reads the raw files. The purge runs on a file without encryption, because an encrypted one would hide a text
 * that was not overwritten. Invariant: each check first proves that its search would find something.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AccountId, ConversationId } from "../../../shared/domain.ts";
import type { DbClient } from "../../db/client.ts";
import type { RemoteConversation, RemoteMessage } from "../../db/inputs.ts";
import { CheckFailed, hold } from "./report.ts";
import type { Check } from "./report.ts";

const HEADER = "SQLite format 3";

const word = () => `canary${randomBytes(12).toString("hex")}`;

/** What stands on the disk now, of the file and of what belongs to it. */
const rawBytes = (path: string): string =>
  ["", "-wal", "-shm"]
    .map((suffix) => path + suffix)
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file).toString("latin1"))
    .join("\n");

export interface DiskCheckOptions {
  readonly folder: string;
  readonly createDb: () => DbClient;
  readonly now: () => number;
}

export function databaseCheck({ folder, createDb, now }: DiskCheckOptions): Check {
  return {
    name: "database",
    async run() {
      const path = join(folder, "encrypted.db");
      const db = createDb();
      const canary = word();
      const key = new Uint8Array(randomBytes(32));
      try {
        await db.open({ path, key, keyIsNew: true, now: now() });
        await db.call("settings.set", { key: canary, value: canary });
      } finally {
        await db.close();
      }
      const raw = rawBytes(path);
      hold(raw.length > 0, "nothing was written");
      hold(!raw.includes(HEADER) && !raw.includes(canary), "the file is not encrypted");

      const again = createDb();
      try {
        const { setAside } = await again.open({ path, key, keyIsNew: false, now: now() });
        hold(setAside === null, "the file could not be opened again");
        hold((await again.call("settings.find", { key: canary })) === canary, "another value came back");
      } finally {
        await again.close();
      }
      return "migrated, encrypted on disk, opened again";
    },
  };
}

export function purgeCheck({ folder, createDb, now }: DiskCheckOptions): Check {
  return {
    name: "purge",
    async run() {
      const path = join(folder, "plain.db");
      const db = createDb();
      const canary = word();
      try {
        await db.open({ path, key: null, keyIsNew: true, now: now() });
        const at = now();
        const accountId = await db.call("accounts.insert", {
          uid: "self-check",
          provider: "agentmessage",
          name: "Self-check",
          baseUrl: "https://self-check.invalid",
          keyHint: "0000",
          isSample: false,
          now: at,
        });
        const fence = { accountId, generation: 1, rejected: [], now: at };
        await db.call("sync.commitConversations", {
          ...fence,
          kind: "list",
          items: [conversation(at)],
          pass: null,
          mark: at,
        });
        const conversationId = await firstConversation(db, accountId);
        const thread = { ...fence, conversationId, cursor: null, complete: true, startedAt: at };
        await db.call("sync.commitMessages", { ...thread, kind: "full", items: [message(at, canary, null)] });
        hold(rawBytes(path).includes(canary.slice(8)), "the text to be removed was never on disk");
        await db.call("sync.commitMessages", { ...thread, kind: "delta", items: [message(at, null, at)] });
        const { done } = await db.call("purge.run", { now: now() });
        hold(done, "the purge could not finish");
        hold(!rawBytes(path).includes(canary.slice(8)), "a removed text is still on disk");
      } finally {
        await db.close();
      }
      return "a removed text left no byte";
    },
  };
}

async function firstConversation(db: DbClient, accountId: AccountId): Promise<ConversationId> {
  const scope = { view: "all", accountId, numberId: null, offset: 0, limit: 1 } as const;
  const [id] = (await db.call("conversations.ids", scope)).ids;
  if (id === undefined) throw new CheckFailed("a stored conversation is not listed");
  return id;
}

const conversation = (at: number): RemoteConversation => ({
  remoteId: "self-check",
  ownNumber: "+15550000001",
  ownNumberRemoteId: null,
  contactNumber: "+15550000002",
  contactName: null,
  lastMessageAt: at,
  lastDirection: "inbound",
  preview: null,
  previewRedactedAt: null,
  messageCount: null,
  consent: null,
  unreadCount: null,
});

const message = (at: number, body: string | null, redactedAt: number | null): RemoteMessage => ({
  remoteId: "self-check",
  direction: "inbound",
  body,
  redactedAt,
  mediaUrls: [],
  channel: "sms",
  segmentCount: 1,
  status: null,
  createdAt: at,
});
