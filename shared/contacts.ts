/**
 * The contract about contacts: what is known of one, the note about it, names taken over from a file.
 *
 * zod schemas for the IPC border; the renderer takes the types. A file never crosses: main keeps its bytes until the
 * names are taken over or the person goes back, the window sees counts and a few examples.
 */
import { z } from "zod";
import { ConversationId, Millis } from "./domain.ts";
import { MAX_IMPORT_COLUMNS } from "./file-limits.ts";
import { MAX_NOTE_CHARS } from "./note-limits.ts";

const Count = z.int().nonnegative();

export const ContactDetails = z.object({
  note: z.string(),
  /** Messages of this conversation held here, by direction. */
  received: Count,
  sent: Count,
  firstAt: Millis.nullable(),
  lastAt: Millis.nullable(),
  removed: z.object({ count: Count, lastAt: Millis.nullable() }),
  /** How long the account keeps texts, as far as known; `isTyped`: a person said so. */
  retention: z.object({ days: Count, isTyped: z.boolean() }).nullable(),
});
export type ContactDetails = z.infer<typeof ContactDetails>;

/** Why a file cannot be read. */
export const IMPORT_PROBLEMS = ["too_big", "empty", "not_contacts", "no_names", "unreadable", "too_crowded"] as const;
export type ImportProblem = (typeof IMPORT_PROBLEMS)[number];

/** Which columns of a table hold the name (put together in order) and the numbers. */
export const ImportColumns = z.strictObject({
  names: z.array(z.int().min(0).max(MAX_IMPORT_COLUMNS)).max(4),
  numbers: z.array(z.int().min(0).max(MAX_IMPORT_COLUMNS)).max(12),
});
export type ImportColumns = z.infer<typeof ImportColumns>;

const Country = z.string().regex(/^[A-Z]{2}$/);

export const ImportChoices = z.strictObject({
  /** Null: as the file's header says, or for a vCard. */
  columns: ImportColumns.nullable(),
  /** Where numbers without a country code are at home; null: as the own numbers. */
  country: Country.nullable(),
});
export type ImportChoices = z.infer<typeof ImportChoices>;

export const ImportPreview = z.object({
  fileName: z.string(),
  format: z.enum(["vcard", "csv"]),
  /** People in the file who have a name and a number. */
  names: Count,
  /** Contacts here that would get a name they do not have yet. */
  known: Count,
  /** People of the file whose numbers no contact here has. */
  unmatched: Count,
  /** Contacts that have another name from this device, or two names in the file. */
  conflicts: Count,
  /** Contacts that are called so already. */
  unchanged: Count,
  /** Entries of the file that could not be read. */
  broken: Count,
  examples: z.array(z.object({ number: z.string(), before: z.string().nullable(), name: z.string() })).max(8),
  country: Country,
  /** For a table: its columns with a first value each, and what they are taken for. */
  table: z
    .object({
      headers: z.array(z.object({ label: z.string(), example: z.string() })),
      columns: z.object({ names: z.array(Count), numbers: z.array(Count) }),
    })
    .nullable(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const ImportAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("preview"), preview: ImportPreview }),
  z.object({ kind: z.literal("problem"), problem: z.enum(IMPORT_PROBLEMS), fileName: z.string() }),
  /** The person chose no file, or there is none in hand any more. */
  z.object({ kind: z.literal("none") }),
]);
export type ImportAnswer = z.infer<typeof ImportAnswer>;

const noInput = z.undefined();
const nothing = z.void();

export const contactCalls = {
  "contacts.details": { input: z.strictObject({ id: ConversationId }), output: ContactDetails },
  /** An empty text takes the note away. */
  "contacts.saveNote": {
    input: z.strictObject({ id: ConversationId, text: z.string().max(MAX_NOTE_CHARS) }),
    output: nothing,
  },
  /** Asks for a file in the system's own dialog; main reads it, the window never learns its path. */
  "contacts.importPick": { input: noInput, output: ImportAnswer },
  /** The chosen file again, under other choices. */
  "contacts.importPreview": { input: ImportChoices, output: ImportAnswer },
  /** Gives the names. `given`: what happens to names that were given on this device. */
  "contacts.importApply": {
    input: z.strictObject({ choices: ImportChoices, given: z.enum(["keep", "replace"]) }),
    output: z.object({ undoId: z.int().positive(), count: Count }),
  },
  "contacts.importUndo": { input: z.strictObject({ undoId: z.int().positive() }), output: z.object({ count: Count }) },
  /** Lets go of the chosen file. */
  "contacts.importCancel": { input: noInput, output: nothing },
} as const;
