/** How a reply that is not a message yet stands, in one line. */
import { expect, it } from "vitest";
import { outboxStateLine } from "../../../../renderer/components/outbox-bubble.tsx";
import { createFormat } from "../../../../renderer/lib/format.ts";
import type { ConversationId, OutboxItem } from "../../../../shared/domain.ts";
import { createFakeBridge, FAKE_NOW } from "../../../fakes/fake-bridge.ts";

const format = createFormat({ locale: "en-US", timeZone: "UTC" });

function lineOf(change: Partial<OutboxItem>): string {
  const fake = createFakeBridge({ conversations: 1 });
  const item = fake.addOutbox(1 as ConversationId, "See you", "queued");
  return outboxStateLine({ ...item, ...change }, format);
}
const error = (code: string) => ({ code, detail: {} });

it.each<[string, Partial<OutboxItem>]>([
  ["Queued", {}],
  ["Queued, goes out when you are online", { error: error("offline") }],
  ["Queued. The provider has a problem on its side.", { error: error("server_error") }],
  ["Scheduled for Apr 28, 2026, 12:00 PM", { scheduledAt: Date.UTC(2026, 3, 28, 12) }],
  ["Queued. The server took too long to answer.", { scheduledAt: FAKE_NOW, error: error("timeout") }],
])("says “%s”", (line, change) => expect(lineOf(change)).toBe(line));
