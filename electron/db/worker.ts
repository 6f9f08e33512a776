/**
 * The database worker: the only thread that opens the database, so that no query blocks the main thread. (A second
 * one of its kind only ever looks a large file through, and ends.)
 *
 * Runs bundled in the app and as source under plain Node. Answers requests in the order they came. Invariants:
 * names are looked up as own properties; errors leave as code and detail, never with data.
 */
import { parentPort } from "node:worker_threads";
import { AppError, failureOf } from "../../shared/errors.ts";
import { dbCalls } from "./api.ts";
import type { DbCallName } from "./api.ts";
import type { WriteDb } from "./connection.ts";
import { checkDatabase } from "./database.ts";
import { dbError } from "./db-errors.ts";
import { isCheckedAtOpen } from "./file-check.ts";
import type { MigrationProgress } from "./migrate.ts";
import type { WorkerAnswer, WorkerProgress, WorkerRequest } from "./protocol.ts";
import { openOrSetAside } from "./set-aside.ts";

let db: WriteDb | null = null;

function answer(request: WorkerRequest): unknown {
  switch (request.type) {
    case "open": {
      db?.close();
      const isChecked = isCheckedAtOpen(request.options.path);
      const tell = (migration: MigrationProgress) =>
        parentPort?.postMessage({ id: request.id, migration } satisfies WorkerProgress);
      const opened = openOrSetAside({ ...request.options, onMigration: tell });
      db = opened.db;
      return { setAside: opened.setAside, isChecked: isChecked || opened.setAside !== null };
    }
    case "check":
      return checkDatabase(request);
    case "call": {
      if (db === null) throw new AppError("not_ready", "the database is not open");
      if (!Object.hasOwn(dbCalls, request.name)) throw new AppError("unknown_call", request.name);
      const call = dbCalls[request.name as DbCallName] as (db: WriteDb, input: unknown) => unknown;
      return call(db, request.input);
    }
    case "close":
      db?.close();
      db = null;
      return null;
  }
}

parentPort?.on("message", (request: WorkerRequest) => {
  const { id } = request;
  let reply: WorkerAnswer;
  try {
    reply = { id, ok: true, value: answer(request) };
  } catch (thrown) {
    const error = dbError(thrown);
    reply = { id, ok: false, failure: failureOf(error), message: error instanceof Error ? error.message : "" };
  }
  parentPort?.postMessage(reply);
});
