/**
 * Whether an account is shown as working: blocked while its provider refuses the key, fine again with the next page.
 *
 * Must not decide what blocks: sync does. Invariant: a state is stored when it changes, not for every page.
 */
import type { Account, AccountId } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { errorName } from "../log.ts";
import type { Log } from "../log.ts";

export interface AccountStates {
  /** The provider refuses the account until a person acts. */
  blocked(id: AccountId, failure: Failure): void;
  /** A page was stored: it works. */
  works(id: AccountId): void;
}

type SaveState = (id: AccountId, state: Account["state"], missingScope: string | null) => Promise<void>;

export function createAccountStates(save: SaveState, log: Log): AccountStates {
  /** Those shown as blocked. */
  const blockedIds = new Set<AccountId>();

  async function store(...[id, state, missingScope]: Parameters<SaveState>): Promise<void> {
    try {
      await save(id, state, missingScope);
    } catch (error) {
      log.warn("account state not saved", { accountId: id, name: errorName(error) });
    }
  }

  return {
    blocked(id, { code, detail }) {
      blockedIds.add(id);
      void store(id, code === "key_refused" ? "needs_key" : "missing_scope", detail["scope"] ?? null);
    },
    works(id) {
      if (blockedIds.delete(id)) void store(id, "ok", null);
    },
  };
}
