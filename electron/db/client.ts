/**
 * The main thread's side of the database: typed calls to the worker, answered in order.
 *
 * No SQL and no driver here. Invariants: every call is answered or rejected, also when the worker dies; after
 * `close` nothing is written any more.
 */
import { Worker } from "node:worker_threads";
import { AppError } from "../../shared/errors.ts";
import type { DbCallName, DbInput, DbOutput } from "./api.ts";
import type { MigrationProgress } from "./migrate.ts";
import type { OpenRequest, OpenResult, WorkerAnswer, WorkerProgress, WorkerRequest } from "./protocol.ts";

export interface DbClient {
  /** Opens the file, or sets a damaged one aside and begins a new one; tells how far an older one is moved. @throws AppError `db_from_future`, `disk_…` */
  open(options: OpenRequest, onMigration?: (progress: MigrationProgress) => void): Promise<OpenResult>;
  /** @throws AppError as the called function says; `disk_full`, `disk_error`, `db_damaged` at any time */
  call<N extends DbCallName>(name: N, input: DbInput<N>): Promise<DbOutput<N>>;
  /** Looks the whole open file through, beside the calls. @throws AppError `db_damaged`; of the check itself `internal` */
  check(): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  onMigration?(progress: MigrationProgress): void;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

type RequestBody = WorkerRequest extends infer R ? (R extends { id: number } ? Omit<R, "id"> : never) : never;

/** @param workerUrl  the worker's bundle in the app, its TypeScript source in tests */
export function createDbClient({ workerUrl }: { workerUrl: URL }): DbClient {
  const worker = new Worker(workerUrl);
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let ended: Error | null = null;
  let opened: OpenRequest | null = null;
  let checker: Worker | null = null;

  function end(error: Error): void {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  worker.on("message", (answer: WorkerAnswer | WorkerProgress) => {
    const request = waiting.get(answer.id);
    if ("migration" in answer) return request?.onMigration?.(answer.migration);
    waiting.delete(answer.id);
    if (answer.ok) request?.resolve(answer.value);
    else request?.reject(new AppError(answer.failure.code, answer.message, { detail: { ...answer.failure.detail } }));
  });
  worker.on("error", (cause) => end(new AppError("internal", "the database worker failed", { cause })));
  worker.on("exit", () => end(new AppError("not_ready", "the database is closed")));

  function ask(body: RequestBody, more: Pick<Waiting, "onMigration"> = {}): Promise<unknown> {
    if (ended !== null) return Promise.reject(ended);
    const id = (nextId += 1);
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject, ...more });
      worker.postMessage({ ...body, id });
    });
  }

  return {
    open(options, onMigration) {
      opened = options;
      return ask({ type: "open", options }, onMigration && { onMigration }) as Promise<OpenResult>;
    },
    call: <N extends DbCallName>(name: N, input: DbInput<N>) =>
      ask({ type: "call", name, input }) as Promise<DbOutput<N>>,
    async check() {
      if (opened === null || opened.path === ":memory:" || ended !== null) return;
      const { path, key } = opened;
      checker ??= new Worker(workerUrl);
      try {
        await checkWith(checker, { id: 0, type: "check", path, key });
      } finally {
        await checker?.terminate();
        checker = null;
      }
    },
    async close() {
      await checker?.terminate();
      if (ended !== null) return;
      try {
        await ask({ type: "close" });
      } catch (error) {
        // A worker that died meanwhile has nothing left to close; whoever waits for an answer was told.
        if (ended === null) throw error;
      } finally {
        // Also a database that cannot be closed properly must let go of its file.
        await worker.terminate();
      }
    },
  };
}

/** Resolves when nothing was found, or when the worker was ended before it could tell. */
function checkWith(worker: Worker, request: WorkerRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once("message", (answer: WorkerAnswer) => {
      if (answer.ok) resolve();
      else reject(new AppError(answer.failure.code, answer.message, { detail: { ...answer.failure.detail } }));
    });
    worker.once("error", (cause) => reject(new AppError("internal", "the check failed", { cause })));
    worker.once("exit", () => resolve());
    worker.postMessage(request);
  });
}
