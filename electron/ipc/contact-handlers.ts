/**
 * Handlers about contacts: notes, what is known, names out of a file.
 *
 * The chosen file stays in main between choosing and applying: the window is told counts, never a path or the bytes.
 */
import type { ImportChoices } from "../../shared/contacts.ts";
import { AppError } from "../../shared/errors.ts";
import type { Handlers } from "../../shared/ipc.ts";
import type { Services } from "./services.ts";

type Area =
  | "contacts.details"
  | "contacts.saveNote"
  | "contacts.importPick"
  | "contacts.importPreview"
  | "contacts.importApply"
  | "contacts.importUndo"
  | "contacts.importCancel";

const AS_FOUND: ImportChoices = { columns: null, country: null };

export function contactHandlers({ inbox, contactFile }: Services): Pick<Handlers, Area> {
  return {
    "contacts.details": (input) => inbox().db.call("contacts.details", input),
    "contacts.saveNote": async ({ id, text }) => {
      const { db, now } = inbox();
      await db.call("contacts.saveNote", { id, text, now: now() });
    },
    "contacts.importPick": async () => {
      const { db } = inbox();
      const picked = await contactFile.pick();
      if (picked === null) return { kind: "none" };
      if ("problem" in picked) return { kind: "problem", ...picked };
      const answer = await db.call("contacts.importPreview", { file: picked, choices: AS_FOUND });
      if (answer.kind !== "preview") contactFile.drop();
      return answer;
    },
    "contacts.importPreview": async (choices) => {
      const { db } = inbox();
      const file = contactFile.current();
      return file === null ? { kind: "none" } : db.call("contacts.importPreview", { file, choices });
    },
    "contacts.importApply": async ({ choices, given }) => {
      const { db, changed } = inbox();
      const file = contactFile.current();
      if (file === null) throw new AppError("not_found", "no file is chosen");
      const answer = await db.call("contacts.importApply", { file, choices, replace: given === "replace" });
      contactFile.drop();
      for (const id of answer.changed) changed(id);
      return { undoId: answer.undoId, count: answer.count };
    },
    "contacts.importUndo": async (input) => {
      const { db, changed } = inbox();
      const answer = await db.call("contacts.importUndo", input);
      for (const id of answer.changed) changed(id);
      return { count: answer.count };
    },
    "contacts.importCancel": () => contactFile.drop(),
  };
}
