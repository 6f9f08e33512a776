/**
 * Pictures and files on request: asked of the provider, looked at for what they are, kept in the encrypted cache.
 *
 * Nothing is fetched unless a person asked. Invariants: the type is what the bytes say, never what a server says; only
 * four kinds of picture are ever handed to the window; what arrives for a message that lost its media is dropped; one
 * request per picture at a time.
 */
import type { AccountId, ConversationId } from "../../shared/domain.ts";
import { AppError, failureOf } from "../../shared/errors.ts";
import { MAX_MEDIA_BYTES } from "../../shared/file-limits.ts";
import type { MediaId, MediaProgress } from "../../shared/media.ts";
import type { DbClient } from "../db/client.ts";
import type { MediaCalls } from "../ipc/services.ts";
import type { Clock, FetchedMedia, MediaRequest } from "../sync/ports.ts";
import { DRAWN_TYPES } from "../db/media-names.ts";

export interface MediaServiceOptions {
  readonly db: Pick<DbClient, "call">;
  readonly clock: Clock;
  /** Null: the account is not at work, or its provider tells of no media. */
  readonly fetcherOf: (id: AccountId) => ((request: MediaRequest) => Promise<FetchedMedia>) | null;
  readonly onProgress: (progress: MediaProgress) => void;
  readonly onChanged: (id: ConversationId) => void;
  /** Asks the person where, and writes. False: they went back. */
  readonly saveFile: (suggestedName: string, bytes: Uint8Array) => Promise<boolean>;
}

export interface DrawnPicture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export interface MediaService extends MediaCalls {
  /** For the window to draw; null when it is not held, or is nothing that may be drawn. */
  draw(id: MediaId): Promise<DrawnPicture | null>;
  /** Gives up whatever is on its way. */
  close(): void;
}

const UNKNOWN_TYPE = "application/octet-stream";
/** Between two words about progress. */
const PROGRESS_MS = 100;
const ENDINGS: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/heic": "heic",
  "video/mp4": "mp4",
  "video/quicktime": "mov",
  "video/3gpp": "3gp",
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
  "audio/amr": "amr",
  "application/pdf": "pdf",
};

export function createMediaService(options: MediaServiceOptions): MediaService {
  const { db, clock } = options;
  const running = new Map<MediaId, { readonly stop: AbortController; readonly done: Promise<"held" | "cancelled"> }>();

  async function fetchOne(id: MediaId, stop: AbortController): Promise<"held" | "cancelled"> {
    const facts = await db.call("media.find", { id });
    if (facts === null) throw new AppError("not_found");
    if (facts.isHeld) return "held";
    const fetchMedia = options.fetcherOf(facts.accountId);
    if (fetchMedia === null) throw new AppError("rejected", "no media", { detail: { reason: "media_unsupported" } });
    try {
      const { bytes, more = [] } = await fetchMedia({
        source: facts.source,
        maxBytes: MAX_MEDIA_BYTES,
        signal: stop.signal,
        onProgress: tellProgress(id),
      });
      if (stop.signal.aborted) return "cancelled";
      const contentType = await typeOf(bytes);
      const isKept = await db.call("media.store", { id, bytes, contentType, more, now: clock.now() });
      if (!isKept) throw new AppError("not_found");
    } catch (error) {
      if (stop.signal.aborted) return "cancelled";
      const { code } = failureOf(error);
      if (code === "too_large" || code === "not_found") await db.call("media.fail", { id, code });
      options.onChanged(facts.conversationId);
      throw error;
    }
    options.onChanged(facts.conversationId);
    return "held";
  }

  function tellProgress(id: MediaId): (receivedBytes: number, totalBytes: number | null) => void {
    let toldAt = -Infinity;
    return (receivedBytes, totalBytes) => {
      if (clock.now() - toldAt < PROGRESS_MS && receivedBytes !== totalBytes) return;
      toldAt = clock.now();
      options.onProgress({ id, receivedBytes, totalBytes });
    };
  }

  return {
    load(id) {
      const already = running.get(id);
      // One that was given up is still ending: whoever asks again wants another.
      if (already !== undefined && !already.stop.signal.aborted) return already.done;
      const stop = new AbortController();
      const done = fetchOne(id, stop).finally(() => {
        if (running.get(id)?.stop === stop) running.delete(id);
      });
      running.set(id, { stop, done });
      return done;
    },

    cancel(id) {
      running.get(id)?.stop.abort();
    },

    async save(id) {
      const held = await db.call("media.open", { id, now: clock.now() });
      if (held === null) throw new AppError("not_found");
      return options.saveFile(fileNameOf(held.name, held.contentType), held.bytes);
    },

    async draw(id) {
      // A message's, or one that is about to be sent.
      const held =
        (await db.call("media.open", { id, now: clock.now() })) ?? (await db.call("attachments.open", { id }));
      if (held === null || !DRAWN_TYPES.has(held.contentType)) return null;
      return { bytes: held.bytes, contentType: held.contentType };
    },

    close() {
      for (const { stop } of running.values()) stop.abort();
    },
  };
}

/** What the bytes are; a moving PNG is a PNG. */
async function typeOf(bytes: Uint8Array): Promise<string> {
  // Loaded with the first picture: the start does without.
  const { fileTypeFromBuffer } = await import("file-type");
  const mime = (await fileTypeFromBuffer(bytes))?.mime ?? UNKNOWN_TYPE;
  return mime === "image/apng" ? "image/png" : mime;
}

/** The ending says what the bytes are, so that a file cannot pass for another kind. */
function fileNameOf(name: string | null, contentType: string): string {
  const stem = name?.replace(/\.[a-z0-9]{1,5}$/i, "") || "attachment";
  const own = name === null ? null : (/\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? null);
  const known = Object.hasOwn(ENDINGS, contentType) ? ENDINGS[contentType]! : null;
  return `${stem}.${known ?? own ?? "bin"}`;
}
