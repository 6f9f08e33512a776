/**
 * The app lock: whether the window may show anything, and who may open it again.
 *
 * No Electron here. Must not know messages. Guards against a glance at an open desk, not against programs of the same
 * user. Invariants: where a PIN is saved the app starts locked; wrong tries count over restarts and cost waiting time;
 * one try at a time; a PIN that was forgotten is replaced by proving to know a key of a connected account, which
 * deletes nothing; sync and outbox never depend on it.
 */
import { AppError } from "../../../shared/errors.ts";
import type { LockAnswer, LockState } from "../../../shared/lock.ts";
import { providerForms } from "../../providers/registry.ts";
import type { Clock } from "../../sync/ports.ts";
import { createAccountVault } from "../account-vault.ts";
import type { VaultAccount } from "../account-vault.ts";
import type { Secrets } from "../secrets.ts";
import { pinMatches, recordOfPin, sameSecret } from "./pin.ts";

export const PIN_NAME = "app-lock";
/** An account id may be a credential too; anything shorter proves nothing. */
const MIN_CREDENTIAL = 12;
const FREE_TRIES = 5;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** Wrong tries since the last right one, kept over restarts. */
export interface LockTries {
  readonly failed: number;
  /** Nothing is tried before; 0: no waiting. */
  readonly until: number;
}

export interface AppLockOptions {
  readonly clock: Pick<Clock, "now">;
  readonly tries: { get(): LockTries; set(tries: LockTries): void };
  readonly can: LockState["can"];
  /** Asks the system for a fingerprint; rejects when the person cancels. */
  readonly promptTouchId: () => Promise<void>;
  readonly onChange: (locked: boolean) => void;
}

export interface AppLock {
  isLocked(): boolean;
  state(): LockState;
  /** The secrets in use, when an inbox opens. Locks at once where a PIN is saved, the first time. */
  attach(secrets: Secrets): void;
  /** Nothing happens where no PIN is set. */
  lock(): void;
  unlock(pin: string): Promise<LockAnswer>;
  unlockWithTouchId(): Promise<LockAnswer>;
  /** `current` null only where none is set; `next` null takes the lock away. */
  setPin(current: string | null, next: string | null): Promise<LockAnswer>;
  /** A forgotten PIN: takes the lock away for who knows a key of a connected account. */
  reset(credential: string): Promise<LockAnswer>;
}

/** How long to wait after so many wrong tries. Pure. */
export function waitAfter(failed: number): number {
  return failed < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failed - FREE_TRIES));
}

export function createAppLock(options: AppLockOptions): AppLock {
  const { clock, tries } = options;
  let secrets: Secrets | null = null;
  let isConfigured = false;
  let isLocked = false;
  let last: Promise<unknown> = Promise.resolve();

  function state(): LockState {
    const { until } = tries.get();
    return { configured: isConfigured, locked: isLocked, retryAt: waitsUntil(until), can: options.can };
  }

  /** A clock that was set back must not lock anybody out for longer than the longest wait. */
  function waitsUntil(until: number): number | null {
    const now = clock.now();
    return until <= now ? null : Math.min(until, now + LONGEST_WAIT_MS);
  }

  function setLocked(next: boolean): void {
    if (next === isLocked) return;
    isLocked = next;
    options.onChange(next);
  }

  const answer = (result: LockAnswer["result"]): LockAnswer => ({ result, state: state() });

  function getSecrets(): Secrets {
    if (secrets === null) throw new AppError("not_ready");
    return secrets;
  }

  /** One guess, counted before it is judged, so that ending the app in between wins nothing. */
  function guess(isRight: () => Promise<boolean>, then: () => Promise<void> | void): Promise<LockAnswer> {
    const done = last.then(async () => {
      const { failed, until } = tries.get();
      if (waitsUntil(until) !== null) return answer("wait");
      const count = failed + 1;
      tries.set({ failed: count, until: waitAfter(count) === 0 ? 0 : clock.now() + waitAfter(count) });
      let right: boolean;
      try {
        right = await isRight();
      } catch (error) {
        // The keyring's failure is nobody's wrong guess.
        tries.set({ failed, until });
        if (error instanceof AppError && error.code === "vault_failed") return answer("unreadable");
        throw error;
      }
      if (!right) return answer("refused");
      tries.set({ failed: 0, until: 0 });
      await then();
      return answer("ok");
    });
    last = Promise.allSettled([done]);
    return done;
  }

  const knowsPin = (pin: string) => async () => {
    const record = await getSecrets().find(PIN_NAME);
    return record !== null && (await pinMatches(record, pin));
  };

  async function save(next: string | null): Promise<void> {
    if (next === null) await getSecrets().delete(PIN_NAME);
    else await getSecrets().set(PIN_NAME, await recordOfPin(next));
    isConfigured = next !== null;
    if (!isConfigured) setLocked(false);
  }

  return {
    isLocked: () => isLocked,
    state,
    attach(next) {
      const isFirst = secrets === null;
      secrets = next;
      isConfigured = next.names().includes(PIN_NAME);
      if (!isConfigured) setLocked(false);
      else if (isFirst) setLocked(true);
    },
    lock() {
      if (isConfigured) setLocked(true);
    },
    unlock: (pin) => guess(knowsPin(pin), () => setLocked(false)),
    async unlockWithTouchId() {
      if (!options.can.touchId) return answer("refused");
      try {
        await options.promptTouchId();
      } catch {
        // Cancelled or not recognised: the system counts those itself.
        return answer("refused");
      }
      tries.set({ failed: 0, until: 0 });
      setLocked(false);
      return answer("ok");
    },
    async setPin(current, next) {
      if (isConfigured) return current === null ? answer("refused") : guess(knowsPin(current), () => save(next));
      await save(next);
      return answer("ok");
    },
    reset: (credential) =>
      guess(
        () => knowsCredential(getSecrets(), credential),
        () => save(null),
      ),
  };
}

/**
 * True for any secret of any account (an account's public id is none); also where there is nothing to guard: no
 * account, or only invented ones.
 *
 * An account that cannot be read does not hide the others. @throws AppError `vault_failed` when it may have been that
 * one
 */
async function knowsCredential(secrets: Secrets, typed: string): Promise<boolean> {
  const vault = createAccountVault(secrets);
  let isKnown = false;
  let hasReal = false;
  let unreadable: unknown = null;
  for (const uid of vault.uids()) {
    try {
      const account = await vault.find(uid);
      if (account === null || account.sampleAnchorAt !== null) continue;
      hasReal = true;
      for (const value of secretsOf(account)) {
        if (value.length >= MIN_CREDENTIAL) isKnown = sameSecret(value, typed.trim()) || isKnown;
      }
    } catch (error) {
      unreadable = error;
    }
  }
  if (isKnown) return true;
  if (unreadable !== null) throw unreadable;
  return !hasReal;
}

function secretsOf({ provider, credentials }: VaultAccount): string[] {
  const fields = providerForms().find((form) => form.provider === provider)?.fields ?? [];
  return fields.flatMap(({ name, secret }) => {
    const value = secret ? credentials[name] : undefined;
    return value === undefined ? [] : [value];
  });
}
