/**
 * Outboxes that lose, double or keep files on purpose, to prove that the random histories notice. Never used by the app.
 *
 * Each is the real thing, wrong in exactly one way.
 */
import type { WriteDb } from "../../electron/db/connection.ts";
import { saveDraft } from "../../electron/db/drafts-repo.ts";
import { discard } from "../../electron/db/outbox-person.ts";
import type { toDraft } from "../../electron/db/outbox-person.ts";
import type { OutboxStore } from "../../electron/sync/ports.ts";

export const FILES_MUTANTS = [
  "leaves with the files that are there already",
  "sent again after a crash",
  "an address is not recorded",
  "taken back without its files",
  "what was given up stays after the start",
  "a deleted file asks for no purge",
] as const;
export type FilesMutant = (typeof FILES_MUTANTS)[number];

export function mutateFilesStore(store: OutboxStore, mutant: FilesMutant | null, db: WriteDb): OutboxStore {
  switch (mutant) {
    case "leaves with the files that are there already":
      return {
        ...store,
        async nextQueued(input) {
          const work = await store.nextQueued(input);
          if (work === null || work.files.every(({ url }) => url === null)) return work;
          return { ...work, files: work.files.filter(({ url }) => url !== null) };
        },
      };
    case "sent again after a crash":
      return {
        ...store,
        async recoverInterrupted(input) {
          db.run("UPDATE outbox SET state = 'queued' WHERE state = 'sending'");
          return store.recoverInterrupted(input);
        },
      };
    case "an address is not recorded":
      return { ...store, markUploaded: () => Promise.resolve() };
    case "what was given up stays after the start":
      return {
        ...store,
        async recoverInterrupted(input) {
          db.run("UPDATE attachments SET is_parked = 2 WHERE is_parked = 1");
          return store.recoverInterrupted(input);
        },
      };
    default:
      return store;
  }
}

/** The words alone go back into the draft. */
export function mutateToDraft(real: typeof toDraft, mutant: FilesMutant | null): typeof toDraft {
  if (mutant !== "taken back without its files") return real;
  return (db, { id, now }) => {
    const { conversationId, text } = discard(db, { id });
    saveDraft(db, { conversationId, text, now });
    return { conversationId };
  };
}

export function plantFault(db: WriteDb, mutant: FilesMutant | null): void {
  if (mutant === "a deleted file asks for no purge") db.exec("DROP TRIGGER attachments_gone");
}
