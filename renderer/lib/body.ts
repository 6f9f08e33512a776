/**
 * What a text that may be gone reads like: in a list row, in a thread, and aloud. Pure.
 *
 * The four cases stay distinct: removed by the provider, removed here on time, not downloaded, and a text
 * in which somebody typed "[redacted]" (just a text). The words come from the catalogue.
 */
import { assertNever } from "../../shared/assert.ts";
import type { Body, Millis, Redaction } from "../../shared/domain.ts";
import { strings } from "../strings.ts";
import { cleanLine, cleanText } from "./bidi.ts";
import type { Format } from "./format.ts";

/** One sentence: who removed it, when, and what became of this device's copy. Begins with "Redacted". */
export function redactionSentence(redaction: Redaction, format: Format): string {
  const words = strings.redaction;
  const own =
    redaction.removedHereAt === null ? words.neverHeld : words.removedHere(format.moment(redaction.removedHereAt));
  switch (redaction.by) {
    case "provider":
      return `${words.byProvider(format.fullDate(redaction.at))}; ${own}.`;
    case "retention":
      return `${words.byRetention(format.fullDate(redaction.at))}.`;
    default:
      return assertNever(redaction.by, "redaction");
  }
}

/** A body as one spoken phrase. */
export function spokenBody(body: Body, mediaCount: number, format: Format): string {
  const media = mediaCount === 0 ? [] : [strings.thread.attachments(mediaCount)];
  switch (body.kind) {
    case "text":
      return [cleanText(body.text), ...media].join(". ");
    case "redacted":
      return redactionSentence(body.redaction, format);
    case "missing":
      return [strings.thread.missing, ...media].join(". ");
    case "empty":
      return media[0] ?? strings.thread.noText;
    default:
      return assertNever(body, "body");
  }
}

export interface Preview {
  readonly kind: "text" | "redacted" | "missing" | "media";
  readonly text: string;
}

/** The preview line of a list row, without the direction. */
export function preview(body: Body, now: Millis, format: Format): Preview {
  switch (body.kind) {
    case "text":
      return { kind: "text", text: cleanLine(body.text) };
    case "redacted":
      return { kind: "redacted", text: strings.list.redacted(format.date(body.redaction.at, now)) };
    case "missing":
      return { kind: "missing", text: strings.list.missing };
    case "empty":
      return { kind: "media", text: strings.list.media };
    default:
      return assertNever(body, "preview");
  }
}
