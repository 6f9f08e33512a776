/**
 * A table of contacts as people with numbers: the separator, the header and the columns are found out. Pure.
 *
 * papaparse reads the cells. A cell is text, whatever it looks like: formulas are names like any other. Column indexes
 * from outside that are not in the table are left out.
 */
import Papa from "papaparse";
import type { ImportColumns } from "../../shared/contacts.ts";
import { MAX_IMPORT_COLUMNS, MAX_IMPORT_ENTRIES } from "../../shared/file-limits.ts";
import { cleanName } from "./contact-entry.ts";
import type { ContactFile, FileEntry } from "./contact-entry.ts";

const MIN_DIGITS = 7;
const MAX_DIGITS = 15;
const MAX_CELL_CHARS = 400;
/** Rows looked at to find out what a column holds. */
const PROBE_ROWS = 200;

const NUMBER_HEADER =
  /phone|tel|mobile|móvil|movil|celular|cell|number|n[uú]mero|handy|whatsapp|sms|هاتف|جوال|رقم|موبايل/iu;
const NAME_HEADER = /name|nombre|apellido|nachname|vorname|nom\b|contact|contacto|customer|cliente|اسم/iu;
const FULL_NAME = /^(full|display|contact|customer)?[ _-]?name$|^nombre( completo)?$|^الاسم( الكامل)?$/iu;
const NO_NAME = /phonetic|file as|user ?name|nick|prefix|suffix|company|organi[sz]ation|label|type|e-?mail|phone|tel/iu;
const NO_NUMBER = /label|type|etiqueta|fax|account|order|zip|postal|id$/iu;

/** Null: nothing here is a table. */
export function readTable(text: string, chosen: ImportColumns | null): ContactFile | null {
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ""), {
    skipEmptyLines: "greedy",
    preview: MAX_IMPORT_ENTRIES + 2,
    delimitersToGuess: [",", ";", "\t", "|"],
  });
  const rows = data.map((row) => row.slice(0, MAX_IMPORT_COLUMNS).map((cell) => cell.slice(0, MAX_CELL_CHARS).trim()));
  const [first] = rows;
  if (first === undefined) return null;
  const hasHeader = !first.some(holdsNumber);
  const body = hasHeader ? rows.slice(1) : rows;
  const width = Math.max(...rows.slice(0, PROBE_ROWS).map((row) => row.length));
  if (width < 2 || !body.slice(0, PROBE_ROWS).some((row) => row.some(holdsNumber))) return null;

  const headers = Array.from({ length: width }, (_, at) => ({
    label: hasHeader ? cleanName(first[at] ?? "") : "",
    example: cleanName(body.find((row) => (row[at] ?? "") !== "")?.[at] ?? ""),
  }));
  const guessed = guessColumns(
    headers.map(({ label }) => label),
    body.slice(0, PROBE_ROWS),
  );
  const inTable = (columns: readonly number[]) => [...new Set(columns)].filter((at) => at < width);
  const columns = chosen === null ? guessed : { names: inTable(chosen.names), numbers: inTable(chosen.numbers) };

  const entries: FileEntry[] = [];
  let broken = 0;
  for (const row of body) {
    const name = cleanName(columns.names.map((at) => row[at] ?? "").join(" "));
    const numbers = columns.numbers.flatMap((at) => numbersIn(row[at] ?? ""));
    if (numbers.length > 0) entries.push({ name, numbers });
    else if (columns.numbers.some((at) => (row[at] ?? "") !== "")) broken += 1;
  }
  return { format: "csv", entries, broken, table: { headers, columns } };
}

/** Some exports put several into one cell. */
const numbersIn = (cell: string): string[] =>
  cell
    .split(/:::|[,;/|]/)
    .map((part) => part.trim())
    .filter(looksLikeNumber);

const holdsNumber = (cell: string) => numbersIn(cell).length > 0;

function looksLikeNumber(cell: string): boolean {
  // A spreadsheet may have put an apostrophe in front, so that it would not count.
  if (!/^['=]?["']?\+?[\d\s().\-/\u00a0\u2010-\u2015]+["']?$/u.test(cell)) return false;
  const digits = cell.replace(/\D/g, "").length;
  // "2026-03-01" is a day.
  return digits >= MIN_DIGITS && digits <= MAX_DIGITS && !/^\d{4}-\d{2}-\d{2}$/.test(cell);
}

function guessColumns(
  labels: readonly string[],
  rows: readonly (readonly string[])[],
): { names: number[]; numbers: number[] } {
  const all = labels.map((_, at) => at);
  const cells = (at: number) => rows.map((row) => row[at] ?? "").filter((cell) => cell !== "");
  const share = (at: number, test: (cell: string) => boolean) =>
    cells(at).filter(test).length / Math.max(1, cells(at).length);
  const isNumeric = (at: number) => share(at, holdsNumber) > 0.5;
  const label = (at: number) => labels[at] ?? "";

  const numeric = all.filter(isNumeric);
  const named = numeric.filter((at) => NUMBER_HEADER.test(label(at)) && !NO_NUMBER.test(label(at)));
  const numbers = named.length > 0 ? named : numeric.filter((at) => !NO_NUMBER.test(label(at)));

  const isText = (at: number) =>
    !numbers.includes(at) && share(at, (cell) => /\p{L}/u.test(cell) && !cell.includes("@")) > 0.5;
  const texts = all.filter(isText);
  const full = texts.filter((at) => FULL_NAME.test(label(at)));
  const parts = texts.filter((at) => NAME_HEADER.test(label(at)) && !NO_NAME.test(label(at)));
  // Outlook and others write the family name first: people read it the other way round.
  parts.sort((a, b) => rank(label(a)) - rank(label(b)) || a - b);
  const names = full.length > 0 ? full.slice(0, 1) : parts.length > 0 ? parts.slice(0, 3) : texts.slice(0, 1);
  return { names, numbers };
}

const rank = (label: string) =>
  /first|given|vorname|nombre|prénom/iu.test(label) ? 0 : /last|family|sur|nachname|apellido/iu.test(label) ? 2 : 1;
