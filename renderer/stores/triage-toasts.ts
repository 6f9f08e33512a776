/** Says what a decision did, with a way to take it back; only the newest decision's toast stays. */
import { errorSentence } from "../error-strings.ts";
import { strings } from "../strings.ts";
import type { TriageListener } from "./triage-store.ts";
import type { ToastContent } from "./stores.ts";

const UNDO_MS = 8_000;
const SAID_MS = 2_500;

interface Toasts {
  add(content: ToastContent, options: { timeout: number }): string;
  close(key: string): void;
}

export function createTriageToasts(toasts: Toasts): TriageListener {
  let last: string | null = null;

  function show(content: ToastContent, timeout: number): void {
    if (last !== null) toasts.close(last);
    last = toasts.add(content, { timeout });
  }

  return {
    done({ action, count, undo }) {
      const takeBack = { label: strings.common.undo, run: () => void undo() };
      show({ text: strings.triage.done(action, count), tone: "plain", action: takeBack }, UNDO_MS);
    },
    undone: (count) => show({ text: strings.triage.undone(count), tone: "plain" }, SAID_MS),
    failed: (failure) => show({ text: errorSentence(failure), tone: "alert" }, UNDO_MS),
  };
}
