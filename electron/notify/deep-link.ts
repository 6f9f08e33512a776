/**
 * `threadkeep://` links: they may open a thread by its local id, and nothing else. Pure.
 *
 * A link may come from any web page or program. Invariants: exact scheme, one action, one local number; only the last
 * argument of a command line is looked at; no link sends, connects, changes a setting or names a file or host.
 */
import type { ConversationId } from "../../shared/domain.ts";

export const LINK_SCHEME = "threadkeep";

export interface Link {
  readonly kind: "open";
  readonly conversationId: ConversationId;
}

/** Null for everything that is not exactly a link of ours. */
export function readLink(text: string): Link | null {
  const match = /^threadkeep:\/\/open\/([1-9]\d{0,14})$/.exec(text);
  return match === null ? null : { kind: "open", conversationId: Number(match[1]) as ConversationId };
}

/** The link a second start was given, if its last argument is one. */
export const linkOfArguments = (argv: readonly string[]): Link | null => readLink(argv.at(-1) ?? "");
