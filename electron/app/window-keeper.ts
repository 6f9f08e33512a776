/**
 * Holds the app's one window: opened before the rest of the app is there, and then handed to it.
 *
 * Decides nothing. Invariants: there is at most one window; before it has an owner it is closed like any other, shows no
 * picture and remembers no place; the owner hears of every window, also of the one that was there before it.
 */
import type { WindowPlace } from "./first-look.ts";
import type { ReadPicture } from "./media-response.ts";
import type { MainWindow, MainWindowOptions } from "./window.ts";

/** What the rest of the app decides about its window. */
export interface WindowOwner extends Pick<MainWindowOptions, "hidesOnClose" | "onFocus" | "onPlace"> {
  /** How the next window begins. */
  readonly look: () => WindowLook;
  readonly onOpened: (opened: MainWindow) => void;
  readonly onCrash: (reason: string) => void;
  readonly readPicture: ReadPicture;
}

export interface WindowLook {
  readonly place: WindowPlace | null;
  /** BCP 47. */
  readonly locale: string;
}

export interface WindowKeeper {
  current(): MainWindow | null;
  open(options: { readonly isHidden: boolean }): MainWindow;
  /** Brings it up, making it when there is none. */
  show(): void;
  handTo(owner: WindowOwner): void;
}

export interface KeeperOptions {
  readonly distDir: string;
  readonly firstLook: () => WindowLook;
  readonly create: (options: MainWindowOptions) => MainWindow;
}

export function createWindowKeeper({ distDir, firstLook, create }: KeeperOptions): WindowKeeper {
  let current: MainWindow | null = null;
  let owner: WindowOwner | null = null;

  function open({ isHidden }: { readonly isHidden: boolean }): MainWindow {
    const { place, locale } = (owner?.look ?? firstLook)();
    const opened = create({
      distDir,
      place,
      locale,
      isHidden,
      hidesOnClose: () => owner?.hidesOnClose() ?? false,
      readPicture: async (id) => owner?.readPicture(id) ?? null,
      onFocus: (focused) => owner?.onFocus(focused),
      onPlace: (where) => owner?.onPlace(where),
      onGone() {
        current = null;
      },
      onCrash: (reason) => owner?.onCrash(reason),
    });
    current = opened;
    owner?.onOpened(opened);
    return opened;
  }

  return {
    current: () => current,
    open,
    show() {
      if (current === null) open({ isHidden: false });
      else current.focus();
    },
    handTo(next) {
      owner = next;
      if (current !== null) next.onOpened(current);
    },
  };
}
