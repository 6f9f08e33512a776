/** What the provider accepted may still fail: it is asked, at growing distances, until it says, or for a day. */
import type { AccountId, ConversationId } from "../../shared/domain.ts";
import { ProviderError } from "../../shared/errors.ts";
import type { Clock, OutboxStore, Provider, SendReceipt } from "../sync/ports.ts";

/** Asked again after as long as it has waited, and no sooner than this. */
const MIN_FOLLOW_MS = 10_000;
const FOLLOW_FOR_MS = 86_400_000;

interface FollowOptions {
  readonly accountId: AccountId;
  readonly store: Pick<OutboxStore, "nextFollow" | "settleFollow">;
  readonly clock: Clock;
  readonly provider: () => Provider;
  readonly signal: () => AbortSignal;
  readonly isHalted: () => boolean;
  readonly onChanged: (id: ConversationId) => void;
}

/** Asks about every accepted reply that is due. */
export async function followAccepted(options: FollowOptions): Promise<void> {
  const { accountId, store, clock } = options;
  for (;;) {
    const { followSent } = options.provider();
    if (options.isHalted() || followSent === undefined) return;
    const work = await store.nextFollow({ accountId });
    const now = clock.now();
    if (work === null || work.dueAt > now) return;
    let outcome: SendReceipt | "failed" | null = null;
    try {
      outcome = await followSent(work.follow, options.signal());
    } catch (error) {
      // No word is no outcome: the same as "not decided yet".
      if (!(error instanceof ProviderError)) throw error;
    }
    const age = now - work.sentAt;
    await store.settleFollow({
      id: work.id,
      outcome,
      askAt: age > FOLLOW_FOR_MS ? null : now + Math.max(MIN_FOLLOW_MS, age),
    });
    if (outcome !== null) options.onChanged(work.conversationId);
  }
}
