/**
 * The draft of one thread: read once, saved as typed.
 *
 * Bound to one conversation for its whole life. Invariants: saves reach main in the order they were typed; the
 * newest text is handed to main at the latest `SAVE_AFTER_MS` after the last key, or at once by `flush`: it waits for no
 * other, as the window may be closing, or the thread be opened again; a save that failed is tried again with the next one.
 * The stored draft may lose a quote of a removed text by itself: `follow` says so, and never in place of something typed.
 */
import type { ConversationId } from "../../shared/domain.ts";
import type { BridgeClient } from "../bridge.ts";

const SAVE_AFTER_MS = 300;
const MAX_DRAFT = 20_000;

export function createDraft(bridge: BridgeClient, conversationId: ConversationId) {
  let current: string | null = null;
  let saved: string | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let saving: Promise<unknown> = Promise.resolve();
  let saves = 0;

  async function save(text: string, turn: number): Promise<void> {
    try {
      await bridge.call("drafts.save", { conversationId, text: text.slice(0, MAX_DRAFT) });
      // Behind it waits a later text, which is what will be stored.
      if (turn === saves) saved = text;
    } catch {
      // The text is still in the box; the next key, blur or switch saves it again.
      if (turn === saves) saved = null;
    }
  }

  return {
    conversationId,
    /** The saved draft, and behind it what was typed before it arrived. */
    async load(): Promise<string> {
      const text = await bridge.call("drafts.get", { conversationId });
      if (current === null) {
        saved = text;
        return text;
      }
      const both = [text, current].filter(Boolean).join("\n");
      current = both;
      void this.flush();
      return both;
    },
    /** The stored draft, if it is not what was last saved or read here; null: nothing to follow, or typing goes on. */
    async follow(): Promise<string | null> {
      const before = current;
      if (timer !== null || saved === null || (current !== null && current !== saved)) return null;
      await saving;
      const text = await bridge.call("drafts.get", { conversationId });
      if (timer !== null || current !== before || text === saved) return null;
      current = text;
      saved = text;
      return text;
    },
    change(text: string): void {
      current = text;
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => void this.flush(), SAVE_AFTER_MS);
    },
    async flush(): Promise<void> {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      const text = current;
      if (text !== null && text !== saved) {
        saved = text;
        saving = Promise.all([saving, save(text, (saves += 1))]);
      }
      await saving;
    },
  };
}
