/** The outbox dispatcher's store over the database worker: the same calls by the port's names. */
import type { DbClient } from "../db/client.ts";
import type { OutboxStore } from "../sync/ports.ts";

export function createOutboxStore(db: DbClient): OutboxStore {
  return {
    enqueue: (input) => db.call("outbox.enqueue", input),
    nextQueued: (input) => db.call("outbox.nextQueued", input),
    nextDueAt: (input) => db.call("outbox.nextDueAt", input),
    isThreadHeld: (input) => db.call("outbox.isThreadHeld", input),
    beginUpload: (input) => db.call("outbox.beginUpload", input),
    openFile: (input) => db.call("attachments.open", input),
    markUploaded: (input) => db.call("outbox.markUploaded", input),
    beginSend: (input) => db.call("outbox.beginSend", input),
    markSent: (input) => db.call("outbox.markSent", input),
    markFailed: (input) => db.call("outbox.markFailed", input),
    markUnknown: (input) => db.call("outbox.markUnknown", input),
    requeue: (input) => db.call("outbox.requeue", input),
    networkIsBack: (input) => db.call("outbox.networkIsBack", input),
    recoverInterrupted: (input) => db.call("outbox.recoverInterrupted", input),
    unknowns: (input) => db.call("outbox.unknowns", input),
    nextFollow: (input) => db.call("outbox.nextFollow", input),
    settleFollow: (input) => db.call("outbox.settleFollow", input),
    settleFromThread: (input) => db.call("outbox.settleFromThread", input),
  };
}
