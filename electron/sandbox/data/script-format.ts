/**
 * The notation the sample dialogues are written in, and its parser.
 *
 * A dialogue must stay as readable as a play, so the data files hold plain text:
 *   `# name`      begins a dialogue; the name is unique in the whole sample
 *   `< text`      the customer writes; `> text` the shop writes
 *   `| text`      one more line of the same message; a bare `|` is an empty line
 *   `~ 40m`       the next message comes that much later (m, h, d); without it a few minutes pass
 *   `~ 1d 9:10`   so many days later, at that local time
 *   `[photo: a.jpg, b.jpg]` at the start of a text makes it an MMS with those media
 *   `{undelivered}` or `{failed}` at the start of an outbound text is its final status
 * Pure; malformed notation throws at load, so a slip in the data cannot reach a thread.
 */

export type Direction = "inbound" | "outbound";

/** How long after the message before it: `null` leaves it to chance, a few minutes. */
export type Gap =
  | null
  | { readonly kind: "after"; readonly ms: number }
  | { readonly kind: "day"; readonly days: number; readonly minuteOfDay: number };

export interface Line {
  readonly direction: Direction;
  readonly text: string;
  readonly media: readonly string[];
  readonly outcome: "delivered" | "undelivered" | "failed";
  readonly gap: Gap;
}

export interface Script {
  readonly name: string;
  readonly lines: readonly Line[];
}

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DAY_AT = /^(\d+)d (\d{1,2}):(\d{2})$/;
const AFTER = /^(\d+)([mhd])$/;
const MEDIA = /^\[photo: ([^\]]+)\] ?/;
const OUTCOME = /^\{(undelivered|failed)\} /;

function parseGap(source: string): Gap {
  const day = DAY_AT.exec(source);
  if (day) return { kind: "day", days: Number(day[1]), minuteOfDay: Number(day[2]) * 60 + Number(day[3]) };
  const after = AFTER.exec(source);
  if (after) return { kind: "after", ms: Number(after[1]) * UNIT_MS[after[2] as keyof typeof UNIT_MS] };
  throw new Error(`sample data: unknown gap "${source}"`);
}

function parseLine(direction: Direction, source: string, gap: Gap): Line {
  const outcome = OUTCOME.exec(source);
  const rest = outcome ? source.slice(outcome[0].length) : source;
  const media = MEDIA.exec(rest);
  return {
    direction,
    text: media ? rest.slice(media[0].length) : rest,
    media: media?.[1]?.split(",").map((name) => name.trim()) ?? [],
    outcome: (outcome?.[1] as "undelivered" | "failed" | undefined) ?? "delivered",
    gap,
  };
}

/** All dialogues of one data file, in the order written. Throws on any line it does not understand. */
export function parseScripts(source: string): readonly Script[] {
  const scripts: { name: string; raw: { direction: Direction; text: string; gap: Gap }[] }[] = [];
  let gap: Gap = null;
  for (const line of source.split("\n")) {
    if (line === "") continue;
    const mark = line.slice(0, 1);
    const rest = line.slice(1).replace(/^ /, "");
    const script = scripts.at(-1);
    if (mark === "#") {
      scripts.push({ name: rest, raw: [] });
      gap = null;
    } else if (script === undefined) {
      throw new Error(`sample data: "${line}" stands before any dialogue`);
    } else if (mark === "<" || mark === ">") {
      script.raw.push({ direction: mark === "<" ? "inbound" : "outbound", text: rest, gap });
      gap = null;
    } else if (mark === "|") {
      const last = script.raw.at(-1);
      if (last === undefined) throw new Error(`sample data: "${line}" continues nothing`);
      last.text += `\n${rest}`;
    } else if (mark === "~") {
      gap = parseGap(rest);
    } else {
      throw new Error(`sample data: cannot read "${line}"`);
    }
  }
  return scripts.map(({ name, raw }) => ({ name, lines: raw.map((r) => parseLine(r.direction, r.text, r.gap)) }));
}
