/** A keyring that works, one that is absent, and what their ciphertext looks like: reversible, but not the text itself. */
import type { Keyring } from "../../../../electron/app/secrets.ts";

export const seal = (text: string) => Buffer.from(`sealed:${Buffer.from(text).toString("hex")}`);
export const workingKeyring: Keyring = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptStringAsync: (text) => Promise.resolve(seal(text)),
  decryptStringAsync: (sealed) =>
    Promise.resolve({ result: Buffer.from(sealed.toString().slice(7), "hex").toString(), shouldReEncrypt: false }),
};
export const fails = () => Promise.reject(new Error("keyring"));
export const noKeyring: Keyring = { ...workingKeyring, isAsyncEncryptionAvailable: () => Promise.resolve(false) };
