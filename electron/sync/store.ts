/** The sync engine's store over the database worker: the same calls by the port's names. */
import type { DbClient } from "../db/client.ts";
import type { SyncStore } from "./ports.ts";

export function createSyncStore(db: DbClient): SyncStore {
  return {
    loadSync: (input) => db.call("sync.load", input),
    commitConversations: (input) => db.call("sync.commitConversations", input),
    commitMessages: (input) => db.call("sync.commitMessages", input),
    commitChanges: (input) => db.call("sync.commitChanges", input),
    nextThread: (input) => db.call("sync.nextThread", input),
    threadWork: (input) => db.call("sync.threadWork", input),
    deferThread: (input) => db.call("sync.deferThread", input),
    removeConversation: (input) => db.call("sync.removeConversation", input),
    saveNumbers: (input) => db.call("sync.saveNumbers", input),
    savePass: (input) => db.call("sync.savePass", input),
    async purge(input) {
      // One call per step: what the window asks meanwhile is answered in between.
      for (;;) {
        const { done, more } = await db.call("purge.step", input);
        if (!more) return { done };
      }
    },
  };
}
