/**
 * The one logger: one JSON line per event, with allow-listed fields only.
 *
 * Must never be given message texts, keys, full phone numbers or URLs with queries; fields outside the list
 * are dropped, so a mistake loses a detail and not a secret. Invariant: logging never throws.
 */
import type { Millis } from "../shared/domain.ts";

const FIELDS = [
  "accountId",
  "code",
  "status",
  "requestId",
  "host",
  "call",
  "count",
  "ms",
  "stage",
  "reason",
  "name",
] as const;
type Field = (typeof FIELDS)[number];
export type LogFields = Partial<Record<Field, string | number | boolean | null>>;

const MAX_LENGTH = 200;

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
}

/** What a line may say of an error: its class. The message may quote anything. */
export const errorName = (error: unknown): string | null => (error instanceof Error ? error.name : null);

/**
 * @param write  takes one line without its line break, for example to stderr or a file
 * @param redact  the second net: takes known secrets out of what the list let through, before anything is cut
 */
export function createLog(
  write: (line: string) => void,
  now: () => Millis,
  redact: (text: string) => string = (text) => text,
): Log {
  function log(level: "info" | "warn", event: string, fields: LogFields): void {
    try {
      const kept: Record<string, unknown> = { at: new Date(now()).toISOString(), level, event: redact(event) };
      for (const field of FIELDS) {
        const value: unknown = fields[field];
        if (typeof value === "string") kept[field] = redact(value).slice(0, MAX_LENGTH);
        else if (value === null || typeof value === "number" || typeof value === "boolean") kept[field] = value;
      }
      write(JSON.stringify(kept));
    } catch {
      // A line that cannot be written has nowhere to be reported; what it was about must go on.
    }
  }
  return {
    info: (event, fields = {}) => log("info", event, fields),
    warn: (event, fields = {}) => log("warn", event, fields),
  };
}
