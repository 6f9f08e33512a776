/** Says what a decision did, with a way to take it back; only the newest decision's toast stays. */
import type { TriageAction } from "../../shared/ipc.ts";
import { errorSentence } from "../lib/error-words.ts";
import { t } from "../i18n.ts";
import type { TriageListener } from "./triage-store.ts";
import type { ToastContent } from "./stores.ts";

const UNDO_MS = 8_000;
const SAID_MS = 2_500;

const saidKey = (action: TriageAction) =>
  action.kind === "snooze" && action.until === null ? "snoozeReply" : action.kind;

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
      const takeBack = { label: t("common.undo"), run: () => void undo() };
      show({ text: t(`triage.said.${saidKey(action)}`, { count }), tone: "plain", action: takeBack }, UNDO_MS);
    },
    undone: (count) =>
      show({ text: count === 0 ? t("triage.nothingUndone") : t("triage.undone"), tone: "plain" }, SAID_MS),
    failed: (failure) => show({ text: errorSentence(failure), tone: "alert" }, UNDO_MS),
  };
}
