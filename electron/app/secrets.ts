/**
 * Where secrets live: a keyring-protected file, or only this process's memory.
 *
 * `createKeyringSecrets` keeps ciphertext in the settings file and asks the system's keyring, through
 * Electron's asynchronous safeStorage, to make and read it. Must never write a secret in the clear and never
 * delete ciphertext that cannot be read now: tomorrow it may be. Invariants: each write is read back before
 * it counts; a keyring that fails, in whatever way, ends in `vault_failed` and never in another error; Linux's
 * `basic_text` (a fixed password) counts as none.
 */
import type { SafeStorage } from "electron";
import { AppError } from "../../shared/errors.ts";
import type { Clock } from "../sync/ports.ts";

export interface Secrets {
  /** False: nothing is written to disk, everything is forgotten when the app closes. */
  readonly durable: boolean;
  names(): readonly string[];
  /** Null when there is none. @throws AppError `vault_failed` when it is there but cannot be read now */
  find(name: string): Promise<string | null>;
  /** @throws AppError `vault_failed` when the secret could not be read back */
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/** The part of the settings file that holds ciphertext, by secret name. */
export interface CiphertextFile {
  get(): Readonly<Record<string, string>>;
  set(all: Readonly<Record<string, string>>): void;
}

export type Keyring = Pick<SafeStorage, "isAsyncEncryptionAvailable" | "encryptStringAsync" | "decryptStringAsync"> & {
  /** Linux only; elsewhere the system's keyring is the only one. */
  readonly getSelectedStorageBackend?: () => string;
};

const READY_TIMEOUT_MS = 4_000;
/** Mostly it is ready a moment later; one that is not is asked less and less often. */
const READY_POLL_MS = 4;
const READY_POLL_MOST_MS = 100;

/** Whether a real keyring answers. It may need a moment after start, and a locked one may ask the person first. */
export async function keyringAvailable(keyring: Keyring, clock: Clock): Promise<boolean> {
  if (keyring.getSelectedStorageBackend?.() === "basic_text") return false;
  const giveUpAt = clock.now() + READY_TIMEOUT_MS;
  for (let pollMs = READY_POLL_MS; ; pollMs = Math.min(pollMs * 2, READY_POLL_MOST_MS)) {
    const answer = await answerBy(keyring, clock, giveUpAt - clock.now());
    if (answer === "yes") return true;
    if (answer === "silence" || clock.now() >= giveUpAt) return false;
    await new Promise<void>((resolve) => clock.schedule(pollMs, resolve));
  }
}

/** One question to the keyring. A failure is a no; a prompt that nobody answers must not hold the start for ever. */
async function answerBy(keyring: Keyring, clock: Clock, waitMs: number): Promise<"yes" | "no" | "silence"> {
  let cancel = () => {};
  const silence = new Promise<"silence">((resolve) => {
    cancel = clock.schedule(waitMs, () => resolve("silence"));
  });
  const ask = async () => ((await keyring.isAsyncEncryptionAvailable()) ? "yes" : "no");
  try {
    return await Promise.race([ask(), silence]);
  } catch {
    return "no";
  } finally {
    cancel();
  }
}

export function createKeyringSecrets(keyring: Keyring, file: CiphertextFile): Secrets {
  async function read(ciphertext: string): Promise<{ value: string; isStale: boolean }> {
    try {
      const { result, shouldReEncrypt } = await keyring.decryptStringAsync(Buffer.from(ciphertext, "base64"));
      return { value: result, isStale: shouldReEncrypt };
    } catch (cause) {
      throw new AppError("vault_failed", "a saved secret cannot be read", { cause });
    }
  }

  async function write(value: string): Promise<string> {
    let ciphertext: string;
    try {
      ciphertext = (await keyring.encryptStringAsync(value)).toString("base64");
    } catch (cause) {
      throw new AppError("vault_failed", "a secret cannot be encrypted", { cause });
    }
    if ((await read(ciphertext)).value !== value) {
      throw new AppError("vault_failed", "a secret did not survive being saved");
    }
    return ciphertext;
  }

  /** The keyring has a newer key: use it. Losing this chance costs nothing, the old ciphertext is readable. */
  async function renew(name: string, old: string, value: string): Promise<void> {
    let ciphertext: string;
    try {
      ciphertext = await write(value);
    } catch (error) {
      if (error instanceof AppError) return;
      throw error;
    }
    // Changed or deleted meanwhile: that one counts.
    const all = file.get();
    if (all[name] === old) file.set({ ...all, [name]: ciphertext });
  }

  return {
    durable: true,
    names: () => Object.keys(file.get()),
    async find(name) {
      const all = file.get();
      if (!Object.hasOwn(all, name)) return null;
      const ciphertext = all[name]!;
      const { value, isStale } = await read(ciphertext);
      if (isStale) await renew(name, ciphertext, value);
      return value;
    },
    async set(name, value) {
      const ciphertext = await write(value);
      file.set({ ...file.get(), [name]: ciphertext });
    },
    async delete(name) {
      const { [name]: _gone, ...rest } = file.get();
      file.set(rest);
    },
  };
}

export function createSessionSecrets(): Secrets {
  const all = new Map<string, string>();
  return {
    durable: false,
    names: () => [...all.keys()],
    find: async (name) => all.get(name) ?? null,
    set: async (name, value) => void all.set(name, value),
    delete: async (name) => void all.delete(name),
  };
}
