/** Files of drafts and replies as main keeps them, in memory: taken by name and size alone. */
import type { AddedFiles, AttachmentItem, FileProblem } from "../../shared/attachments.ts";
import { CAPABILITIES } from "../../shared/capabilities.ts";
import type { Conversation, ConversationId } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import { FILE_TYPES } from "../../shared/file-types.ts";
import type { Handlers } from "../../shared/ipc.ts";
import type { MediaId } from "../../shared/media.ts";

type Area = "attachments.list" | "attachments.add" | "attachments.pick" | "attachments.remove";

interface World {
  row(id: number): Conversation | null;
  changed(...ids: ConversationId[]): void;
}

let nextFile = 0xf000;

export function fakeFile(change: Partial<AttachmentItem> = {}): AttachmentItem {
  nextFile += 1;
  const id = nextFile.toString(16).padStart(32, "0") as MediaId;
  return { id, name: "price-list.pdf", kind: "file", sizeBytes: 214_000, ...change };
}

export function createFakeAttachments({ row, changed }: World) {
  const files = new Map<number, AttachmentItem[]>();
  let picked: AddedFiles = { added: [], refused: [] };

  const of = (id: number) => files.get(id) ?? [];
  function give(id: ConversationId, added: readonly AttachmentItem[]): void {
    files.set(id, [...of(id), ...added]);
    changed(id);
  }

  const handlers: Pick<Handlers, Area> = {
    "attachments.list": ({ conversationId }) => of(conversationId),
    "attachments.add": ({ conversationId, name, bytes }) => {
      const rules = CAPABILITIES[row(conversationId)!.provider].files;
      if (rules === null) throw new AppError("files_not_taken");
      const ending = name.split(".").at(-1)?.toLowerCase();
      const type = rules.types
        .map((one) => FILE_TYPES[one])
        .find(({ endings }) => endings.some((one) => one === ending));
      const refuse = (problem: FileProblem): AddedFiles => ({ added: [], refused: [{ name, problem }] });
      if (bytes.byteLength === 0) return refuse("empty");
      if (type === undefined) return refuse("type");
      if (of(conversationId).length >= rules.maxCount) return refuse("over_count");
      const file = fakeFile({ name, kind: type.kind, sizeBytes: bytes.byteLength });
      give(conversationId, [file]);
      return { added: [file], refused: [] };
    },
    "attachments.pick": ({ conversationId }) => {
      give(conversationId, picked.added);
      return picked;
    },
    "attachments.remove": ({ ids }) => {
      for (const [id, held] of files) {
        const left = held.filter((file) => !ids.includes(file.id));
        if (left.length === held.length) continue;
        files.set(id, left);
        changed(id as ConversationId);
      }
    },
  };

  return {
    handlers,
    give,
    /** What the person chooses in the dialog. */
    setPicked: (next: AddedFiles) => void (picked = next),
    /** Out of the draft, into a reply. */
    take(id: number, ids: readonly MediaId[]): AttachmentItem[] {
      const taken = of(id).filter((file) => ids.includes(file.id));
      files.set(
        id,
        of(id).filter((file) => !ids.includes(file.id)),
      );
      return taken;
    },
  };
}
