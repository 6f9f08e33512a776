/** The benchmarks' provider as a process: `{ conversations, newestAt, port }`; tells its address, ends on SIGTERM. */
import { startAgentMessageServer } from "../../servers/agentmessage.ts";
import { CONVERSATION_GAP_MS, MESSAGE_GAP_MS, OWN_KEY, bodyOf, messagesOf } from "../texts.ts";
import { input, output } from "./job.ts";

const { conversations, newestAt, port } = input<{ conversations: number; newestAt: number; port: number }>();
const server = await startAgentMessageServer({
  apiKey: OWN_KEY,
  conversations,
  messages: messagesOf,
  bodyOf,
  consentOf: (index) => (index % 50 === 7 ? "out" : "in"),
  newestAt,
  conversationGapMs: CONVERSATION_GAP_MS,
  messageGapMs: MESSAGE_GAP_MS,
  port,
});
process.once("SIGTERM", () => void server.stop().then(() => process.exit(0)));
// Ends with whoever started it.
process.stdin.resume().once("end", () => process.exit(0));
output({ baseUrl: server.baseUrl });
