/**
 * Handlers for files of a draft: chosen, dropped or pasted, looked at, stored.
 *
 * Invariants: each file is judged by itself, and those that are fine are kept whatever becomes of the others; what a file
 * is, its bytes say; no path leaves this call.
 */
import type { AddedFiles, AttachmentItem, FileProblem, RefusedFile } from "../../shared/attachments.ts";
import type { ConversationId } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import type { Handlers } from "../../shared/ipc.ts";
import type { Services } from "./services.ts";

type Area = "attachments.list" | "attachments.add" | "attachments.pick" | "attachments.remove";

export function attachmentHandlers({ inbox, attachmentFiles }: Services): Pick<Handlers, Area> {
  /** @param bytes  or why they could not be had */
  async function addOne(
    conversationId: ConversationId,
    givenName: string,
    bytes: Uint8Array | FileProblem,
  ): Promise<{ added: AttachmentItem } | { refused: RefusedFile }> {
    const { db, now } = inbox();
    const { rules, held } = await db.call("attachments.room", { conversationId });
    const isRead = typeof bytes !== "string";
    const { type, name } = isRead
      ? await attachmentFiles.look(bytes, givenName)
      : await attachmentFiles.look(new Uint8Array(), givenName);
    const refuse = (problem: FileProblem) => ({ refused: { name, problem } });
    if (!isRead) return refuse(bytes);
    if (bytes.byteLength === 0) return refuse("empty");
    if (bytes.byteLength > rules.maxBytes) return refuse("too_large");
    if (type === null || !rules.types.includes(type)) return refuse("type");
    if (held >= rules.maxCount) return refuse("over_count");
    try {
      const contentType = attachmentFiles.mimeOf(type);
      const added = await db.call("attachments.add", { conversationId, name, contentType, bytes, now: now() });
      return { added };
    } catch (error) {
      // Two were added at once, and the other took the last place.
      if (failureOf(error).code === "files_too_many") return refuse("over_count");
      throw error;
    }
  }

  return {
    "attachments.list": ({ conversationId }) => inbox().db.call("attachments.list", { conversationId }),
    "attachments.add": async ({ conversationId, name, bytes }) => {
      const outcome = await addOne(conversationId, name, bytes);
      if ("refused" in outcome) return { added: [], refused: [outcome.refused] };
      inbox().changed(conversationId);
      return { added: [outcome.added], refused: [] };
    },
    "attachments.pick": async ({ conversationId }) => {
      // Before the dialog: one that leads nowhere should not open.
      const { rules } = await inbox().db.call("attachments.room", { conversationId });
      const paths = await attachmentFiles.choose(rules.types);
      const result: AddedFiles = { added: [], refused: [] };
      for (const path of paths) {
        const bytes = await attachmentFiles.read(path, rules.maxBytes);
        const outcome = await addOne(conversationId, attachmentFiles.nameOf(path), bytes);
        if ("added" in outcome) result.added.push(outcome.added);
        else result.refused.push(outcome.refused);
      }
      if (result.added.length > 0) inbox().changed(conversationId);
      return result;
    },
    "attachments.remove": async ({ ids }) => {
      const { db, changed, forgotten } = inbox();
      for (const id of await db.call("attachments.remove", { ids })) changed(id);
      forgotten();
    },
  };
}
