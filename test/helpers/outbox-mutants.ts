/**
 * Deliberately broken outboxes, to prove that the outbox tests can fail. Never used by the app.
 *
 * Each is a wrapper around the real store or the real intent, wrong in exactly one way.
 */
import { randomUUID } from "node:crypto";
import type { DbInput, DbOutput } from "../../electron/db/api.ts";
import type { OutboxStore } from "../../electron/sync/ports.ts";

export const OUTBOX_MUTANTS = ["send before the row", "retry an unknown", "in-memory duplicate guard"] as const;
export type OutboxMutant = (typeof OUTBOX_MUTANTS)[number];

/** `requeueSending` puts rows of a dead process back into the queue, which the real store never does. */
export function mutateStore(
  store: OutboxStore,
  mutant: OutboxMutant | null,
  requeueSending: () => number,
): OutboxStore {
  switch (mutant) {
    case "retry an unknown":
      return {
        ...store,
        recoverInterrupted: () => Promise.resolve(requeueSending()),
        markUnknown: ({ id, failure, now }) => store.requeue({ id, failure, notBefore: null, now }),
      };
    case "in-memory duplicate guard": {
      const seen = new Map<string, ReturnType<OutboxStore["enqueue"]>>();
      return {
        ...store,
        enqueue(input) {
          const known = seen.get(input.key) ?? store.enqueue({ ...input, key: randomUUID() });
          seen.set(input.key, known);
          return known;
        },
      };
    }
    default:
      return store;
  }
}

type TakeReply = (input: DbInput<"notify.reply">) => Promise<DbOutput<"notify.reply">>;

/** The same guard, wrong in the same way, where replies come in from notifications. */
export function mutateReplies(take: TakeReply, mutant: OutboxMutant | null): TakeReply {
  if (mutant !== "in-memory duplicate guard") return take;
  const seen = new Set<string>();
  return (input) => {
    if (seen.has(input.key)) return Promise.resolve({ kind: "again" });
    seen.add(input.key);
    return take({ ...input, key: randomUUID() });
  };
}
