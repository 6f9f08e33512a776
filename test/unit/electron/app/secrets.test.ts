/**
 * Secrets under every state a keyring can be in, for a first start and for one with saved secrets.
 *
 * What must hold in each: nothing in the clear reaches the file, nothing in the file is deleted, and a failure
 * has the one name the app can speak about.
 */
import { describe, expect, it } from "vitest";
import { createAccountVault } from "../../../../electron/app/account-vault.ts";
import { createKeyringSecrets, createSessionSecrets, keyringAvailable } from "../../../../electron/app/secrets.ts";
import type { CiphertextFile, Keyring } from "../../../../electron/app/secrets.ts";
import { failureOf } from "../../../../shared/errors.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import type { FakeClock } from "../../../fakes/fake-clock.ts";

const SECRET = "am_live_canary_0123456789";
const OLD_SECRET = "am_live_canary_of_before";

/** Reversible and visibly not the text itself; `generation` stands for the keyring's key. */
const seal = (text: string, generation = 1) => Buffer.from(`${generation}:${Buffer.from(text).toString("hex")}`);
const open = (sealed: Buffer) => Buffer.from(sealed.toString().split(":")[1] ?? "", "hex").toString();
const base64 = (text: string, generation = 1) => seal(text, generation).toString("base64");

const decrypted = (result: string, shouldReEncrypt = false) => Promise.resolve({ result, shouldReEncrypt });

function workingKeyring(change: Partial<Keyring> = {}): Keyring {
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    encryptStringAsync: (text) => Promise.resolve(seal(text)),
    decryptStringAsync: (sealed) => decrypted(open(sealed)),
    ...change,
  };
}

interface MemoryFile extends CiphertextFile {
  readonly writes: Array<Readonly<Record<string, string>>>;
}

function memoryFile(initial: Readonly<Record<string, string>> = {}): MemoryFile {
  let all = { ...initial };
  const writes: MemoryFile["writes"] = [];
  return {
    writes,
    get: () => all,
    set(next) {
      all = { ...next };
      writes.push(all);
    },
  };
}

interface State {
  readonly name: string;
  readonly keyring: (clock: FakeClock) => Keyring;
  readonly available: boolean;
  /** What becomes of a write and of a read; null: it works. */
  readonly set: string | null;
  readonly find: string | null;
}

const fails = () => Promise.reject(new Error(`keyring: ${SECRET}`));

const STATES: readonly State[] = [
  { name: "ok", keyring: () => workingKeyring(), available: true, set: null, find: null },
  {
    name: "unavailable, and failing when asked all the same",
    keyring: () =>
      workingKeyring({
        isAsyncEncryptionAvailable: () => Promise.resolve(false),
        encryptStringAsync: fails,
        decryptStringAsync: fails,
      }),
    available: false,
    set: "vault_failed",
    find: "vault_failed",
  },
  {
    name: "failing when asked whether it is there",
    keyring: () => workingKeyring({ isAsyncEncryptionAvailable: fails }),
    available: false,
    set: null,
    find: null,
  },
  {
    name: "throwing on encrypt",
    keyring: () => workingKeyring({ encryptStringAsync: fails }),
    available: true,
    set: "vault_failed",
    find: null,
  },
  {
    name: "throwing at once, without a promise",
    keyring: () =>
      workingKeyring({
        encryptStringAsync() {
          throw new Error(SECRET);
        },
        decryptStringAsync() {
          throw new Error(SECRET);
        },
      }),
    available: true,
    set: "vault_failed",
    find: "vault_failed",
  },
  {
    name: "throwing on decrypt",
    keyring: () => workingKeyring({ decryptStringAsync: fails }),
    available: true,
    set: "vault_failed",
    find: "vault_failed",
  },
  {
    name: "giving another text back after a write",
    keyring: () => workingKeyring({ encryptStringAsync: () => Promise.resolve(seal("something else")) }),
    available: true,
    set: "vault_failed",
    find: null,
  },
  {
    name: "never ready",
    keyring: () => workingKeyring({ isAsyncEncryptionAvailable: () => Promise.resolve(false) }),
    available: false,
    set: null,
    find: null,
  },
  {
    name: "never answering",
    keyring: () => workingKeyring({ isAsyncEncryptionAvailable: () => new Promise<never>(() => {}) }),
    available: false,
    set: null,
    find: null,
  },
  {
    name: "ready after 250 ms",
    keyring(clock) {
      const readyAt = clock.now() + 250;
      return workingKeyring({ isAsyncEncryptionAvailable: () => Promise.resolve(clock.now() >= readyAt) });
    },
    available: true,
    set: null,
    find: null,
  },
  {
    name: "basic_text",
    keyring: () => workingKeyring({ getSelectedStorageBackend: () => "basic_text" }),
    available: false,
    set: null,
    find: null,
  },
  {
    name: "gnome_libsecret",
    keyring: () => workingKeyring({ getSelectedStorageBackend: () => "gnome_libsecret" }),
    available: true,
    set: null,
    find: null,
  },
];

const BEGINNINGS = [
  { beginning: "first run", saved: {} },
  { beginning: "existing data", saved: { "database-key": base64("key"), "account:1": base64(OLD_SECRET) } },
] as const;

const codeOf = async (work: Promise<unknown>) => {
  try {
    await work;
    return null;
  } catch (error) {
    return failureOf(error).code;
  }
};

describe.each(STATES)("a keyring that is $name", (state) => {
  it("is told apart from a usable one, in bounded time and without a timer left", async () => {
    const clock = createFakeClock();
    const startedAt = clock.now();
    let answer: boolean | null = null;
    void keyringAvailable(state.keyring(clock), clock).then((value) => (answer = value));
    await clock.runUntil(() => answer !== null);
    expect(answer).toBe(state.available);
    expect(clock.now() - startedAt).toBeLessThanOrEqual(4_100);
    expect(clock.pending()).toBe(0);
  });

  it.each(BEGINNINGS)("loses nothing and writes nothing in the clear: $beginning", async ({ saved }) => {
    const file = memoryFile(saved);
    const secrets = createKeyringSecrets(state.keyring(createFakeClock()), file);
    expect(secrets.names()).toEqual(Object.keys(saved));
    expect(await codeOf(secrets.find("nothing"))).toBeNull();
    for (const name of Object.keys(saved)) expect(await codeOf(secrets.find(name))).toBe(state.find);
    expect(file.get()).toEqual(saved);

    expect(await codeOf(secrets.set("account:1", SECRET))).toBe(state.set);
    expect(await codeOf(secrets.set("account:2", SECRET))).toBe(state.set);
    for (const [name, ciphertext] of Object.entries(saved)) {
      const isReplaced = state.set === null && name === "account:1";
      expect(file.get()[name]).toBe(isReplaced ? base64(SECRET) : ciphertext);
    }
    const isSaved = state.set === null;
    expect(file.writes.some((all) => Object.hasOwn(all, "account:2"))).toBe(isSaved);
    expect(await secrets.find("account:2").catch(() => null)).toBe(isSaved ? SECRET : null);
    const written = JSON.stringify(file.writes);
    expect(written).not.toContain(SECRET);
    expect(Buffer.from(Object.values(file.get()).join(""), "base64").toString()).not.toContain(SECRET);
  });
});

describe("a secret the keyring wants encrypted anew", () => {
  const rotated = (change: Partial<Keyring> = {}) =>
    workingKeyring({
      encryptStringAsync: (text) => Promise.resolve(seal(text, 2)),
      decryptStringAsync: (sealed) => decrypted(open(sealed), sealed.toString().startsWith("1:")),
      ...change,
    });

  it("is, once, and reads the same", async () => {
    const file = memoryFile({ a: base64(SECRET), b: base64("other") });
    const secrets = createKeyringSecrets(rotated(), file);
    expect(await secrets.find("a")).toBe(SECRET);
    expect(file.get()).toEqual({ a: base64(SECRET, 2), b: base64("other") });
    expect(await secrets.find("a")).toBe(SECRET);
    expect(file.writes).toHaveLength(1);
  });

  it.each([
    ["cannot be encrypted", { encryptStringAsync: fails }],
    ["does not come back", { encryptStringAsync: () => Promise.resolve(seal("else", 2)) }],
  ])("is still read when it %s, and the old ciphertext stays", async (_name, change) => {
    const file = memoryFile({ a: base64(SECRET) });
    expect(await createKeyringSecrets(rotated(change), file).find("a")).toBe(SECRET);
    expect(file.get()).toEqual({ a: base64(SECRET) });
    expect(file.writes).toEqual([]);
  });

  it.each([
    ["deleted", {}],
    ["replaced", { a: base64("newer", 2) }],
  ])("is left alone when it was %s meanwhile", async (_name, after) => {
    const file = memoryFile({ a: base64(SECRET) });
    const keyring = rotated({
      encryptStringAsync(text) {
        file.set(after);
        return Promise.resolve(seal(text, 2));
      },
    });
    await createKeyringSecrets(keyring, file).find("a");
    expect(file.get()).toEqual(after);
  });
});

describe("deleting", () => {
  it("takes one secret and leaves the others", async () => {
    const file = memoryFile({ a: base64("1"), b: base64("2") });
    await createKeyringSecrets(workingKeyring(), file).delete("a");
    expect(file.get()).toEqual({ b: base64("2") });
  });

  it("knows nothing that a prototype has", async () => {
    const secrets = createKeyringSecrets(workingKeyring(), memoryFile());
    for (const name of ["constructor", "toString", "__proto__"]) expect(await secrets.find(name)).toBeNull();
  });
});

describe("secrets of one session", () => {
  it("are kept in memory and say so", async () => {
    const secrets = createSessionSecrets();
    expect(secrets.durable).toBe(false);
    await secrets.set("a", SECRET);
    expect([await secrets.find("a"), secrets.names()]).toEqual([SECRET, ["a"]]);
    await secrets.delete("a");
    expect([await secrets.find("a"), secrets.names()]).toEqual([null, []]);
    expect(createSessionSecrets().names()).toEqual([]);
  });
});

describe("the account vault", () => {
  const uid = "0b1e9c9e-7f9d-4d8c-9a55-1d2f6f0c7a11";
  const account = {
    uid,
    provider: "agentmessage",
    name: "Front desk",
    baseUrl: "https://api.agentmsg.io",
    credentials: { apiKey: SECRET },
    sampleAnchorAt: null,
  } as const;

  it("gives back what it was given, among other secrets", async () => {
    const file = memoryFile({ "database-key": base64("key") });
    const vault = createAccountVault(createKeyringSecrets(workingKeyring(), file));
    expect([vault.uids(), await vault.find(uid)]).toEqual([[], null]);
    await vault.save(account);
    expect([vault.uids(), await vault.find(uid)]).toEqual([[uid], account]);
    expect(JSON.stringify(file.writes)).not.toContain(SECRET);
    await vault.delete(uid);
    expect(file.get()).toEqual({ "database-key": base64("key") });
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    "5",
    JSON.stringify({ ...account, credentials: null }),
    JSON.stringify({ ...account, credentials: { apiKey: 5 } }),
    JSON.stringify({ ...account, provider: "carrier-pigeon" }),
    JSON.stringify({ ...account, uid: "x" }),
    JSON.stringify({ uid }),
  ])("reports the damaged entry %j without its text and keeps it", async (text) => {
    const saved = { [`account:${uid}`]: base64(text) };
    const file = memoryFile(saved);
    const vault = createAccountVault(createKeyringSecrets(workingKeyring(), file));
    const error: unknown = await vault.find(uid).catch((thrown: unknown) => thrown);
    expect(failureOf(error)).toEqual({ code: "vault_failed", detail: {} });
    expect(String(error)).not.toContain("canary");
    expect(file.get()).toEqual(saved);
    expect(vault.uids()).toEqual([uid]);
  });

  it("saves nothing that it could not read back", async () => {
    const file = memoryFile();
    const vault = createAccountVault(createKeyringSecrets(workingKeyring(), file));
    await expect((async () => vault.save({ ...account, uid: "x" }))()).rejects.toThrow(/uuid/i);
    expect(file.writes).toEqual([]);
  });
});
