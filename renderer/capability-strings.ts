/** What a provider can and cannot do, in sentences. Pure; chosen from the capability sheet, never by provider name. */
import type { Capabilities } from "../shared/capabilities.ts";

/** The sentences for one provider, those that change what a person does first. */
export function capabilitySentences(provider: string, can: Capabilities): string[] {
  const sentences = [
    can.unread === "device"
      ? `${provider} gives no unread count: unread is kept on this device.`
      : `Unread starts from ${provider}’s own count.`,
    can.marksRead
      ? `Opening a conversation here marks it as read in ${provider}.`
      : `Reading here does not mark anything as read in ${provider}.`,
    can.consent
      ? `${provider} says who opted in or out.`
      : `${provider} does not say who opted in: consent is shown as unknown.`,
    can.redaction
      ? `Texts that ${provider} removes are removed here too.`
      : `${provider} does not say when it removes a text; only deleted conversations are removed here.`,
    can.replyWindow === "always"
      ? "WhatsApp: you can answer within 24 hours after the contact last wrote."
      : can.replyWindow === "whatsapp"
        ? "On WhatsApp you can answer within 24 hours after the contact last wrote."
        : null,
    can.preview === "thread" ? "The newest text appears in the list once its conversation is downloaded." : null,
    can.names === "none" ? `${provider} gives no contact names.` : null,
    can.media ? null : `${provider} does not list pictures and files: look there for them.`,
    can.maxTextLength === null
      ? null
      : `A reply may have up to ${can.maxTextLength.toLocaleString("en-US")} characters.`,
  ];
  return sentences.filter((sentence) => sentence !== null);
}

export const capabilityStrings = {
  summary: (provider: string) => `What works with ${provider}`,
  windowOpen: (left: string) => `WhatsApp: you can answer for ${left} more.`,
  windowShut:
    "WhatsApp takes free text only within 24 hours after the contact last wrote. That time is over: wait for a new message, or send an approved template from your provider’s console.",
  hours: (count: number) => (count === 1 ? "1 hour" : `${count} hours`),
  minutes: (count: number) => (count === 1 ? "1 minute" : `${count} minutes`),
} as const;
