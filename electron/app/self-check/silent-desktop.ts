/** The desktop of a check that nobody sees: shows nothing, opens nothing, knows no keyboard. */
import type { InboxDesktop } from "../inbox.ts";

export function silentDesktop(): InboxDesktop {
  const can = { startAtLogin: false, closeToTray: false, notify: false, spellingLanguages: null };
  return {
    notifications: { show: () => {}, close: () => {}, closeAll: () => {}, restore: async () => [] },
    can,
    minuteOfDay: () => 0,
    open: () => {},
    unread: () => {},
    apply: () => {},
  };
}
