/** What arrived in an open thread since it was last looked at. Pure. */
import type { Message, MessageId, MessagePosition } from "../../shared/domain.ts";

/**
 * @param seen  the last message there was; null: the thread is shown for the first time, so nothing arrived
 * @returns the inbound messages behind it, oldest first; older ones that scrolling or a download brought are none
 */
export function arrivalsAfter(messages: readonly Message[], seen: MessagePosition | null): MessageId[] {
  if (seen === null) return [];
  return messages
    .filter(({ direction, createdAt, id }) => {
      if (direction !== "inbound") return false;
      return createdAt > seen.createdAt || (createdAt === seen.createdAt && id > seen.id);
    })
    .map(({ id }) => id);
}
