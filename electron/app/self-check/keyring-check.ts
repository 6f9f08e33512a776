/**
 * Whether secrets survive a trip through the system's keyring, and which keyring it is.
 *
 * Invariant: what is encrypted is made up here; nothing is written anywhere.
 */
import { randomBytes } from "node:crypto";
import type { SafeStorage } from "electron";
import type { Clock } from "../../sync/ports.ts";
import { createKeyringSecrets, keyringAvailable } from "../secrets.ts";
import type { Keyring } from "../secrets.ts";
import { hold } from "./report.ts";
import type { Check } from "./report.ts";

export type SyncKeyring = Pick<SafeStorage, "isEncryptionAvailable" | "encryptString" | "decryptString">;

const backendOf = (keyring: Keyring, platform: NodeJS.Platform): string => {
  if (platform === "darwin") return "Keychain";
  if (platform === "win32") return "DPAPI";
  return keyring.getSelectedStorageBackend?.() ?? "unknown";
};

/** The way the app itself uses the keyring. */
export function keyringCheck(keyring: Keyring, clock: Clock, platform: NodeJS.Platform): Check {
  return {
    name: "keyring",
    async run() {
      const backend = backendOf(keyring, platform);
      hold(await keyringAvailable(keyring, clock), `no keyring answers (${backend})`);
      let stored: Readonly<Record<string, string>> = {};
      const secrets = createKeyringSecrets(keyring, {
        get: () => stored,
        set: (all) => {
          stored = all;
        },
      });
      const secret = randomBytes(24).toString("hex");
      await secrets.set("self-check", secret);
      hold(!JSON.stringify(stored).includes(secret), `the keyring does not encrypt (${backend})`);
      hold((await secrets.find("self-check")) === secret, `another text came back (${backend})`);
      return `${backend}, asynchronous`;
    },
  };
}

/**
 * The older, synchronous way. The app does not use it: for Windows trials under Wine, where the asynchronous one of
 * Electron 42 ends the process. Its result says which of the two was checked.
 */
export function syncKeyringCheck(keyring: SyncKeyring): Check {
  return {
    name: "keyring-sync",
    async run() {
      hold(keyring.isEncryptionAvailable(), "no keyring answers");
      const secret = randomBytes(24).toString("hex");
      const sealed = keyring.encryptString(secret);
      hold(!sealed.includes(secret), "the keyring does not encrypt");
      hold(keyring.decryptString(sealed) === secret, "another text came back");
      return "synchronous; the asynchronous way, which the app uses, was NOT checked";
    },
  };
}
