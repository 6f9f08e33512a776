/**
 * What is answered under `app://threadkeep/`: a held picture, a file of the bundle, or nothing. No Electron here.
 *
 * Invariants: only GET is answered; every file of the bundle goes out under the content policy; never rejects, and what is
 * missing looks like what nobody knows.
 */
import { readFile } from "node:fs/promises";
import { CONTENT_SECURITY_POLICY, resolveBundleFile } from "./content-policy.ts";
import { answerMedia, isMediaAddress, NOTHING } from "./media-response.ts";
import type { PageAnswer, ReadPicture } from "./media-response.ts";

export async function answerPage(
  { method, url }: { readonly method: string; readonly url: string },
  bundleDir: string,
  readPicture: ReadPicture,
): Promise<PageAnswer> {
  if (method !== "GET") return NOTHING;
  if (isMediaAddress(url)) return answerMedia(url, readPicture);
  const file = resolveBundleFile(bundleDir, url);
  if (file === null) return NOTHING;
  try {
    return {
      statusCode: 200,
      data: await readFile(file.path),
      headers: {
        "Content-Type": file.contentType,
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
      },
    };
  } catch {
    return NOTHING;
  }
}
