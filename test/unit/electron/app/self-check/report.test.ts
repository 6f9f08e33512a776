/** A check that fails, throws or hangs is told by name, costs no other check, and leaks nothing. */
import { describe, expect, it } from "vitest";
import {
  CHECK_TIMEOUT_MS,
  CheckFailed,
  hold,
  runChecks,
  until,
} from "../../../../../electron/app/self-check/report.ts";
import { keyringCheck, syncKeyringCheck } from "../../../../../electron/app/self-check/keyring-check.ts";
import type { SyncKeyring } from "../../../../../electron/app/self-check/keyring-check.ts";
import { AppError } from "../../../../../shared/errors.ts";
import { createFakeClock } from "../../../../fakes/fake-clock.ts";
import { fails, noKeyring, seal, workingKeyring } from "../fake-keyring.ts";

const fine = { name: "fine", run: async () => "as it should be" };

describe("runChecks", () => {
  it("is ok only when every check is, and tells each one's time", async () => {
    const clock = createFakeClock();
    const slow = {
      name: "slow",
      run: () => new Promise<string>((resolve) => clock.schedule(40, () => resolve("done"))),
    };
    const running = runChecks("1.2.3", [fine, slow], clock);
    await clock.advance(100);
    expect(await running).toEqual({
      ok: true,
      version: "1.2.3",
      checks: [
        { name: "fine", ok: true, detail: "as it should be", ms: 0 },
        { name: "slow", ok: true, detail: "done", ms: 40 },
      ],
    });
  });

  it("names the failed one, keeps unforeseen messages to itself, and goes on", async () => {
    const broken = { name: "broken", run: async () => Promise.reject(new Error("/home/ada/secret")) };
    const coded = { name: "coded", run: async () => Promise.reject(new AppError("disk_full", "/home/ada")) };
    const said = { name: "said", run: async () => Promise.reject(new CheckFailed("no keyring answers")) };
    const report = await runChecks("1.2.3", [broken, coded, said, fine], createFakeClock());
    expect(report.ok).toBe(false);
    expect(report.checks.map(({ ok, detail }) => [ok, detail])).toEqual([
      [false, "failed: internal (Error)"],
      [false, "failed: disk_full (AppError)"],
      [false, "no keyring answers"],
      [true, "as it should be"],
    ]);
    expect(JSON.stringify(report)).not.toContain("ada");
  });

  it("ends a check that never answers", async () => {
    const clock = createFakeClock();
    const running = runChecks("1.2.3", [{ name: "hung", run: () => new Promise(() => {}) }, fine], clock);
    await clock.advance(CHECK_TIMEOUT_MS);
    expect((await running).checks).toMatchObject([
      { name: "hung", ok: false, detail: "no answer in 60 s" },
      { ok: true },
    ]);
  });
});

describe("until", () => {
  it("asks again until there is an answer", async () => {
    const clock = createFakeClock();
    let asked = 0;
    const answer = until(clock, async () => ((asked += 1) === 3 ? "third" : null));
    await clock.advance(1_000);
    expect(await answer).toBe("third");
  });

  it("gives up", async () => {
    const clock = createFakeClock();
    const answer = until(clock, async () => null).catch((error: unknown) => error);
    await clock.advance(CHECK_TIMEOUT_MS + 1_000);
    expect(await answer).toEqual(new CheckFailed("no answer"));
  });

  it("hold refuses with its words", () => {
    expect(() => hold(true, "words")).not.toThrow();
    expect(() => hold(false, "words")).toThrow(new CheckFailed("words"));
  });
});

describe("the keyring checks", () => {
  const outcome = async (keyring: Parameters<typeof keyringCheck>[0]) => {
    const clock = createFakeClock();
    const running = runChecks("1", [keyringCheck(keyring, clock, "linux")], clock);
    await clock.advance(10_000);
    const { ok, detail } = (await running).checks[0]!;
    return { ok, detail };
  };
  const named = { ...workingKeyring, getSelectedStorageBackend: () => "gnome_libsecret" };

  it("passes with a keyring that works, and says which", async () => {
    expect(await outcome(named)).toEqual({ ok: true, detail: "gnome_libsecret, asynchronous" });
  });

  it("fails without one, with a fixed password, with one that fails, lies or does nothing", async () => {
    expect(await outcome(noKeyring)).toMatchObject({ ok: false });
    expect(await outcome({ ...named, getSelectedStorageBackend: () => "basic_text" })).toEqual({
      ok: false,
      detail: "no keyring answers (basic_text)",
    });
    expect(await outcome({ ...named, encryptStringAsync: fails })).toMatchObject({ ok: false });
    const lies = async () => ({ result: "another", shouldReEncrypt: false });
    expect(await outcome({ ...named, decryptStringAsync: lies })).toMatchObject({ ok: false });
  });

  it("says of the synchronous way that the other was not checked", async () => {
    const keyring: SyncKeyring = {
      isEncryptionAvailable: () => true,
      encryptString: seal,
      decryptString: (sealed) => Buffer.from(sealed.toString().slice(7), "hex").toString(),
    };
    const clock = createFakeClock();
    const { checks } = await runChecks("1", [syncKeyringCheck(keyring)], clock);
    expect(checks[0]).toMatchObject({ ok: true, detail: expect.stringContaining("NOT checked") as string });
    const plain = { ...keyring, encryptString: (text: string) => Buffer.from(text) };
    expect((await runChecks("1", [syncKeyringCheck(plain)], clock)).ok).toBe(false);
    expect(
      (await runChecks("1", [syncKeyringCheck({ ...keyring, isEncryptionAvailable: () => false })], clock)).ok,
    ).toBe(false);
  });
});
