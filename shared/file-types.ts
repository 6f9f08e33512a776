/**
 * Files a person may send: their types by what the bytes are, and the endings such a file may carry. Pure data, zod-free.
 */
import type { MediaKind } from "./media.ts";

interface FileType {
  /** Upper case, as people read it. */
  readonly label: string;
  readonly mime: string;
  /** The first one is given to a file whose own ending says something else. */
  readonly endings: readonly string[];
  readonly kind: MediaKind;
}

export const FILE_TYPES = {
  jpg: { label: "JPG", mime: "image/jpeg", endings: ["jpg", "jpeg"], kind: "picture" },
  png: { label: "PNG", mime: "image/png", endings: ["png"], kind: "picture" },
  mp4: { label: "MP4", mime: "video/mp4", endings: ["mp4"], kind: "video" },
  mpeg: { label: "MPEG", mime: "video/mpeg", endings: ["mpeg", "mpg"], kind: "video" },
  mp3: { label: "MP3", mime: "audio/mpeg", endings: ["mp3"], kind: "audio" },
  wav: { label: "WAV", mime: "audio/wav", endings: ["wav"], kind: "audio" },
  pdf: { label: "PDF", mime: "application/pdf", endings: ["pdf"], kind: "file" },
  doc: { label: "DOC", mime: "application/msword", endings: ["doc"], kind: "file" },
  docx: {
    label: "DOCX",
    mime: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    endings: ["docx"],
    kind: "file",
  },
  txt: { label: "TXT", mime: "text/plain", endings: ["txt"], kind: "file" },
  zip: { label: "ZIP", mime: "application/zip", endings: ["zip"], kind: "file" },
  rar: { label: "RAR", mime: "application/vnd.rar", endings: ["rar"], kind: "file" },
} as const satisfies Record<string, FileType>;

export type FileTypeName = keyof typeof FILE_TYPES;

/** What a provider takes with a reply. */
export interface FileRules {
  readonly types: readonly FileTypeName[];
  /** Of one file. */
  readonly maxBytes: number;
  /** With one reply. */
  readonly maxCount: number;
  /** The channels they can go out on, in lower case. */
  readonly channels: readonly string[];
}

/** Null where none of the thread's channels takes them; what nobody knows is not held against it. */
export const rulesOnChannels = (rules: FileRules | null, known: readonly string[]): FileRules | null =>
  rules === null || (known.length > 0 && !known.some((channel) => rules.channels.includes(channel))) ? null : rules;
