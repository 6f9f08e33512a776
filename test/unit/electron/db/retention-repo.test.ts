/** Retention in the cache: in batches, each thing once, also where a thread was never read. */
import { expect, it } from "vitest";
import { enforceRetention } from "../../../../electron/db/retention-repo.ts";
import {
  T0,
  commitList,
  commitThread,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedConversation,
} from "../../../helpers/test-database.ts";

const PREVIEWS = 1_201;
const TEXTS = 620;

it("removes previews of threads that were never read, at most a batch at a time, after the texts", () => {
  const db = openMemoryDatabase();
  const { accountId, id } = seedConversation(db, { preview: "" });
  const texts = Array.from({ length: TEXTS }, (_, index) =>
    remoteMessage({ remoteId: `m${index}`, body: `text ${index}`, createdAt: T0 - TEXTS + index }),
  );
  commitThread(db, accountId, id, texts);
  commitList(
    db,
    accountId,
    Array.from({ length: PREVIEWS }, (_, index) =>
      remoteConversation({
        remoteId: `c${index}`,
        contactNumber: `+1555${String(1_000_000 + index)}`,
        preview: `preview ${index}`,
        lastMessageAt: T0 - index - 1,
      }),
    ),
  );
  const input = { accountId, windowMs: 1, cutoff: T0 + 1, now: T0 + 2 };
  const rounds: number[] = [];
  for (let more = true; more;) {
    const result = enforceRetention(db, input);
    rounds.push(result.removedTexts);
    ({ more } = result);
  }
  expect(rounds).toEqual([500, TEXTS - 500 + 500, 500, PREVIEWS - 1_000]);
  const left = db.get<{ previews: number; texts: number }>(
    `SELECT (SELECT count(*) FROM conversations WHERE preview <> '') AS previews,
            (SELECT count(*) FROM messages WHERE body IS NOT NULL) AS texts`,
  );
  expect(left).toEqual({ previews: 0, texts: 0 });
});
