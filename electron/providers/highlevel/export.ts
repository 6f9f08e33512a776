/**
 * The export of messages as a feed of changes: latest change first, over all conversations of the location. Pure.
 *
 * Documented: `sortBy=updatedAt` follows changes of a status, a page holds 10 to 500 rows, without `channel` emails
 * are left out and activity rows come along. Not documented: which date `startDate` filters by, whether rows say when
 * they changed (`dateUpdated`, seen on real ones), whether a deleted message is ever listed. So no date filter is
 * sent, a page on which one row does not say when it changed ends the walk, and nothing is concluded from what is
 * missing.
 */
import { ProviderError } from "../../../shared/errors.ts";
import type { ChangesPage } from "../../sync/ports.ts";
import type { HttpRequest } from "../http.ts";
import { readRecords } from "../wire.ts";
import { mapExported } from "./map.ts";
import { ExportEnvelope, WireExported } from "./wire.ts";

const MIN_LIMIT = 10;
const MAX_LIMIT = 500;

export const exportQuery = (
  locationId: string,
  { cursor, limit }: { cursor: string | null; limit: number },
): NonNullable<HttpRequest["query"]> => [
  ["locationId", locationId],
  ["sortBy", "updatedAt"],
  ["sortOrder", "desc"],
  ["limit", Math.min(MAX_LIMIT, Math.max(MIN_LIMIT, limit))],
  ["cursor", cursor],
];

/** @throws ProviderError `invalid_response` */
export function readExport(json: unknown): ChangesPage {
  const envelope = ExportEnvelope.safeParse(json);
  if (!envelope.success) throw new ProviderError("invalid_response", { cause: envelope.error });
  // A row that cannot be read is no loss here: the thread's own pages report it.
  const { items: rows, rejected } = readRecords(envelope.data.messages, WireExported, (wire) => wire);
  const dates = rows.flatMap(({ dateUpdated }) => dateUpdated ?? []);
  const isDated = rejected.length === 0 && dates.length === rows.length && dates.length > 0;
  return {
    items: rows.flatMap((row) => mapExported(row) ?? []),
    nextCursor: envelope.data.nextCursor || null,
    newestChangeAt: isDated ? Math.max(...dates) : null,
    oldestChangeAt: isDated ? Math.min(...dates) : null,
  };
}
