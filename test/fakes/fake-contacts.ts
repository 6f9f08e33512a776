/** Contacts of the fake bridge: notes that stay, a file with a few names in it, commands that were chosen. */
import type { CommandId } from "../../shared/commands.ts";
import type { ImportAnswer, ImportPreview } from "../../shared/contacts.ts";
import type { ConversationId, Message, Millis } from "../../shared/domain.ts";
import type { Handlers } from "../../shared/ipc.ts";

type Area =
  | "contacts.details"
  | "contacts.saveNote"
  | "contacts.importPick"
  | "contacts.importPreview"
  | "contacts.importApply"
  | "contacts.importUndo"
  | "contacts.importCancel"
  | "app.recentCommands"
  | "app.rememberCommand";

export const FAKE_PREVIEW: ImportPreview = {
  fileName: "Practice contacts.csv",
  format: "csv",
  names: 214,
  known: 198,
  unmatched: 16,
  conflicts: 3,
  unchanged: 2,
  broken: 1,
  examples: [
    { number: "+15552010000", before: null, name: "Dana Reyes" },
    { number: "+15552010001", before: "M. Okafor", name: "Marcus Okafor" },
    { number: "+15552010002", before: null, name: "Lucía Fernández" },
  ],
  country: "US",
  table: {
    headers: [
      { label: "First Name", example: "Dana" },
      { label: "Last Name", example: "Reyes" },
      { label: "E-mail", example: "dana@example.com" },
      { label: "Mobile Phone", example: "(555) 201-0000" },
    ],
    columns: { names: [0, 1], numbers: [3] },
  },
};

export function fakeContactHandlers(
  now: Millis,
  thread: (id: ConversationId) => readonly Message[],
  picked: () => ImportAnswer,
): Pick<Handlers, Area> {
  const notes = new Map<ConversationId, string>();
  let recent: CommandId[] = [];
  return {
    "contacts.details": ({ id }) => {
      const messages = thread(id);
      const removed = messages.filter(({ body }) => body.kind === "redacted").length;
      const received = messages.filter(({ direction }) => direction === "inbound").length;
      return {
        note: notes.get(id) ?? "",
        received,
        sent: messages.length - received,
        firstAt: messages[0]?.createdAt ?? null,
        lastAt: messages.at(-1)?.createdAt ?? null,
        removed: { count: removed, lastAt: removed === 0 ? null : now - 86_400_000 },
        retention: { days: 90, isTyped: false },
      };
    },
    "contacts.saveNote": ({ id, text }) => void notes.set(id, text),
    "contacts.importPick": picked,
    "contacts.importPreview": ({ columns, country }) => {
      const answer = picked();
      if (answer.kind !== "preview") return answer;
      const { table } = answer.preview;
      return {
        kind: "preview",
        preview: {
          ...answer.preview,
          country: country ?? answer.preview.country,
          table: table === null || columns === null ? table : { ...table, columns },
        },
      };
    },
    "contacts.importApply": () => ({ undoId: 1, count: FAKE_PREVIEW.known - FAKE_PREVIEW.conflicts - 2 }),
    "contacts.importUndo": () => ({ count: FAKE_PREVIEW.known - FAKE_PREVIEW.conflicts - 2 }),
    "contacts.importCancel": () => undefined,
    "app.recentCommands": () => ({ ids: recent }),
    "app.rememberCommand": ({ id }) => void (recent = [id, ...recent.filter((other) => other !== id)]),
  };
}
