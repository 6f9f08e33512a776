/**
 * Accounts as the vault keeps them: what is needed to reach a provider, encrypted as one blob per account.
 *
 * Because name, address and credentials stand together here, a lost or damaged cache can be rebuilt by sync
 * without asking the person for anything. Must not log or return credentials to the renderer. Invariant: the
 * blob is validated when it is read, a damaged one is reported and not deleted.
 */
import { z } from "zod";
import { ProviderName } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { Secrets } from "./secrets.ts";

export const VaultAccount = z.object({
  uid: z.uuid(),
  provider: ProviderName,
  name: z.string(),
  baseUrl: z.string(),
  credentials: z.record(z.string(), z.string()),
  /** Set on the sample account: the moment its invented history ends. */
  sampleAnchorAt: z.int().nullable(),
});
export type VaultAccount = z.infer<typeof VaultAccount>;

const PREFIX = "account:";

export interface AccountVault {
  uids(): string[];
  find(uid: string): Promise<VaultAccount | null>;
  save(account: VaultAccount): Promise<void>;
  delete(uid: string): Promise<void>;
}

export function createAccountVault(secrets: Secrets): AccountVault {
  return {
    uids: () => secrets.names().flatMap((name) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])),
    async find(uid) {
      const text = await secrets.find(PREFIX + uid);
      if (text === null) return null;
      try {
        return VaultAccount.parse(JSON.parse(text));
      } catch (cause) {
        throw new AppError("vault_failed", "a saved account cannot be read", { cause });
      }
    },
    save: (account) => secrets.set(PREFIX + account.uid, JSON.stringify(VaultAccount.parse(account))),
    delete: (uid) => secrets.delete(PREFIX + uid),
  };
}
