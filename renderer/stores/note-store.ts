/**
 * The note about one contact, as it is being written: saved by itself a moment after the last key.
 *
 * Bound to one conversation for its whole life. Invariants: what is typed is never thrown away by an answer that comes later; a
 * note that nobody is writing in follows the stored one; a text that is removed leaves what is written as it leaves what is
 * stored, or the next key would store it again.
 */
import { createStore } from "zustand/vanilla";
import type { ConversationId } from "../../shared/domain.ts";
import { withoutQuote } from "../../shared/quotes.ts";
import type { BridgeClient } from "../bridge.ts";

const SAVE_AFTER_MS = 600;

export interface NoteState {
  readonly text: string;
  readonly outcome: "idle" | "saved" | "failed";
}

export function createNoteStore(bridge: BridgeClient, id: ConversationId, saved: string) {
  const store = createStore<NoteState>(() => ({ text: saved, outcome: "idle" }));
  const { getState: get, setState: set } = store;
  let written = saved;
  let saving = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function stopTimer(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  async function flush(): Promise<void> {
    stopTimer();
    const { text } = get();
    if (text === written) return;
    const before = written;
    written = text;
    saving += 1;
    try {
      await bridge.call("contacts.saveNote", { id, text });
      set({ outcome: "saved" });
    } catch {
      written = before;
      set({ outcome: "failed" });
    } finally {
      saving -= 1;
    }
  }

  return {
    ...store,
    flush,
    change(text: string): void {
      set({ text, outcome: "idle" });
      stopTimer();
      timer = setTimeout(() => void flush(), SAVE_AFTER_MS);
    },
    /** The stored note, as it was read just now. While one is being stored that is the note of before. */
    follow(stored: string): void {
      if (timer !== null || saving > 0 || get().text !== written) return;
      written = stored;
      set({ text: stored });
    },
    /** These texts were removed from the thread. */
    forget(gone: readonly string[]): void {
      const { text } = get();
      const left = gone.reduce(withoutQuote, text);
      if (left === text) return;
      set({ text: left });
      void flush();
    },
  };
}
