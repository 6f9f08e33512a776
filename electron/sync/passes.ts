/**
 * One pass over a conversation list that moves while it is paged. Pure.
 *
 * Rules: over a newest-first list a pass goes from the top until a page holds something older than the last mark
 * minus an overlap, and the new mark is the newest item of the *first* page. Any other list is read to its end,
 * and the new mark is the newest item of all pages, but no later than the pass began: what moved meanwhile may
 * have been missed. Either way the mark counts only when the pass completes.
 */
import type { Millis } from "../../shared/domain.ts";
import type { ListOrder, Page, PassKind, RemoteConversation, SavedPass } from "./ports.ts";

/** A new pass from the top. A sweep, a list pass with no mark yet, and one over a list without order walk to the end. */
export function beginPass(
  kind: PassKind,
  mark: Millis | null,
  overlapMs: number,
  now: Millis,
  order: ListOrder = "newest_first",
): SavedPass {
  const stopBefore = kind === "list" && mark !== null && order !== "unordered" ? mark - overlapMs : null;
  return { cursor: null, newestAt: null, stopBefore, pages: 0, seen: 0, restarts: 0, startedAt: now };
}

/** The pass after `page`, and whether that page was its last. */
export function advancePass(
  pass: SavedPass,
  page: Page<RemoteConversation>,
  order: ListOrder = "newest_first",
): { pass: SavedPass; done: boolean } {
  const times = page.items.map((item) => item.lastMessageAt);
  const oldest = times.length === 0 ? null : Math.min(...times);
  const newest = times.length === 0 ? null : Math.max(...times);
  const isOrdered = order === "newest_first";
  const reachedMark = isOrdered && pass.stopBefore !== null && oldest !== null && oldest < pass.stopBefore;
  return {
    pass: {
      ...pass,
      cursor: page.nextCursor,
      newestAt: isOrdered ? (pass.pages === 0 ? newest : pass.newestAt) : latest(pass, newest),
      pages: pass.pages + 1,
      seen: pass.seen + page.items.length + page.rejected.length,
    },
    done: page.nextCursor === null || reachedMark,
  };
}

function latest({ newestAt, startedAt }: SavedPass, newest: Millis | null): Millis | null {
  if (newest === null) return newestAt;
  return Math.min(startedAt, Math.max(newest, newestAt ?? newest));
}

/** The same pass from the top again, after the server refused its cursor; null when that was tried already. */
export function restartPass(pass: SavedPass): SavedPass | null {
  if (pass.restarts > 0) return null;
  return { ...pass, cursor: null, newestAt: null, pages: 0, seen: 0, restarts: 1 };
}
