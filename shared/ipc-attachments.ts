/** The calls about files of a draft; `shared/ipc.ts` spreads them into the whole. The same rules hold. */
import { z } from "zod";
import { AddedFiles, AttachmentItem, MAX_ATTACHMENT_BYTES } from "./attachments.ts";
import { ConversationId } from "./domain.ts";
import { MediaId } from "./media.ts";

/** More than this at once is no draft of a person. */
const MAX_IDS = 100;

export const attachmentCalls = {
  /** The files of the thread's draft, in order. */
  "attachments.list": {
    input: z.strictObject({ conversationId: ConversationId }),
    output: z.array(AttachmentItem),
  },
  /** Puts a dropped or pasted file into the thread's draft. Fails with `files_not_taken` where the provider takes none. */
  "attachments.add": {
    input: z.strictObject({
      conversationId: ConversationId,
      name: z.string().max(1024),
      bytes: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= MAX_ATTACHMENT_BYTES),
    }),
    output: AddedFiles,
  },
  /** Asks in the system's dialog which files to put into the thread's draft. */
  "attachments.pick": { input: z.strictObject({ conversationId: ConversationId }), output: AddedFiles },
  /** Takes files out of a draft, for good. Those that went out with a reply meanwhile stay there. */
  "attachments.remove": { input: z.strictObject({ ids: z.array(MediaId).min(1).max(MAX_IDS) }), output: z.void() },
} as const;
