/**
 * Messages, edits, removals, stale pages and re-checks in any order: a text known to be removed never comes back.
 *
 * The provider is a list of messages; every page it ever gave may arrive again, at any later time, in whichever kind of
 * walk. What the device was told is tracked apart from the database and compared after every step.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RemoteMessage } from "../../../../electron/sync/ports.ts";
import {
  T0,
  commitList,
  commitThread,
  checkIndexes,
  countHits,
  messagesOf,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedConversation,
} from "../../../helpers/test-database.ts";

const MESSAGES = 4;
const index = fc.nat({ max: MESSAGES - 1 });
const step = fc.oneof(
  fc.record({ do: fc.constant("edit" as const), index }),
  fc.record({ do: fc.constant("redact" as const), index }),
  fc.record({ do: fc.constant("fetch" as const), full: fc.boolean(), list: fc.boolean() }),
  fc.record({ do: fc.constant("replay" as const), page: fc.nat({ max: 30 }), full: fc.boolean(), list: fc.boolean() }),
);

describe("a removed text", () => {
  it("never comes back, whatever arrives in whatever order", () => {
    const db = openMemoryDatabase();
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        // One database for all histories, each of which begins with none of it.
        for (const table of ["conversations", "accounts"]) db.run(`DELETE FROM ${table}`);
        const { accountId, id } = seedConversation(db, { preview: null });
        let version = 0;
        let now = T0;
        const server: RemoteMessage[] = Array.from({ length: MESSAGES }, (_, at) =>
          remoteMessage({ remoteId: `m${at}`, createdAt: T0 + at, body: `word${at}v0` }),
        );
        const pages: RemoteMessage[][] = [];
        const told = new Set<string>();

        const store = (page: readonly RemoteMessage[], full: boolean, list: boolean) => {
          const last = page.at(-1);
          if (list && last !== undefined) {
            const row = { lastMessageAt: last.createdAt, preview: last.body, previewRedactedAt: last.redactedAt };
            commitList(db, accountId, [remoteConversation(row)], { now });
          }
          commitThread(db, accountId, id, page, { kind: full ? "full" : "delta", startedAt: now, now });
          for (const { remoteId, redactedAt } of page) if (redactedAt !== null) told.add(remoteId);
        };

        for (const one of steps) {
          now += 10;
          const target = "index" in one ? server[one.index] : undefined;
          if (one.do === "edit" && target?.redactedAt === null) {
            version += 1;
            server[one.index] = { ...target, body: `word${one.index}v${version}` };
          } else if (one.do === "redact" && target?.redactedAt === null) {
            server[one.index] = { ...target, body: null, redactedAt: now };
          } else if (one.do === "fetch") {
            pages.push([...server]);
            store(server, one.full, one.list);
          } else if (one.do === "replay" && pages.length > 0) {
            store(pages[one.page % pages.length] ?? [], one.full, one.list);
          }
          const shown = new Map(messagesOf(db, id).map(({ createdAt, body }) => [`m${createdAt - T0}`, body.kind]));
          for (const remoteId of told) {
            expect(shown.get(remoteId)).toBe("redacted");
            for (let seen = 0; seen <= version; seen += 1) {
              expect(countHits(db, `word${remoteId.slice(1)}v${seen}`, T0)).toBe(0);
            }
          }
        }
        const preview = db.get<{ preview: string | null }>("SELECT preview FROM conversations")?.preview ?? "";
        for (const remoteId of told) expect(preview).not.toContain(`word${remoteId.slice(1)}v`);
        checkIndexes(db);
      }),
      { seed: 20_260_428, numRuns: 300 },
    );
    db.close();
  });
});
