/** What a provider can and cannot do, in sentences. Pure; chosen from the capability sheet, never by provider name. */
import type { Capabilities } from "../../shared/capabilities.ts";
import { t } from "../i18n.ts";
import { byteSize } from "./byte-size.ts";
import { fileTypesLine } from "./file-words.ts";

/** The sentences for one provider, those that change what a person does first. */
export function capabilitySentences(provider: string, can: Capabilities): string[] {
  const sentences = [
    t(can.unread === "device" ? "capabilities.unreadDevice" : "capabilities.unreadProvider", { provider }),
    t(can.marksRead ? "capabilities.marksRead" : "capabilities.marksNothing", { provider }),
    t(can.consent ? "capabilities.consent" : "capabilities.noConsent", { provider }),
    t(can.redaction ? "capabilities.redaction" : "capabilities.noRedaction", { provider }),
    can.replyWindow === "always"
      ? t("capabilities.windowAlways")
      : can.replyWindow === "whatsapp"
        ? t("capabilities.windowWhatsapp")
        : null,
    can.preview === "thread" ? t("capabilities.previewLater") : null,
    can.names === "none" ? t("capabilities.noNames", { provider }) : null,
    can.media ? null : t("capabilities.noMedia", { provider }),
    mediaOutSentence(provider, can),
    can.maxTextLength === null ? null : t("capabilities.maxText", { max: can.maxTextLength }),
  ];
  return sentences.filter((sentence) => sentence !== null);
}

function mediaOutSentence(provider: string, { mediaOut, files }: Capabilities): string {
  if (mediaOut !== "files" || files === null) {
    return t(`capabilities.mediaOut.${mediaOut === "files" ? "none" : mediaOut}`, { provider });
  }
  const size = byteSize(files.maxBytes, String);
  return t("capabilities.mediaOut.files", { provider, types: fileTypesLine(files), count: files.maxCount, size });
}
