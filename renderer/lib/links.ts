/**
 * Which parts of a message are links, and which links may be opened. Pure.
 *
 * Must not open anything. Invariants: only https, http and mailto come out; a link with user name or
 * password in it is text; `host` is what `new URL` says, so a look-alike shows its punycode; what is opened is the
 * re-serialised address, not the words on the screen.
 */
import { LinkifyIt } from "linkify-it";
import { mailLink } from "../../shared/mail-link.ts";
import { cleanText } from "./bidi.ts";

export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly url: string; readonly host: string };

const ALLOWED = new Set(["https:", "http:", "mailto:"]);
const MAX_URL = 2048;
/** Beyond this a text is shown without links: nobody clicks there and scanning it costs. */
const MAX_SCAN = 20_000;
/** Every link holds one of these: a dot inside a word, a mail's sign, a scheme. Looking for links takes far longer. */
const MAYBE_LINK = /\.[^\s.]|@|:\/\//u;

/** The address as it may be opened, with the host to show; null when the policy refuses it. */
export function safeLink(address: string): { url: string; host: string } | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (!ALLOWED.has(url.protocol) || url.href.length > MAX_URL) return null;
  if (url.protocol === "mailto:") {
    const mail = mailLink(url.pathname);
    return mail === null ? null : { url: mail, host: mail.slice(mail.lastIndexOf("@") + 1) };
  }
  if (url.username !== "" || url.password !== "" || url.hostname === "") return null;
  return { url: url.href, host: url.host };
}

export type SplitLinks = (text: string) => readonly TextPart[];

export function createLinkSplitter(): SplitLinks {
  const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false, urlAuth: false });
  for (const scheme of ["ftp:", "//"]) linkify.add(scheme, null);

  return (raw) => {
    const text = cleanText(raw);
    const matches = text.length <= MAX_SCAN && MAYBE_LINK.test(text) ? (linkify.match(text) ?? []) : [];
    const parts: TextPart[] = [];
    let at = 0;
    for (const match of matches) {
      // A bare domain is meant as a web page, and those speak https today.
      const address = match.schema === "" ? match.url.replace(/^http:/, "https:") : match.url;
      const link = safeLink(address);
      if (link === null) continue;
      if (match.index > at) parts.push({ kind: "text", text: text.slice(at, match.index) });
      parts.push({ kind: "link", text: text.slice(match.index, match.lastIndex), ...link });
      at = match.lastIndex;
    }
    if (at < text.length || parts.length === 0) parts.push({ kind: "text", text: text.slice(at) });
    return parts;
  };
}
