/**
 * What a text that may be gone reads like: in a list row, in a thread, and aloud. Pure.
 *
 * The four cases stay distinct: removed by the provider, removed here on time, not downloaded, and a text
 * in which somebody typed "[redacted]" (just a text). The words come from the catalogue.
 */
import { assertNever } from "../../shared/assert.ts";
import type { Body, Millis, Redaction } from "../../shared/domain.ts";
import { t } from "../i18n.ts";
import { cleanLine, cleanText } from "./bidi.ts";
import type { Format } from "./format.ts";

/** One sentence: who removed it, when, and what became of this device's copy. Begins with "Redacted". */
export function redactionSentence(redaction: Redaction, format: Format): string {
  const own =
    redaction.removedHereAt === null
      ? t("redaction.neverHeld")
      : t("redaction.removedHere", { date: format.moment(redaction.removedHereAt) });
  switch (redaction.by) {
    case "provider":
      return `${t("redaction.byProvider", { date: format.fullDate(redaction.at) })}; ${own}.`;
    case "retention":
      return `${t("redaction.byRetention", { date: format.fullDate(redaction.at) })}.`;
    default:
      return assertNever(redaction.by, "redaction");
  }
}

/** A body as one spoken phrase. */
export function spokenBody(body: Body, mediaCount: number, format: Format): string {
  const media = mediaCount === 0 ? [] : [t("thread.attachments", { count: mediaCount })];
  switch (body.kind) {
    case "text":
      return [cleanText(body.text), ...media].join(". ");
    case "redacted":
      return redactionSentence(body.redaction, format);
    case "missing":
      return [t("thread.missing"), ...media].join(". ");
    case "empty":
      return media[0] ?? t("thread.noText");
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
      return { kind: "redacted", text: t("list.redacted", { date: format.date(body.redaction.at, now) }) };
    case "missing":
      return { kind: "missing", text: t("list.missing") };
    case "empty":
      return { kind: "media", text: body.media === undefined ? t("list.media") : t(`media.${body.media}`) };
    default:
      return assertNever(body, "preview");
  }
}
