/**
 * Reading lists of records from a provider: each good record is kept, each bad one is reported.
 *
 * Shared by all adapters; knows no vendor. Invariants: one bad record never costs the rest of its page;
 * what is reported of a bad record is a path and a reason, never a value.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Rejected } from "../sync/ports.ts";

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/**
 * An RFC 3339 date-time as Unix milliseconds. Nothing else: the engine would read "5" as a day in 2001, and a
 * time without its zone differently on every machine.
 */
export const isoMillis = z.string().transform((text, context) => {
  const ms = RFC_3339.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  context.addIssue({ code: "custom", message: "not a date-time" });
  return z.NEVER;
});

/** An id that is joined with others into one, and so must not hold the sign between them. */
export const joinedId = z.string().regex(/^[^~]+$/);

/** Where a list goes on, if it does. Something else in that place is an invalid envelope: it must not pass for the end. */
export const nextPlaceOf = z.union([z.string(), z.int().transform(String)]).nullish();

/**
 * Validates each record of `data` and maps the good ones.
 *
 * @param idField  the property that names a record, for the report of a bad one
 */
export function readRecords<W, T>(
  data: readonly unknown[],
  schema: z.ZodType<W>,
  map: (wire: W) => T,
  idField = "id",
): { items: T[]; rejected: Rejected[] } {
  const items: T[] = [];
  const rejected: Rejected[] = [];
  for (const record of data) {
    const parsed = schema.safeParse(record);
    if (parsed.success) items.push(map(parsed.data));
    else rejected.push(reject(record, parsed.error, idField));
  }
  return { items, rejected };
}

function reject(record: unknown, error: z.ZodError, idField: string): Rejected {
  const issue = error.issues[0];
  const path = issue?.path.join(".") ?? "";
  const id =
    typeof record === "object" && record !== null && Object.hasOwn(record, idField)
      ? (record as Record<string, unknown>)[idField]
      : null;
  return {
    remoteId: typeof id === "string" && id !== "" ? id : null,
    reason: `${path || "record"}: ${issue?.code ?? "invalid"}`,
    hash: createHash("sha256").update(jsonOf(record)).digest("hex"),
  };
}

/** A record nested deeper than the stack can be read but not written: it must not cost its page. */
function jsonOf(record: unknown): string {
  try {
    return JSON.stringify(record);
  } catch {
    return typeof record === "object" && record !== null ? `unwritable:${Object.keys(record).join()}` : "unwritable";
  }
}
