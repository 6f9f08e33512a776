/** The screen-capture guard: Electron is told at the start, on every change and for every window, where the system can. */
import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";
import type { GuardOptions } from "../../../../../electron/app/lock/guard.ts";
import { createGuard } from "../../../../../electron/app/lock/guard.ts";
import { defaultSettings } from "../../../../../shared/settings.ts";
import { createFakeClock } from "../../../../fakes/fake-clock.ts";

vi.mock("electron", async () => {
  const { EventEmitter: Emitter } = await import("node:events");
  return {
    powerMonitor: Object.assign(new Emitter(), { getSystemIdleTime: () => 0 }),
    systemPreferences: { canPromptTouchID: () => false },
  };
});

function setUp(platform: NodeJS.Platform) {
  const said: boolean[] = [];
  const window = Object.assign(new EventEmitter(), { setContentProtection: (on: boolean) => said.push(on) });
  const guard = createGuard({
    platform,
    clock: createFakeClock(),
    tries: { get: () => ({ failed: 0, until: 0 }), set: () => {} },
    getWindow: () => window as unknown as ReturnType<GuardOptions["getWindow"]>,
    notifications: () => ({ closeAll: () => {} }),
    tellState: () => {},
  });
  const settings = (hideFromCapture: boolean) => {
    const usual = defaultSettings();
    return { ...usual, privacy: { ...usual.privacy, hideFromCapture } };
  };
  return { guard, said, settings };
}

describe.each(["darwin", "win32"] as const)("hiding from captures on %s", (platform) => {
  it("follows the setting, and holds for a window that is opened later", () => {
    const { guard, said, settings } = setUp(platform);
    guard.onSettings(settings(true));
    guard.windowOpened();
    guard.onSettings(settings(false));
    expect(said).toEqual([true, true, false]);
  });
});

it("is left alone where the system cannot", () => {
  const { guard, said, settings } = setUp("linux");
  guard.onSettings(settings(true));
  guard.windowOpened();
  expect(said).toEqual([]);
});
