/** What passes a locked app: judged over every call and push of the contract; and what locks it by itself. */
import { describe, expect, it } from "vitest";
import { answerCall } from "../../../../../electron/app/ipc-border.ts";
import { passesLock, pushPassesLock, shownState } from "../../../../../electron/app/lock/lock-gate.ts";
import { watchForLock } from "../../../../../electron/app/lock/lock-triggers.ts";
import { createLog } from "../../../../../electron/log.ts";
import { calls, pushes } from "../../../../../shared/ipc.ts";
import type { AppState, CallName, Handlers, PushName } from "../../../../../shared/ipc.ts";
import { defaultPrivacy } from "../../../../../shared/lock.ts";
import { createFakeClock } from "../../../../fakes/fake-clock.ts";
import { callSamples } from "../../ipc/contract-samples.ts";

const names = Object.keys(calls) as CallName[];
const log = createLog(
  () => {},
  () => 0,
);
const state: AppState = {
  stage: "ready",
  sessionOnly: false,
  setAside: { path: "/home/dana/x", reason: "damaged" },
  disk: "full",
  migration: null,
  version: "0.1.0",
  platform: "linux",
};

/** Answers everything with a good sample and remembers what was carried out. */
function createWorld() {
  const done: string[] = [];
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        done.push(name);
        return callSamples[name].output;
      },
    ]),
  ) as unknown as Handlers;
  return { done, handlers };
}

describe("a locked app", () => {
  it("lets only these through: nothing that tells of a message, a name or an account", () => {
    expect(names.filter(passesLock).toSorted()).toEqual([
      "app.language",
      "app.retryVault",
      "app.setLanguage",
      "app.state",
      "drafts.save",
      "lock.reset",
      "lock.state",
      "lock.touchId",
      "lock.unlock",
      "settings.get",
    ]);
    const pushed = (Object.keys(pushes) as PushName[]).filter(pushPassesLock);
    expect(pushed.toSorted()).toEqual(["app.changed", "language.changed"]);
  });

  it("answers every other call with `locked`, and does not carry it out", async () => {
    const { done, handlers } = createWorld();
    for (const name of names) {
      const answer = await answerCall(handlers, name, callSamples[name].input, log, () => true);
      const told = answer.ok ? "told" : answer.error.code;
      expect(told, name).toBe(passesLock(name) ? "told" : "locked");
    }
    expect(done.filter((name) => !passesLock(name as CallName))).toEqual([]);
    expect(done.length).toBeGreaterThan(5);
  });

  it("tells nothing of a call that was under way when the lock went on", async () => {
    const { handlers } = createWorld();
    let isLocked = false;
    const slow = {
      ...handlers,
      "accounts.list": () => {
        isLocked = true;
        return callSamples["accounts.list"].output;
      },
    };
    const answer = await answerCall(slow, "accounts.list", undefined, log, () => isLocked);
    expect(answer).toEqual({ ok: false, error: { code: "locked", detail: {} } });
  });

  it("shows the stage `locked` in place of `ready`, without paths; other stages as they are", () => {
    expect(shownState(state, true)).toEqual({ ...state, stage: "locked", setAside: null, disk: null });
    expect(shownState(state, false)).toBe(state);
    for (const stage of ["starting", "no_keyring", "vault_failed", "db_from_future", "failed"] as const) {
      expect(shownState({ ...state, stage }, true).stage).toBe(stage);
    }
  });
});

describe("what locks by itself", () => {
  function createScene(change: Partial<ReturnType<typeof defaultPrivacy>>) {
    const clock = createFakeClock();
    const listeners = new Map<string, () => void>();
    const scene = { idleSeconds: 0, locks: 0 };
    const stop = watchForLock({
      clock,
      settings: () => ({ ...defaultPrivacy(), ...change }),
      power: { getSystemIdleTime: () => scene.idleSeconds, on: (event, listener) => listeners.set(event, listener) },
      lock: () => {
        scene.locks += 1;
      },
    });
    return { clock, scene, stop, emit: (event: string) => listeners.get(event)!() };
  }

  it("is sleep and the system's lock screen, as chosen", () => {
    const both = createScene({});
    both.emit("suspend");
    both.emit("lock-screen");
    expect(both.scene.locks).toBe(2);
    const none = createScene({ lockOnSleep: false, lockOnScreenLock: false });
    none.emit("suspend");
    none.emit("lock-screen");
    expect(none.scene.locks).toBe(0);
    both.stop();
    both.emit("suspend");
    expect(both.scene.locks).toBe(2);
  });

  it("is idle time from the chosen minute on, or never", async () => {
    const five = createScene({ lockIdleMinutes: 5 });
    five.scene.idleSeconds = 299;
    await five.clock.advance(20_000);
    expect(five.scene.locks).toBe(0);
    five.scene.idleSeconds = 300;
    await five.clock.advance(5_000);
    expect(five.scene.locks).toBe(1);
    const never = createScene({ lockIdleMinutes: 0 });
    never.scene.idleSeconds = 1_000_000;
    await never.clock.advance(60_000);
    expect(never.scene.locks).toBe(0);
    five.stop();
    never.stop();
  });
});
