/** Handlers for what a person decides about conversations. What changed is pushed like any other change. */
import type { Handlers } from "../../shared/ipc.ts";
import type { Services } from "./services.ts";

type Area = "conversations.counts" | "conversations.ids" | "triage.apply" | "triage.undo" | "contacts.rename";

export function triageHandlers({ inbox }: Services): Pick<Handlers, Area> {
  return {
    "conversations.counts": () => inbox().db.call("conversations.counts", undefined),
    "conversations.ids": (input) => inbox().db.call("conversations.ids", input),
    "triage.apply": async ({ ids, action }) => {
      const { db, changed, checkSnoozes, now } = inbox();
      const answer = await db.call("triage.apply", { ids, action, now: now() });
      for (const id of ids) changed(id);
      checkSnoozes();
      return answer;
    },
    "triage.undo": async ({ undoId }) => {
      const { db, changed, checkSnoozes } = inbox();
      const ids = await db.call("triage.undo", { undoId });
      for (const id of ids) changed(id);
      checkSnoozes();
      return { count: ids.length };
    },
    "contacts.rename": async (input) => {
      const { db, changed } = inbox();
      const answer = await db.call("contacts.rename", input);
      for (const id of answer.changed) changed(id);
      return answer.conversation;
    },
  };
}
