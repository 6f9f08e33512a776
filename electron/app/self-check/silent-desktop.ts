/** The desktop of a check that nobody sees: shows nothing, opens nothing, knows no keyboard. */
import type { InboxDesktop } from "../inbox.ts";

export function silentDesktop(): InboxDesktop {
  const can = { startAtLogin: false, closeToTray: false, spellingLanguages: null, notify: false };
  return {
    notifications: { show: () => {}, close: () => {}, closeAll: () => {}, restore: async () => [] },
    can,
    minuteOfDay: () => 0,
    saveFile: async () => false,
    open: () => {},
    unread: () => {},
    apply: () => {},
  };
}
