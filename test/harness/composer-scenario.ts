/** What writing looks like: a text that may ask to stop, scheduled and held replies, somebody else's answer. */
import type { ConversationId } from "../../shared/domain.ts";
import type { FakeBridge } from "../fakes/fake-bridge.ts";
import { createFakeBridge, FAKE_NOW } from "../fakes/fake-bridge.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const id = (value: number) => value as ConversationId;

export function writing(rows: number): FakeBridge {
  const fake = createFakeBridge({ conversations: rows });
  const since = FAKE_NOW - 200 * DAY;
  fake.change(id(3), {
    contactName: "Tom Okafor",
    consent: { state: "opted_out", since: FAKE_NOW },
    isOptedOutHere: true,
  });
  fake.change(id(2), { contactName: "Leila Haddad", consent: { state: "opted_in", since } });
  const wish = fake.addMessage(id(2), "Please stop texting me about the whitening offer, thanks.");
  fake.change(id(2), { optOutHint: wish.id });
  fake.change(id(1), { contactName: "Dana Reyes", consent: { state: "opted_in", since } });
  fake.addMessage(id(1), "Can I still come on Tuesday?", "inbound", FAKE_NOW - HOUR / 4);
  const other = fake.addMessage(
    id(1),
    "Hi Dana, yes! I moved you to Tuesday 9:40. Ana",
    "outbound",
    FAKE_NOW - 120_000,
  );
  const later = fake.addOutbox(id(1), "Good morning Dana, see you at 9:40 today.", "queued");
  fake.setOutbox(later.id, { scheduledAt: FAKE_NOW + 20.5 * HOUR, notBefore: FAKE_NOW + 20.5 * HOUR });
  fake.addOutbox(id(1), "We open at nine.", "failed", { code: "schedule_missed", detail: {} });
  const held = { code: "reply_crossed", detail: { messageId: String(other.id) } } as const;
  fake.addOutbox(id(1), "Yes, come at ten.", "failed", held);
  fake.change(id(4), { contactName: "Noor Haddad", consent: { state: "unknown", since: null } });
  fake.fail("outbox.send", "reply_crossed", { messageId: String(other.id) });
  return fake;
}
