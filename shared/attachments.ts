/**
 * Files that go out with a reply, as the window knows them, and the part of the contract about them.
 *
 * Bytes come in and never go back: a picture is drawn from `app://threadkeep/media/<id>`. Invariants: no path of this
 * computer crosses here; a name was made fit to be shown and to be saved under before it is kept.
 */
import { z } from "zod";
import { MediaId, MediaKind } from "./media.ts";

/** No provider's limit is above it: whatever is larger is refused at the border, unread. */
export const MAX_ATTACHMENT_BYTES = 5 * 1024 * 1024;

/** One file of a draft or of a reply that is not a message yet. */
export const AttachmentItem = z.object({
  id: MediaId,
  name: z.string(),
  /** As its bytes say. */
  kind: MediaKind,
  sizeBytes: z.int().nonnegative(),
});
export type AttachmentItem = z.infer<typeof AttachmentItem>;

/** Why a file was not taken. */
export const FileProblem = z.enum(["type", "too_large", "empty", "over_count", "unreadable"]);
export type FileProblem = z.infer<typeof FileProblem>;

export const RefusedFile = z.object({ name: z.string(), problem: FileProblem });
export type RefusedFile = z.infer<typeof RefusedFile>;

/** What became of some files; a person who went back from the dialog leaves both empty. */
export const AddedFiles = z.object({ added: z.array(AttachmentItem), refused: z.array(RefusedFile) });
export type AddedFiles = z.infer<typeof AddedFiles>;
