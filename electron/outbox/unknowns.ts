/**
 * Replies of unknown outcome: looked up at growing distances, never sent again.
 *
 * Proof comes first from the provider by the reply's mark (when a look is due), then from the cached thread. Must not
 * send.
 */
import type { AccountId, ConversationId } from "../../shared/domain.ts";
import { ProviderError } from "../../shared/errors.ts";
import type { Clock, OutboxStore, OutboxWork, Provider } from "../sync/ports.ts";

/** When to look again for a reply of unknown outcome, after each look that found nothing. */
const LOOK_AGAIN_MS = [2_000, 5_000, 15_000, 60_000, 300_000] as const;
/** How far apart a reply and its copy in the thread may be dated. */
const MATCH_WINDOW_MS = 600_000;

export interface UnknownsOptions {
  readonly accountId: AccountId;
  readonly store: Pick<OutboxStore, "unknowns" | "markSent" | "settleFromThread">;
  readonly clock: Clock;
  readonly provider: () => Provider;
  readonly signal: () => AbortSignal;
  readonly isStopped: () => boolean;
  /** The key was refused: the provider is not asked. */
  readonly isBlocked: () => boolean;
  readonly onChanged: (id: ConversationId) => void;
  readonly kick: () => void;
}

export interface Unknowns {
  /** One more has just become unknown. */
  lookSoon(): void;
  look(): Promise<void>;
  /** The next look may ask the provider, too. */
  askProvider(): void;
  areOpen(): boolean;
  stop(): void;
}

export function createUnknowns(options: UnknownsOptions): Unknowns {
  const { accountId, store, clock } = options;
  let looks = 0;
  let open = 0;
  let asksProvider = true;
  let cancelLook = () => {};

  function scheduleLook(): void {
    const delayMs = LOOK_AGAIN_MS[Math.min(looks, LOOK_AGAIN_MS.length - 1)]!;
    looks += 1;
    cancelLook();
    cancelLook = clock.schedule(delayMs, () => {
      asksProvider = true;
      options.kick();
    });
  }

  async function settle(work: OutboxWork, asking: boolean): Promise<boolean> {
    const { id } = work.item;
    if (asking) {
      try {
        const { contactNumber: to } = work.conversation;
        const receipt = await options.provider().findSent({ to, tag: work.tag, signal: options.signal() });
        if (receipt !== null) {
          await store.markSent({ id, receipt, now: clock.now() });
          return true;
        }
      } catch (error) {
        // No proof this way (the key may lack the scope): the thread may still have it.
        if (!(error instanceof ProviderError)) throw error;
      }
    }
    return store.settleFromThread({ id, windowMs: MATCH_WINDOW_MS, now: clock.now() });
  }

  return {
    lookSoon() {
      looks = 0;
      open += 1;
      scheduleLook();
    },
    async look() {
      const asking = asksProvider && !options.isBlocked();
      asksProvider = false;
      const unknowns = await store.unknowns({ accountId });
      open = 0;
      for (const work of unknowns) {
        if (options.isStopped()) return;
        if (await settle(work, asking)) options.onChanged(work.item.conversationId);
        else open += 1;
      }
      if (open > 0 && asking && !options.isStopped()) scheduleLook();
    },
    askProvider() {
      asksProvider = true;
    },
    areOpen: () => open > 0,
    stop: () => cancelLook(),
  };
}
