/** The pictures of a thread: where each is drawn from, and what it is called. Pure. */
import type { Message } from "../../shared/domain.ts";
import type { MediaId, MediaItem } from "../../shared/media.ts";
import { t } from "../i18n.ts";
import type { Format } from "./format.ts";

export interface Picture {
  readonly id: MediaId;
  readonly alt: string;
}

/** Main's own protocol answers here, with held pictures and nothing else. */
export const pictureUrl = (id: MediaId): string => `/media/${id}`;

export const isDrawn = ({ state, kind, isSniffed }: MediaItem): boolean =>
  state === "held" && kind === "picture" && isSniffed;

export function pictureAlt(message: Message, contact: string, format: Format): string {
  const date = format.moment(message.createdAt);
  return message.direction === "inbound" ? t("media.altIn", { who: contact, date }) : t("media.altOut", { date });
}

/** All that can be looked at, in the thread's order. */
export function picturesOf(messages: readonly Message[], contact: string, format: Format): Picture[] {
  return messages.flatMap((message) =>
    (message.media ?? []).filter(isDrawn).map(({ id }) => ({ id, alt: pictureAlt(message, contact, format) })),
  );
}

/** "photo.jpg", or the word for what it is. */
export const mediaName = (item: MediaItem): string => item.name ?? t(`media.${item.kind}`);
