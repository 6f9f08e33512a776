/**
 * The keyring, with an ear: every secret that is read or written is made known to the log's redactor.
 *
 * Must not keep or pass on anything else. Invariant: answers and failures are the keyring's own.
 */
import type { Keyring } from "../secrets.ts";

export function rememberSecrets(keyring: Keyring, register: (secret: string) => void): Keyring {
  return {
    ...(keyring.getSelectedStorageBackend === undefined
      ? {}
      : { getSelectedStorageBackend: () => keyring.getSelectedStorageBackend!() }),
    isAsyncEncryptionAvailable: () => keyring.isAsyncEncryptionAvailable(),
    encryptStringAsync(secret) {
      register(secret);
      return keyring.encryptStringAsync(secret);
    },
    async decryptStringAsync(ciphertext) {
      const answer = await keyring.decryptStringAsync(ciphertext);
      register(answer.result);
      return answer;
    },
  };
}
