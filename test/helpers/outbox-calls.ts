/** The outbox as the window's calls reach it, for an account under test. */
import * as person from "../../electron/db/outbox-person.ts";
import * as outbox from "../../electron/db/outbox-repo.ts";
import { decideConsent } from "../../electron/db/consent-repo.ts";
import { findConversation } from "../../electron/db/conversations-repo.ts";
import type { ConversationId, OutboxItem } from "../../shared/domain.ts";
import type { MediaId } from "../../shared/media.ts";
import type { AccountUnderTest } from "./provider-harness.ts";

type At = Pick<AccountUnderTest, "db" | "clock" | "dispatch">;

/** As a person would who has the consent that the provider knows nothing of. */
export function enqueue(
  { db, clock, dispatch }: At,
  id: ConversationId,
  text: string,
  files: readonly MediaId[],
): void {
  if (findConversation(db, { id })?.consent.state === "unknown") {
    decideConsent(db, { id, decision: "confirmed", messageId: null, now: clock.now() });
  }
  outbox.enqueue(db, { conversationId: id, text, files, key: `${id} ${text} ${files.join()}`, now: clock.now() });
  dispatch();
}

export const threadOutbox = ({ db }: Pick<At, "db">, conversationId: ConversationId): OutboxItem[] =>
  person.threadOutbox(db, { conversationId });
