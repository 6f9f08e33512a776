/**
 * The base URL a person types, made safe and regular.
 *
 * Pure. Invariant: the result is `https:` (or `http:` on this machine only), has no user name, query or
 * fragment and no trailing slash, so that a key is never sent in the clear or to a host hidden behind an `@`.
 */
import { AppError } from "../../shared/errors.ts";

/** This machine, as the host name of a parsed URL says it. */
export const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);

/**
 * @param text       what was typed; a missing scheme means https
 * @param apiSuffix  path the provider's client appends itself (`/v1`) and people tend to paste along
 * @throws AppError `bad_input` with `detail.field = "baseUrl"` and a `reason` of `syntax`, `insecure` or `userinfo`
 */
export function parseBaseUrl(text: string, apiSuffix: string): string {
  const typed = text.trim();
  let url: URL;
  try {
    // `http:/host` is a URL to browsers too; read as a bare host it would become a host named "http".
    url = new URL(/^(https?:|[a-z][a-z0-9+.-]*:\/\/)/i.test(typed) ? typed : `https://${typed}`);
  } catch (cause) {
    throw refused("syntax", cause);
  }
  if (url.hostname === "") throw refused("syntax");
  if (url.username !== "" || url.password !== "") throw refused("userinfo");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) throw refused("insecure");
  const path = withoutTrailingSlash(url.pathname);
  return url.origin + withoutTrailingSlash(path.endsWith(apiSuffix) ? path.slice(0, -apiSuffix.length) : path);
}

const withoutTrailingSlash = (path: string): string => path.replace(/\/+$/, "");

function refused(reason: string, cause?: unknown): AppError {
  return new AppError("bad_input", `base URL: ${reason}`, { detail: { field: "baseUrl", reason }, cause });
}
