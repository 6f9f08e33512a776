/**
 * Files of drafts, by conversation: what main holds, what is being added, what was not taken. Main owns them.
 *
 * Invariants: an answer older than a newer question about the same draft is dropped; `leaving` are files a person removed and may still take
 * back: main hears of it when the time for that is over, so closing the window before means they stay, and they do not
 * go out with a reply meanwhile.
 */
import { createStore } from "zustand/vanilla";
import type { AddedFiles, AttachmentItem, FileProblem } from "../../shared/attachments.ts";
import type { ConversationId } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import type { Failure } from "../../shared/errors.ts";
import type { FileRules } from "../../shared/file-types.ts";
import type { MediaId } from "../../shared/media.ts";
import type { BridgeClient } from "../bridge.ts";

/** Why something was not attached; a failure is about no file in particular. */
export type FileTrouble =
  | { readonly key: number; readonly name: string; readonly problem: FileProblem }
  | { readonly key: number; readonly failure: Failure };

export interface DraftFiles {
  readonly held: readonly AttachmentItem[];
  /** Names of files that are being read and stored. */
  readonly adding: readonly string[];
  readonly troubles: readonly FileTrouble[];
}

export interface FilesState {
  readonly drafts: Readonly<Record<ConversationId, DraftFiles>>;
  readonly leaving: ReadonlySet<MediaId>;
}

/** The part of a browser's `File` that is needed. */
export interface GivenFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export const NO_FILES: DraftFiles = { held: [], adding: [], troubles: [] };
const MAX_NAME_CHARS = 1_000;

export function createFilesStore(bridge: BridgeClient) {
  const store = createStore<FilesState>(() => ({ drafts: {}, leaving: new Set() }));
  const { getState: get, setState: set } = store;
  /** By draft: of another draft's files an answer says nothing. */
  const questions = new Map<ConversationId, number>();
  let lastKey = 0;

  function ask(id: ConversationId): number {
    const question = (questions.get(id) ?? 0) + 1;
    questions.set(id, question);
    return question;
  }

  const of = (id: ConversationId): DraftFiles => get().drafts[id] ?? NO_FILES;
  const change = (id: ConversationId, changes: Partial<DraftFiles>) =>
    set({ drafts: { ...get().drafts, [id]: { ...of(id), ...changes } } });

  function complain(id: ConversationId, troubles: readonly (Omit<FileTrouble, "key"> & object)[]): void {
    const keyed = troubles.map((trouble) => ({ ...trouble, key: (lastKey += 1) }) as FileTrouble);
    change(id, { troubles: [...of(id).troubles, ...keyed] });
  }

  function take(id: ConversationId, { added, refused }: AddedFiles): void {
    ask(id);
    // Several come one after the other, and a list may have told of the first of them already.
    const others = of(id).held.filter((file) => !added.some((one) => one.id === file.id));
    change(id, { held: [...others, ...added] });
    complain(id, refused);
  }

  async function addOne(id: ConversationId, file: GivenFile, rules: FileRules): Promise<void> {
    const name = file.name.slice(-MAX_NAME_CHARS);
    // Before its bytes are read: a film of two hours must not come into memory.
    if (file.size > rules.maxBytes) return complain(id, [{ name, problem: "too_large" }]);
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      // A folder, or a file that is gone by now.
      return complain(id, [{ name, problem: "unreadable" }]);
    }
    take(id, await bridge.call("attachments.add", { conversationId: id, name, bytes }));
  }

  return {
    ...store,
    of,
    async load(id: ConversationId): Promise<void> {
      const question = ask(id);
      try {
        const held = await bridge.call("attachments.list", { conversationId: id });
        if (question === questions.get(id)) change(id, { held });
      } catch (error) {
        complain(id, [{ failure: failureOf(error) }]);
      }
    },
    /** One after the other, each judged by itself. */
    async add(id: ConversationId, files: readonly GivenFile[], rules: FileRules): Promise<void> {
      change(id, { adding: [...of(id).adding, ...files.map(({ name }) => name)], troubles: [] });
      for (const file of files) {
        try {
          await addOne(id, file, rules);
        } catch (error) {
          complain(id, [{ failure: failureOf(error) }]);
        }
        const adding = [...of(id).adding];
        adding.splice(adding.indexOf(file.name), 1);
        change(id, { adding });
      }
    },
    async pick(id: ConversationId): Promise<void> {
      change(id, { troubles: [] });
      try {
        take(id, await bridge.call("attachments.pick", { conversationId: id }));
      } catch (error) {
        complain(id, [{ failure: failureOf(error) }]);
      }
    },
    dismiss: (id: ConversationId, key: number) =>
      change(id, { troubles: of(id).troubles.filter((trouble) => trouble.key !== key) }),
    /** They went out with a reply. */
    sent: (id: ConversationId, ids: readonly MediaId[]) => {
      ask(id);
      change(id, { held: of(id).held.filter((file) => !ids.includes(file.id)), troubles: [] });
    },
    /** Hides them; nothing has happened yet. */
    prepareRemoval: (ids: readonly MediaId[]) => set({ leaving: new Set([...get().leaving, ...ids]) }),
    undoRemoval: (ids: readonly MediaId[]) =>
      set({ leaving: new Set([...get().leaving].filter((id) => !ids.includes(id))) }),
    /** Really removes those that were not taken back. @throws AppError and shows them again */
    async commitRemoval(id: ConversationId, ids: readonly MediaId[]): Promise<void> {
      const gone = ids.filter((one) => get().leaving.has(one));
      if (gone.length === 0) return;
      try {
        await bridge.call("attachments.remove", { ids: gone });
        ask(id);
        change(id, { held: of(id).held.filter((file) => !gone.includes(file.id)) });
      } finally {
        this.undoRemoval(gone);
      }
    },
  };
}
