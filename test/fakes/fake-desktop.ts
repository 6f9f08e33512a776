/** The system around the inbox, recorded: notifications shown and taken back, places to go, the unread number. */
import type { Inbox, InboxDesktop } from "../../electron/app/inbox.ts";
import type { ShownNews } from "../../electron/notify/activation.ts";
import type { Notice } from "../../electron/notify/payload.ts";
import { defaultSettings } from "../../shared/settings.ts";
import type { ConversationId } from "../../shared/domain.ts";

/** The parts of an inbox that a test has no use for. */
export const IDLE_INBOX: Omit<Inbox, "services" | "start" | "close"> = {
  activated: () => Promise.resolve(),
  settings: defaultSettings,
  drawMedia: () => Promise.resolve(null),
  wake: () => {},
  setFocused: () => {},
  suspend: () => {},
  resume: () => {},
};

export function createFakeDesktop(change: Partial<InboxDesktop> = {}) {
  /** What is on the screen now, by tag. */
  const visible = new Map<string, Notice>();
  const raised: Notice[] = [];
  const opened: (ConversationId | null)[] = [];
  const counts: number[] = [];
  /** What an earlier run left on the screen: filled before the inbox starts. */
  const left: ShownNews[] = [];
  const desktop: InboxDesktop = {
    notifications: {
      show(notice) {
        raised.push(notice);
        visible.set(notice.tag, notice);
      },
      close: (tag) => void visible.delete(tag),
      closeAll: () => visible.clear(),
      restore: () => Promise.resolve(left),
    },
    can: { startAtLogin: false, closeToTray: false, spellingLanguages: null, notify: true },
    minuteOfDay: () => 12 * 60,
    saveFile: () => Promise.resolve(false),
    open: (id) => void opened.push(id),
    unread: (count) => void counts.push(count),
    apply: () => {},
    ...change,
  };
  return { desktop, visible, raised, opened, counts, left };
}
