/**
 * What the page may load and where it may go: CSP, file paths behind `app://`, permissions, links. Pure.
 *
 * No Electron in here, so that every rule is tested under plain Node. Invariants: nothing outside the bundle
 * folder is served; the page has no network; only web and mail links leave the app,
 * re-serialised.
 */
import { isAbsolute, join, relative } from "node:path";
import { mailLink } from "../../shared/mail-link.ts";

export const APP_SCHEME = "app";
const APP_HOST = "threadkeep";
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  woff2: "font/woff2",
};

export interface BundleFile {
  readonly path: string;
  readonly contentType: string;
}

/** The file of the bundle a request means, or null when it means anything else. Never a path outside `root`. */
export function resolveBundleFile(root: string, requestUrl: string): BundleFile | null {
  let url: URL;
  let path: string;
  try {
    url = new URL(requestUrl);
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (url.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST) return null;
  if (path.includes("\0") || path.includes("\\")) return null;
  const file = join(root, path === "/" ? "index.html" : path);
  const inside = relative(root, file);
  if (inside === "" || inside.startsWith("..") || isAbsolute(inside)) return null;
  const extension = /\.([a-z0-9]+)$/.exec(inside)?.[1] ?? "";
  const contentType = Object.hasOwn(CONTENT_TYPES, extension) ? CONTENT_TYPES[extension]! : null;
  return contentType === null ? null : { path: file, contentType };
}

/** True for our own page, whatever its hash; everything else is refused as a place to go. */
export function isOwnPage(url: string): boolean {
  try {
    const { protocol, username, password, host, pathname } = new URL(url);
    // A picture is drawn in the page, it is no page.
    if (pathname.startsWith("/media/")) return false;
    return protocol === `${APP_SCHEME}:` && username === "" && password === "" && host === APP_HOST;
  } catch {
    return false;
  }
}

/** Copying text is the only thing the page may ask the system for; notifications are made in main. */
export const isPermitted = (permission: string): boolean => permission === "clipboard-sanitized-write";

/**
 * The link to hand to the system's browser, or null when it must not be opened.
 *
 * Only http(s) and mail to one address, no user name (`https://bank.example@evil.test`), and re-serialised, so that what
 * is opened is what was checked.
 */
export function externalLink(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  if (url.username !== "" || url.password !== "") return null;
  if (url.protocol === "mailto:") return mailLink(url.pathname);
  return (url.protocol === "https:" || url.protocol === "http:") && url.hostname !== "" ? url.href : null;
}
