/**
 * Pictures and files of messages, as the window knows them.
 *
 * The provider's address is not in here and never will be: the window asks for a medium by its `id`, a random name
 * that says nothing. Invariant: only `picture` is ever drawn; everything else can be saved and no more.
 */
import { z } from "zod";

/** 32 lower-case hexadecimal digits, drawn by the database. */
export const MediaId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<"MediaId">();
export type MediaId = z.infer<typeof MediaId>;

/** `picture` is one of the four types that are drawn, as its bytes say; before they are here, as its name suggests. */
export const MediaKind = z.enum(["picture", "video", "audio", "file"]);
export type MediaKind = z.infer<typeof MediaKind>;

export const MediaItem = z.object({
  id: MediaId,
  kind: MediaKind,
  /** False: the kind is a guess from the address, or no guess at all (`file`). */
  isSniffed: z.boolean(),
  name: z.string().nullable(),
  sizeBytes: z.int().nonnegative().nullable(),
  /** `remote`: at the provider only; `held`: on this device; `too_large`, `gone`: it cannot be had. */
  state: z.enum(["remote", "held", "too_large", "gone"]),
});
export type MediaItem = z.infer<typeof MediaItem>;

export const MediaProgress = z.object({
  id: MediaId,
  receivedBytes: z.int().nonnegative(),
  /** Null: the server did not say how much there is. */
  totalBytes: z.int().nonnegative().nullable(),
});
export type MediaProgress = z.infer<typeof MediaProgress>;
