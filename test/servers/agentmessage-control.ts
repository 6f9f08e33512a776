/**
 * The control routes of a server that runs as a process of its own.
 *
 * `GET /__control/log|stats|sends` read; `POST /__control/<method>` calls that method of the handle with the
 * JSON array in the body. Only the names listed here can be called.
 */
import type { AgentMessageServer } from "./agentmessage.ts";

const METHODS = [
  "conversation",
  "messages",
  "receive",
  "sendElsewhere",
  "bump",
  "addConversation",
  "redactMessage",
  "redactOlderThan",
  "eraseContact",
  "removeConversation",
  "setConsent",
  "setStatus",
  "fault",
  "clearFaults",
  "clearLog",
  "setKeyScopes",
  "revokeKey",
  "setKey",
  "expireCursors",
] as const;

type Method = (typeof METHODS)[number];
const isMethod = (name: string): name is Method => (METHODS as readonly string[]).includes(name);

function stats(server: AgentMessageServer) {
  return {
    requests: server.log.length,
    sends: server.sends.length,
    duplicateSends: server.duplicateSends(),
    conversations: server.conversationCount,
    maxConcurrent: server.maxConcurrent(),
  };
}

export function control(
  server: AgentMessageServer,
  method: string,
  path: string,
  body: unknown,
): { status: number; body: unknown } {
  const name = path.slice("/__control/".length);
  if (method === "GET") {
    if (name === "log") return { status: 200, body: server.log };
    if (name === "sends") return { status: 200, body: server.sends };
    if (name === "stats") return { status: 200, body: stats(server) };
  }
  if (method !== "POST" || !isMethod(name)) return { status: 404, body: { error: `no control named ${name}` } };
  if (body !== null && !Array.isArray(body))
    return { status: 400, body: { error: "the body is a JSON array of arguments" } };
  const call = server[name] as (...args: unknown[]) => unknown;
  try {
    return { status: 200, body: { result: call(...((body as unknown[] | null) ?? [])) ?? null } };
  } catch (error) {
    return { status: 400, body: { error: String(error) } };
  }
}
