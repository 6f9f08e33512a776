/**
 * The unread count where the system shows it: dock, taskbar overlay, launcher, tray. Always the same one number.
 *
 * Must not count anything itself: the number comes from the cache. Invariant: set only when it changed.
 */
import { app, nativeImage } from "electron";
import type { BrowserWindow, NativeImage } from "electron";
import { t } from "../../i18n.ts";
import { drawBadge } from "../../notify/badge-image.ts";
import type { Bitmap } from "../../notify/badge-image.ts";

const toImage = ({ pixels, size }: Bitmap, scaleFactor: number): NativeImage =>
  nativeImage.createFromBitmap(Buffer.from(pixels), { width: size, height: size, scaleFactor });

export interface UnreadMarks {
  set(count: number): void;
  /** A new window has no overlay yet. */
  windowChanged(): void;
  /** Says the same number in the language spoken now. */
  languageChanged(): void;
}

export function createUnreadMarks(
  platform: NodeJS.Platform,
  getWindow: () => BrowserWindow | null,
  onCount: (count: number) => void,
): UnreadMarks {
  let shown = -1;

  function overlay(count: number): void {
    // The description is what a screen reader says.
    if (count === 0) getWindow()?.setOverlayIcon(null, "");
    else getWindow()?.setOverlayIcon(toImage(drawBadge(count), 2), t("sidebar.unread", { count }));
  }

  return {
    set(count) {
      if (count === shown) return;
      shown = count;
      if (platform === "win32") overlay(count);
      else app.setBadgeCount(count);
      onCount(count);
    },
    languageChanged() {
      if (shown < 0) return;
      if (platform === "win32") overlay(shown);
      onCount(shown);
    },
    windowChanged() {
      if (platform === "win32" && shown > 0) overlay(shown);
    },
  };
}
