/** What main and the database worker say to each other: plain, structured-cloneable messages. Types only. */
import type { Millis } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import type { MigrationProgress } from "./migrate.ts";
import type { Damage, SetAside } from "./set-aside.ts";

export interface OpenRequest {
  /** A file path or `:memory:`. */
  readonly path: string;
  readonly key: Uint8Array | null;
  readonly keyIsNew: boolean;
  readonly now: Millis;
  /** A call found this file damaged: set it aside though it may open. */
  readonly damage?: Damage | null;
}

export interface OpenResult {
  readonly setAside: SetAside | null;
  /** False: too large to be looked through first. Ask `check` when the person has their inbox. */
  readonly isChecked: boolean;
}

export type WorkerRequest = { readonly id: number } & (
  | { readonly type: "open"; readonly options: OpenRequest }
  | { readonly type: "check"; readonly path: string; readonly key: Uint8Array | null }
  | { readonly type: "call"; readonly name: string; readonly input: unknown }
  | { readonly type: "close" }
);

/** While a file is being opened, any number of times, before its answer. */
export interface WorkerProgress {
  readonly id: number;
  readonly migration: MigrationProgress;
}

export type WorkerAnswer = { readonly id: number } & (
  | { readonly ok: true; readonly value: unknown }
  /** `message` is for the log of developers; it may hold an SQLite code, never data. */
  | { readonly ok: false; readonly failure: Failure; readonly message: string }
);
