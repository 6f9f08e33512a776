/**
 * Names out of a file for contacts that are known here: what would change, doing it, taking it back.
 *
 * A name is given to a number, in every account that knows it. Invariants: nobody is made who is not known; a
 * name given on this device stays unless the person says otherwise; taking back leaves what was changed since.
 */
import type { CountryCode } from "libphonenumber-js/min";
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { ImportAnswer, ImportChoices } from "../../shared/contacts.ts";
import type { ConversationId } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import type { ContactFile } from "./contact-entry.ts";
import { readContactFile } from "./contact-file.ts";
import { ownCountries } from "./contact-match.ts";
import { NUMBERED } from "./contact-repo.ts";

export interface ImportFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

const FALLBACK_COUNTRY = "US";
const KEPT_BATCHES = 5;
const MAX_EXAMPLES = 8;
/** Numbers that do not share their end with any contact need no closer look. */
const END_DIGITS = 6;

interface Known {
  readonly number: string;
  readonly local_name: string | null;
  readonly shown: string | null;
}

interface Plan {
  readonly country: CountryCode;
  readonly names: number;
  readonly unmatched: number;
  /** Known numbers with the name the file has for them. */
  readonly found: readonly { readonly contact: Known; readonly name: string; readonly isAmbiguous: boolean }[];
}

/** Reads only; never throws for what is in the file. */
export function previewImport(
  db: ReadDb,
  { file, choices }: { file: ImportFile; choices: ImportChoices },
): ImportAnswer {
  const read = readContactFile(file.bytes, choices.columns);
  if ("problem" in read) return { kind: "problem", problem: read.problem, fileName: file.fileName };
  const { country, names, unmatched, found } = makePlan(db, read.file, choices);
  const changing = found.filter(({ contact, name }) => contact.shown !== name);
  return {
    kind: "preview",
    preview: {
      fileName: file.fileName,
      format: read.file.format,
      names,
      known: found.length,
      unmatched,
      conflicts: changing.filter(isConflict).length,
      unchanged: found.length - changing.length,
      broken: read.file.broken,
      examples: changing
        .slice(0, MAX_EXAMPLES)
        .map(({ contact, name }) => ({ number: contact.number, before: contact.shown, name })),
      country,
      table: read.file.table,
    },
  };
}

const isConflict = ({ contact, name, isAmbiguous }: Plan["found"][number]) =>
  isAmbiguous || (contact.local_name !== null && contact.local_name !== name);

/**
 * @returns how many contacts got a name, and whose rows changed
 * @throws AppError `not_found` when the file holds none
 */
export function applyImport(
  db: WriteDb,
  { file, choices, replace }: { file: ImportFile; choices: ImportChoices; replace: boolean },
): { undoId: number; count: number; changed: ConversationId[] } {
  const read = readContactFile(file.bytes, choices.columns);
  if ("problem" in read) throw new AppError("not_found", "the file holds no contacts");
  return db.transaction(() => {
    const undoId = (db.get<{ last: number | null }>("SELECT max(batch) AS last FROM name_undo")?.last ?? 0) + 1;
    const taken = makePlan(db, read.file, choices).found.filter(
      (found) => found.contact.shown !== found.name && (replace || found.contact.local_name === null),
    );
    for (const { contact, name } of taken) {
      db.run(
        `INSERT INTO name_undo (batch, contact_id, before, given) SELECT ?, id, local_name, ? FROM contacts WHERE ${NUMBERED}`,
        undoId,
        name,
        contact.number,
      );
      db.run(`UPDATE contacts SET local_name = ? WHERE ${NUMBERED}`, name, contact.number);
    }
    db.run("DELETE FROM name_undo WHERE batch <= ?", undoId - KEPT_BATCHES);
    return { undoId, count: taken.length, changed: conversationsOf(db, undoId) };
  });
}

/** A name that was changed since stays. Unknown or forgotten batches take nothing back. */
export function undoImport(db: WriteDb, { undoId }: { undoId: number }): { count: number; changed: ConversationId[] } {
  return db.transaction(() => {
    const changed = conversationsOf(db, undoId);
    const { changes } = db.run(
      `UPDATE contacts SET local_name = u.before FROM name_undo u
       WHERE u.batch = ? AND u.contact_id = contacts.id AND contacts.local_name IS u.given`,
      undoId,
    );
    db.run("DELETE FROM name_undo WHERE batch = ?", undoId);
    return { count: changes, changed };
  });
}

const conversationsOf = (db: ReadDb, batch: number): ConversationId[] =>
  db
    .all<{ id: ConversationId }>(
      "SELECT c.id FROM name_undo u JOIN conversations c ON c.contact_id = u.contact_id WHERE u.batch = ?",
      batch,
    )
    .map(({ id }) => id);

function makePlan(db: ReadDb, { entries }: ContactFile, choices: ImportChoices): Plan {
  const country = countryOf(db, choices.country);
  const known = new Map<string, Known>();
  const ends = new Set<string>();
  for (const contact of db.all<Known>(
    `SELECT number, max(local_name) AS local_name, max(coalesce(local_name, provider_name)) AS shown
     FROM contacts k JOIN accounts a ON a.id = k.account_id WHERE a.state <> 'removing' GROUP BY number`,
  )) {
    const digits = contact.number.replace(/\D/g, "");
    known.set(digits, contact);
    ends.add(digits.slice(-END_DIGITS));
  }
  const found = new Map<string, { contact: Known; name: string; isAmbiguous: boolean }>();
  let names = 0;
  let unmatched = 0;
  for (const { name, numbers } of entries) {
    if (name === "") continue;
    names += 1;
    let isKnown = false;
    for (const number of numbers) {
      if (!ends.has(number.replace(/\D/g, "").slice(-END_DIGITS))) continue;
      const digits = parsePhoneNumberFromString(number, country)?.number.slice(1) ?? number.replace(/\D/g, "");
      const contact = known.get(digits);
      if (contact === undefined) continue;
      isKnown = true;
      const earlier = found.get(digits);
      if (earlier === undefined) found.set(digits, { contact, name, isAmbiguous: false });
      else if (earlier.name !== name) earlier.isAmbiguous = true;
    }
    if (!isKnown) unmatched += 1;
  }
  return { country, names, unmatched, found: [...found.values()] };
}

function countryOf(db: ReadDb, chosen: string | null): CountryCode {
  if (chosen !== null && isSupportedCountry(chosen)) return chosen;
  return ownCountries(db)[0] ?? FALLBACK_COUNTRY;
}
