/**
 * What each provider can do: the one sheet that the interface, the documentation and the tests read.
 *
 * Pure data, zod-free, so that the window may use it at run time. Invariant: what a provider does not give is
 * written down as missing, so that nothing missing is ever shown as nothing.
 */
import type { ProviderName } from "./domain.ts";
import type { FileRules } from "./file-types.ts";

export interface Capabilities {
  /** `provider`: its count seeds ours. `device`: it gives none; unread is what arrived here since the last look. */
  readonly unread: "provider" | "device";
  /** Whether reading a thread here tells the provider. */
  readonly marksRead: boolean;
  /** `list`: the conversation list brings the last text. `thread`: it is known once the thread is downloaded. */
  readonly preview: "list" | "thread";
  /** Whether it says when a text was removed by retention. */
  readonly redaction: boolean;
  /** Whether it says that a contact opted in or out. */
  readonly consent: boolean;
  /** Where contact names come from. */
  readonly names: "conversation" | "contacts" | "none";
  /** Whether media of received messages are told. */
  readonly media: boolean;
  /** Pictures in replies: the API documents none, takes public web addresses only (no file of this computer has one), or takes files (`files` says which). */
  readonly mediaOut: "none" | "addresses_only" | "files";
  /** What it takes with a reply as a file of this computer; null: none. */
  readonly files: FileRules | null;
  /** Whether conversations with several people occur. */
  readonly groups: boolean;
  /** How news is found: by newest first, by a filter, or by reading the whole list each time. */
  readonly delta: "newest_first" | "filter" | "full_walk";
  /** How a change of a message that is here already is found (a status, an edit): by a feed of changes, or when its thread is read again. */
  readonly changes: "feed" | "reread";
  /** Longest text it takes; null: not documented. */
  readonly maxTextLength: number | null;
  /** Free text may only answer within 24 hours after the contact last wrote: always, on WhatsApp, or never so. */
  readonly replyWindow: "always" | "whatsapp" | "never";
}

export const REPLY_WINDOW_MS = 24 * 3_600_000;

/**
 * The types are the vendor's list. Sizes and counts are not documented: these are our own, with room on the carriers' side
 * for a picture message.
 */
const HIGHLEVEL_FILES: FileRules = {
  types: ["jpg", "png", "mp4", "mpeg", "mp3", "wav", "pdf", "doc", "docx", "txt", "zip", "rar"],
  maxBytes: 5 * 1024 * 1024,
  maxCount: 5,
  channels: ["sms", "whatsapp", "rcs", "facebook", "instagram", "live_chat"],
};

export const CAPABILITIES: Readonly<Record<ProviderName, Capabilities>> = {
  agentmessage: {
    unread: "device",
    marksRead: false,
    preview: "list",
    redaction: true,
    consent: true,
    names: "none",
    media: true,
    mediaOut: "none",
    files: null,
    groups: false,
    delta: "newest_first",
    changes: "reread",
    maxTextLength: 1_600,
    replyWindow: "never",
  },
  twilio: {
    unread: "device",
    marksRead: false,
    preview: "thread",
    redaction: false,
    consent: false,
    names: "conversation",
    media: true,
    mediaOut: "addresses_only",
    files: null,
    groups: true,
    delta: "full_walk",
    changes: "reread",
    maxTextLength: null,
    replyWindow: "whatsapp",
  },
  quo: {
    unread: "device",
    marksRead: true,
    preview: "thread",
    redaction: false,
    consent: false,
    names: "contacts",
    media: false,
    mediaOut: "none",
    files: null,
    groups: true,
    delta: "filter",
    changes: "reread",
    maxTextLength: 1_600,
    replyWindow: "never",
  },
  highlevel: {
    unread: "provider",
    marksRead: true,
    preview: "list",
    redaction: false,
    consent: false,
    names: "conversation",
    media: true,
    mediaOut: "files",
    files: HIGHLEVEL_FILES,
    groups: false,
    delta: "newest_first",
    changes: "feed",
    maxTextLength: null,
    replyWindow: "whatsapp",
  },
  vobiz: {
    unread: "provider",
    marksRead: false,
    preview: "list",
    redaction: false,
    consent: false,
    names: "conversation",
    media: true,
    mediaOut: "addresses_only",
    files: null,
    groups: false,
    delta: "full_walk",
    changes: "reread",
    maxTextLength: 4_096,
    replyWindow: "always",
  },
};
