/**
 * The files of the draft of one conversation, and what may be done with them.
 *
 * Bound to one conversation for its whole life. Invariant: `files` are those that go out with the reply; removed ones that
 * can still be taken back are not among them.
 */
import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import type { AttachmentItem } from "../../shared/attachments.ts";
import { CAPABILITIES } from "../../shared/capabilities.ts";
import type { Conversation } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import type { FileRules } from "../../shared/file-types.ts";
import { rulesOnChannels } from "../../shared/file-types.ts";
import { t } from "../i18n.ts";
import { cleanLine } from "../lib/bidi.ts";
import { errorSentence } from "../lib/error-words.ts";
import { useStores } from "../stores/context.tsx";
import { NO_FILES } from "../stores/files-store.ts";
import type { GivenFile } from "../stores/files-store.ts";

const UNDO_MS = 8_000;

/** What can be attached in this thread; null: nothing. */
export function useFileRules({ id, provider }: Conversation): FileRules | null {
  const messages = useStore(useStores().threadOf(id), (state) => state.messages);
  return useMemo(() => {
    const channels = messages.flatMap(({ channel }) => channel ?? []);
    return rulesOnChannels(CAPABILITIES[provider].files, [...new Set(channels)]);
  }, [provider, messages]);
}

export type Files = ReturnType<typeof useFiles>;

export function useFiles(conversation: Conversation) {
  const { files: store, toasts } = useStores();
  const { id } = conversation;
  const rules = useFileRules(conversation);
  const { held, adding, troubles } = useStore(store, ({ drafts }) => drafts[id] ?? NO_FILES);
  const leaving = useStore(store, (state) => state.leaving);
  const files = useMemo(() => held.filter((file) => !leaving.has(file.id)), [held, leaving]);

  useEffect(() => void store.load(id), [store, id]);

  /** Out of sight now, out of the draft when the time for undo is over. */
  function remove(gone: readonly AttachmentItem[], text: string): void {
    const ids = gone.map((file) => file.id);
    store.prepareRemoval(ids);
    const complain = (error: unknown) =>
      void toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: UNDO_MS });
    const action = { label: t("common.undo"), run: () => store.undoRemoval(ids) };
    const onClose = () => void store.commitRemoval(id, ids).catch(complain);
    toasts.add({ text, tone: "plain", action }, { timeout: UNDO_MS, onClose });
  }

  return {
    rules,
    files,
    adding,
    troubles,
    isBusy: adding.length > 0,
    add: (given: readonly GivenFile[]) => {
      if (rules !== null && given.length > 0) void store.add(id, given, rules);
    },
    pick: () => void store.pick(id),
    remove: (file: AttachmentItem) => remove([file], t("attachments.removed", { name: cleanLine(file.name) })),
    dismiss: (key: number) => store.dismiss(id, key),
    sent: (gone: readonly AttachmentItem[]) =>
      store.sent(
        id,
        gone.map((file) => file.id),
      ),
    reload: () => store.load(id),
    /** Without a toast of its own: whoever discards the rest of the draft has one. Gives the way back, and the end of it. */
    hide() {
      const ids = files.map((file) => file.id);
      store.prepareRemoval(ids);
      return {
        undo: () => store.undoRemoval(ids),
        commit: () => void store.commitRemoval(id, ids).catch(() => undefined),
      };
    },
  };
}
