/** The AgentMessage adapter over real sockets: its questions, documented records, and ways to get an answer or a failure. */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { createAgentMessage } from "../../../electron/providers/agentmessage/client.ts";
import type { ConversationRef, Provider } from "../../../electron/sync/ports.ts";
import type { ConversationId } from "../../../shared/domain.ts";
import { ProviderError } from "../../../shared/errors.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { sendJson, serve } from "./local-server.ts";
import type { Handle, LocalServer } from "./local-server.ts";

export const API_KEY = "am_live_canary_0123456789";
export const clock = createFakeClock();
export const { signal } = new AbortController();
export const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/agentmessage/${name}`, import.meta.url), "utf8"));

export const adapterFor = (server: LocalServer): Provider =>
  createAgentMessage({ baseUrl: server.url, apiKey: API_KEY, fetch, clock });

export const ok = (data: unknown, nextCursor: string | null = null) => ({
  success: true,
  data,
  meta: { total: 0, limit: 50, offset: 0, next_cursor: nextCursor },
});

export const THREAD: ConversationRef = {
  id: 1 as ConversationId,
  remoteId: "AQ/ID?x=1#..",
  ownNumber: "+15551112222",
  contactNumber: "+15554443333",
};

export const CONVERSATION = {
  id: "AQID",
  phone_number_id: "7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e",
  phone_number: "+15551112222",
  contact_number: "+15554443333",
  last_message_at: "2026-04-28T12:00:01Z",
  last_message_direction: "inbound",
  last_message_preview: "Hello",
  last_message_body_redacted_at: null,
  message_count: 14,
  consent: { opted_in: true, opted_in_at: "2026-04-01T09:00:00Z" },
};

export const MESSAGE = {
  id: "m1",
  direction: "outbound",
  phone_number_id: "7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e",
  from_number: "+15551112222",
  to_number: "+15554443333",
  body: "On my way",
  media_urls: ["https://media.test/1"],
  channel: "mms",
  segment_count: 2,
  status: "delivered",
  created_at: "2026-04-28T14:00:01.250+02:00",
  redacted_at: null,
};

/** One question to the provider. */
export type Act = (provider: Provider) => Promise<unknown>;
export const list: Act = (provider) => provider.listConversations({ cursor: null, limit: 50, signal });
export const listNext: Act = (provider) => provider.listConversations({ cursor: "c1", limit: 50, signal });
export const thread: Act = (provider) => provider.listMessages(THREAD, { cursor: null, limit: 50, signal });
export const threadNext: Act = (provider) => provider.listMessages(THREAD, { cursor: "c1", limit: 50, signal });
export const numbers: Act = (provider) => provider.listNumbers(signal);
export const send: Act = (provider) =>
  provider.send({ from: "+15551112222", to: "+15554443333", text: "canary text", tag: "tk-1", signal });
export const find: Act = (provider) => provider.findSent({ to: "+15554443333", tag: "tk-1", signal });

export async function failureOf(act: Act, handle: Handle): Promise<ProviderError> {
  await using server = await serve(handle);
  const error: unknown = await act(adapterFor(server)).then(
    () => new Error("no failure"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProviderError)) throw error;
  expect(JSON.stringify([error.message, error.toFailure()])).not.toMatch(/am_live|canary/);
  return error;
}

export async function answerTo<T>(act: (provider: Provider) => Promise<T>, body: unknown, status = 200): Promise<T> {
  await using server = await serve((response) => sendJson(response, status, body));
  return await act(adapterFor(server));
}
