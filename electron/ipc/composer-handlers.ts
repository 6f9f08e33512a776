/** Handlers for writing: saved replies, and consent as a person decides it. */
import type { ConversationId } from "../../shared/domain.ts";
import type { Handlers } from "../../shared/ipc.ts";
import { readTemplates } from "../../shared/templates.ts";
import type { Services } from "./services.ts";

type Area = "templates.list" | "templates.save" | "consent.decide" | "consent.undo";

const TEMPLATES_KEY = "templates";

export function composerHandlers({ inbox }: Services): Pick<Handlers, Area> {
  const tell = (ids: readonly ConversationId[]) => {
    for (const id of ids) inbox().changed(id);
  };
  return {
    "templates.list": async () => readTemplates(await inbox().db.call("settings.find", { key: TEMPLATES_KEY })),
    "templates.save": async ({ templates }) => {
      await inbox().db.call("settings.set", { key: TEMPLATES_KEY, value: templates });
      return templates;
    },
    "consent.decide": async (input) => {
      const { db, now } = inbox();
      tell(await db.call("consent.decide", { ...input, now: now() }));
    },
    "consent.undo": async (input) => {
      const { db, now } = inbox();
      tell(await db.call("consent.undo", { ...input, now: now() }));
    },
  };
}
