/**
 * How a held picture is answered over `app://threadkeep/media/<id>`. Pure apart from the reader that is handed in.
 *
 * Invariants: an id is 32 hexadecimal digits and nothing else is a media address; the type is one of those that are
 * drawn; even opened by itself the answer can run nothing, and nobody keeps a copy.
 */
import { DRAWN_TYPES } from "../db/media-names.ts";
import type { MediaId } from "../../shared/media.ts";
import { APP_ORIGIN } from "./content-policy.ts";
import type { DrawnPicture } from "./media-service.ts";

const ADDRESS = new RegExp(`^${APP_ORIGIN}/media/([0-9a-f]{32})$`);

/** The id a request asks for; null for every other address. No decoding: an id needs none. */
function mediaIdOf(requestUrl: string): MediaId | null {
  return (ADDRESS.exec(requestUrl)?.[1] ?? null) as MediaId | null;
}

/** Whether an address is in the place of media, well formed or not: the bundle has nothing there. */
export const isMediaAddress = (requestUrl: string): boolean => requestUrl.startsWith(`${APP_ORIGIN}/media/`);

export type ReadPicture = (id: MediaId) => Promise<DrawnPicture | null>;

/** As Electron's protocol takes it. Plain, because the web's `Response` costs a start 40 ms (decision 22). */
export interface PageAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly data: Buffer;
}

export const NOTHING: PageAnswer = { statusCode: 404, headers: {}, data: Buffer.alloc(0) };

export async function answerMedia(requestUrl: string, read: ReadPicture): Promise<PageAnswer> {
  const id = mediaIdOf(requestUrl);
  const picture = id === null ? null : await read(id).catch(() => null);
  if (picture === null || !DRAWN_TYPES.has(picture.contentType)) return NOTHING;
  return {
    statusCode: 200,
    data: Buffer.from(picture.bytes),
    headers: {
      "Content-Type": picture.contentType,
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
      "Cross-Origin-Resource-Policy": "same-origin",
      // A removed picture must not live on in a cache of the browser.
      "Cache-Control": "no-store",
    },
  };
}
