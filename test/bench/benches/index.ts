/** Every benchmark, in the order they run: the quick ones that need a quiet machine most come first. */
import type { Context } from "../context.ts";
import type { Figure } from "../result.ts";
import { coldStart } from "./cold-start.ts";
import { firstSync } from "./first-sync.ts";
import { idle } from "./idle.ts";
import { ingest } from "./ingest.ts";
import { openThread } from "./open-thread.ts";
import { redact } from "./redact.ts";
import { rivals } from "./rivals.ts";
import { search } from "./search.ts";
import { longTasks, memory, scroll } from "./window.ts";

export interface Bench {
  readonly name: string;
  readonly run: (context: Context) => Promise<Figure[]>;
}

export const BENCHES: readonly Bench[] = [
  { name: "cold-start", run: coldStart },
  { name: "first-sync", run: firstSync },
  { name: "ingest", run: ingest },
  { name: "open-thread", run: openThread },
  { name: "search", run: search },
  { name: "scroll", run: scroll },
  { name: "long-tasks", run: longTasks },
  { name: "memory", run: memory },
  { name: "redact", run: redact },
  { name: "idle", run: idle },
  { name: "rivals", run: rivals },
];
