/**
 * One pass over a conversation list that moves while it is paged. Pure.
 *
 * Rules: a pass goes from the top until a page holds something older than the last mark minus an overlap, or
 * to the end; the new mark is the newest item of the *first* page and counts only when the pass completes.
 */
import type { Millis } from "../../shared/domain.ts";
import type { Page, PassKind, RemoteConversation, SavedPass } from "./ports.ts";

/** A new pass from the top. A sweep, and a list pass with no mark yet, walk to the end. */
export function beginPass(kind: PassKind, mark: Millis | null, overlapMs: number, now: Millis): SavedPass {
  const stopBefore = kind === "list" && mark !== null ? mark - overlapMs : null;
  return { cursor: null, newestAt: null, stopBefore, pages: 0, seen: 0, restarts: 0, startedAt: now };
}

/** The pass after `page`, and whether that page was its last. */
export function advancePass(pass: SavedPass, page: Page<RemoteConversation>): { pass: SavedPass; done: boolean } {
  const times = page.items.map((item) => item.lastMessageAt);
  const oldest = times.length === 0 ? null : Math.min(...times);
  const newest = times.length === 0 ? null : Math.max(...times);
  const reachedMark = pass.stopBefore !== null && oldest !== null && oldest < pass.stopBefore;
  return {
    pass: {
      ...pass,
      cursor: page.nextCursor,
      newestAt: pass.pages === 0 ? newest : pass.newestAt,
      pages: pass.pages + 1,
      seen: pass.seen + page.items.length + page.rejected.length,
    },
    done: page.nextCursor === null || reachedMark,
  };
}

/** The same pass from the top again, after the server refused its cursor; null when that was tried already. */
export function restartPass(pass: SavedPass): SavedPass | null {
  if (pass.restarts > 0) return null;
  return { ...pass, cursor: null, newestAt: null, pages: 0, seen: 0, restarts: 1 };
}
