/** The one window: first without an owner, then handed over; later ones begin as the owner says. */
import { describe, expect, it, vi } from "vitest";
import type { MainWindow, MainWindowOptions } from "../../../../electron/app/window.ts";
import { createWindowKeeper } from "../../../../electron/app/window-keeper.ts";
import type { WindowOwner } from "../../../../electron/app/window-keeper.ts";
import type { MediaId } from "../../../../shared/media.ts";

const PLACE = { x: 1, y: 2, width: 800, height: 600, maximized: false };
const PICTURE = "0".repeat(32) as MediaId;

function rig() {
  const made: MainWindowOptions[] = [];
  const focus = vi.fn();
  const keeper = createWindowKeeper({
    distDir: "/dist",
    firstLook: () => ({ place: PLACE, locale: "es" }),
    create(options) {
      made.push(options);
      return { focus, begun: Promise.resolve() } as unknown as MainWindow;
    },
  });
  const owner = {
    look: () => ({ place: null, locale: "ar" }),
    hidesOnClose: vi.fn(() => true),
    onFocus: vi.fn(),
    onPlace: vi.fn(),
    onCrash: vi.fn(),
    onOpened: vi.fn(),
    readPicture: vi.fn(() => Promise.resolve({ bytes: new Uint8Array(1), contentType: "image/png" })),
  } satisfies WindowOwner;
  return { keeper, made, focus, owner };
}

describe("createWindowKeeper", () => {
  it("opens the first window as it was left, with nobody behind it", async () => {
    const { keeper, made } = rig();
    keeper.open({ isHidden: true });
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({ place: PLACE, locale: "es", isHidden: true, distDir: "/dist" });
    expect(made[0]?.hidesOnClose()).toBe(false);
    expect(await made[0]?.readPicture(PICTURE)).toBeNull();
  });

  it("hands that window over: its owner hears of it and of all that happens to it", async () => {
    const { keeper, made, owner } = rig();
    const opened = keeper.open({ isHidden: false });
    keeper.handTo(owner);
    expect(owner.onOpened.mock.calls).toEqual([[opened]]);
    made[0]?.onFocus(true);
    made[0]?.onPlace(PLACE);
    made[0]?.onCrash?.("crashed");
    expect([owner.onFocus.mock.calls, owner.onPlace.mock.calls, owner.onCrash.mock.calls]).toEqual([
      [[true]],
      [[PLACE]],
      [["crashed"]],
    ]);
    expect(made[0]?.hidesOnClose()).toBe(true);
    expect(await made[0]?.readPicture(PICTURE)).toMatchObject({ contentType: "image/png" });
  });

  it("brings the window up, and makes one where there is none", () => {
    const { keeper, made, focus, owner } = rig();
    keeper.open({ isHidden: false });
    keeper.handTo(owner);
    keeper.show();
    expect([made.length, focus.mock.calls.length]).toEqual([1, 1]);
    made[0]?.onGone();
    expect(keeper.current()).toBeNull();
    keeper.show();
    expect(made[1]).toMatchObject({ place: null, locale: "ar", isHidden: false });
    expect(owner.onOpened).toHaveBeenCalledTimes(2);
  });
});
