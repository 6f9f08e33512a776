/** The app lock: who opens it, what wrong tries cost, what happens when the keyring fails or the PIN is forgotten. */
import { beforeEach, describe, expect, it } from "vitest";
import { createAppLock, PIN_NAME, waitAfter } from "../../../../../electron/app/lock/app-lock.ts";
import type { LockTries } from "../../../../../electron/app/lock/app-lock.ts";
import { createAccountVault } from "../../../../../electron/app/account-vault.ts";
import { createSessionSecrets } from "../../../../../electron/app/secrets.ts";
import type { Secrets } from "../../../../../electron/app/secrets.ts";
import { AppError } from "../../../../../shared/errors.ts";

const PIN = "2580";
const KEY = "am_live_0123456789abcdef";

let now = 0;
let tries: LockTries = { failed: 0, until: 0 };
let changes: boolean[] = [];
let fingerprint: () => Promise<void> = () => Promise.resolve();
let secrets: Secrets;

beforeEach(async () => {
  now = 1_000_000;
  tries = { failed: 0, until: 0 };
  changes = [];
  secrets = createSessionSecrets();
  await connectAccount(null);
});

function connectAccount(sampleAnchorAt: number | null): Promise<void> {
  return createAccountVault(secrets).save({
    uid: sampleAnchorAt === null ? "0b1e9c9e-7f9d-4d8c-9a55-1d2f6f0c7a11" : "0b1e9c9e-7f9d-4d8c-9a55-1d2f6f0c7a12",
    provider: "agentmessage",
    name: "Front desk",
    baseUrl: "https://api.agentmsg.io",
    credentials: { apiKey: KEY },
    sampleAnchorAt,
  });
}

const createLock = (touchId = false) =>
  createAppLock({
    clock: { now: () => now },
    tries: {
      get: () => tries,
      set: (next) => {
        tries = next;
      },
    },
    can: { touchId, hideFromCapture: true, screenLock: true },
    promptTouchId: () => fingerprint(),
    onChange: (locked) => changes.push(locked),
  });

async function lockedApp(touchId = false) {
  const first = createLock(touchId);
  first.attach(secrets);
  expect(await first.setPin(null, PIN)).toMatchObject({ result: "ok", state: { configured: true, locked: false } });
  // The next start.
  const lock = createLock(touchId);
  lock.attach(secrets);
  return lock;
}

// Stretching a PIN is meant to be slow; seconds on a computer with much else to do.
describe("the app lock", { timeout: 60_000 }, () => {
  it("is off until a PIN is set, and then on from the next start", async () => {
    const lock = createLock();
    lock.attach(secrets);
    lock.lock();
    expect(lock.state()).toMatchObject({ configured: false, locked: false, retryAt: null });
    await lock.setPin(null, PIN);
    expect(lock.isLocked()).toBe(false);
    lock.lock();
    expect(lock.isLocked()).toBe(true);
    const next = createLock();
    next.attach(secrets);
    expect(next.isLocked()).toBe(true);
  });

  it("opens for the PIN and for nothing else, however it is composed", async () => {
    const lock = await lockedApp();
    for (const wrong of ["2581", "", " 2580", "25800"]) {
      expect((await lock.unlock(wrong)).result).toBe("refused");
    }
    expect(lock.isLocked()).toBe(true);
    expect(await lock.unlock(PIN)).toMatchObject({ result: "ok", state: { locked: false } });
    expect(await lock.setPin(PIN, "crème brûlée")).toMatchObject({ result: "ok" });
    lock.lock();
    expect((await lock.unlock("crème brûlée".normalize("NFD"))).result).toBe("ok");
    expect(changes).toEqual([true, false, true, false]);
  });

  it("never keeps the PIN, and salts what it keeps", async () => {
    await lockedApp();
    const one = await secrets.find(PIN_NAME);
    await createAppLockWithPin();
    const two = await secrets.find(PIN_NAME);
    expect(one).not.toContain(PIN);
    expect(one).not.toBe(two);
  });

  async function createAppLockWithPin() {
    const lock = createLock();
    await secrets.delete(PIN_NAME);
    lock.attach(secrets);
    await lock.setPin(null, PIN);
  }

  it("makes wrong tries wait, also over a restart and a clock that is set back", async () => {
    let lock = await lockedApp();
    for (let count = 0; count < 5; count += 1) expect((await lock.unlock("0000")).result).toBe("refused");
    expect(lock.state().retryAt).toBe(now + 30_000);
    expect((await lock.unlock(PIN)).result).toBe("wait");
    lock = createLock();
    lock.attach(secrets);
    expect((await lock.unlock(PIN)).result).toBe("wait");
    now -= 90 * 86_400_000;
    expect(lock.state().retryAt! - now).toBeLessThanOrEqual(15 * 60_000);
    now += 90 * 86_400_000 + 30_000;
    expect((await lock.unlock(PIN)).result).toBe("ok");
    expect(tries).toEqual({ failed: 0, until: 0 });
  });

  it("waits longer each time, up to a quarter of an hour", () => {
    expect([0, 4, 5, 6, 7, 9, 10, 100].map(waitAfter)).toEqual([
      0, 0, 30_000, 60_000, 120_000, 480_000, 900_000, 900_000,
    ]);
  });

  it("counts a try before it is judged, and tries one at a time", async () => {
    const lock = await lockedApp();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => lock.unlock(String(index))));
    expect(answers.filter(({ result }) => result === "refused")).toHaveLength(5);
    expect(answers.filter(({ result }) => result === "wait")).toHaveLength(15);
  });

  it("does not count what the keyring failed at", async () => {
    const lock = await lockedApp();
    const find = secrets.find;
    Object.assign(secrets, { find: () => Promise.reject(new AppError("vault_failed")) });
    for (let count = 0; count < 10; count += 1) expect((await lock.unlock(PIN)).result).toBe("unreadable");
    Object.assign(secrets, { find });
    expect((await lock.unlock(PIN)).result).toBe("ok");
  });

  it("refuses a damaged record instead of opening", async () => {
    for (const record of ["", "{}", '{"v":1,"salt":"","hash":""}', "not json", "null"]) {
      await secrets.set(PIN_NAME, record);
      tries = { failed: 0, until: 0 };
      const lock = createLock();
      lock.attach(secrets);
      expect((await lock.unlock("")).result).toBe("refused");
      expect(lock.isLocked()).toBe(true);
    }
  });

  it("changes and removes the PIN only for who knows it", async () => {
    const lock = await lockedApp();
    expect((await lock.setPin(null, "1111")).result).toBe("refused");
    expect((await lock.setPin("9999", null)).result).toBe("refused");
    expect((await lock.setPin(PIN, null)).result).toBe("ok");
    expect(lock.state()).toMatchObject({ configured: false, locked: false });
    expect(secrets.names()).not.toContain(PIN_NAME);
  });

  it("lets a forgotten PIN be taken off with a key of a connected account, and deletes nothing", async () => {
    const lock = await lockedApp();
    const before = secrets.names().filter((name) => name !== PIN_NAME);
    expect((await lock.reset("am_live_another_key")).result).toBe("refused");
    expect(lock.isLocked()).toBe(true);
    expect(await lock.reset(`  ${KEY}\n`)).toMatchObject({ result: "ok", state: { configured: false, locked: false } });
    expect(secrets.names()).toEqual(before);
  });

  it("takes no account's public id for its key", async () => {
    const credentials = { accountSid: `AC${"5".repeat(32)}`, authToken: "a".repeat(32) };
    await createAccountVault(secrets).save({
      uid: "0b1e9c9e-7f9d-4d8c-9a55-1d2f6f0c7a13",
      provider: "twilio",
      name: "Workshop",
      baseUrl: "https://conversations.twilio.com",
      credentials,
      sampleAnchorAt: null,
    });
    const lock = await lockedApp();
    expect((await lock.reset(credentials.accountSid)).result).toBe("refused");
    expect((await lock.reset(credentials.authToken)).result).toBe("ok");
  });

  it("makes wrong keys wait like wrong PINs", async () => {
    const lock = await lockedApp();
    for (let count = 0; count < 5; count += 1) await lock.reset("am_live_another_key");
    expect((await lock.reset(KEY)).result).toBe("wait");
    expect((await lock.unlock(PIN)).result).toBe("wait");
  });

  it("asks for no key where only invented messages are", async () => {
    const vault = createAccountVault(secrets);
    for (const uid of vault.uids()) await vault.delete(uid);
    await connectAccount(5);
    const lock = await lockedApp();
    expect((await lock.reset("anything")).result).toBe("ok");
  });

  it("opens for a fingerprint where the system has one, and stays shut when it is cancelled", async () => {
    fingerprint = () => Promise.reject(new Error("cancelled"));
    const lock = await lockedApp(true);
    expect((await lock.unlockWithTouchId()).result).toBe("refused");
    expect(lock.isLocked()).toBe(true);
    fingerprint = () => Promise.resolve();
    expect((await lock.unlockWithTouchId()).result).toBe("ok");
    expect(lock.isLocked()).toBe(false);
    const without = createLock(false);
    without.attach(secrets);
    expect((await without.unlockWithTouchId()).result).toBe("refused");
  });

  it("keeps its state when the cache is replaced under it", async () => {
    const lock = await lockedApp();
    await lock.unlock(PIN);
    lock.attach(secrets);
    expect(lock.isLocked()).toBe(false);
    lock.lock();
    lock.attach(secrets);
    expect(lock.isLocked()).toBe(true);
  });
});
