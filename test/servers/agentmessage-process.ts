/**
 * The conformance server as a process: `node test/servers/agentmessage-process.ts '<json options>'`.
 *
 * Prints one line of JSON, `{ baseUrl, apiKey }`, and serves until SIGTERM or SIGINT, or until its standard
 * input closes when the options say `"exitWithStdin": true` (so that it cannot outlive a killed test).
 */
import { startAgentMessageServer, type AgentMessageServerOptions } from "./agentmessage.ts";

const options = JSON.parse(process.argv[2] ?? "{}") as AgentMessageServerOptions & { exitWithStdin?: boolean };
const server = await startAgentMessageServer({ ...options, control: true });
const stop = (): void => void server.stop().then(() => process.exit(0));
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
if (options.exitWithStdin) process.stdin.resume().once("end", stop);
process.stdout.write(`${JSON.stringify({ baseUrl: server.baseUrl, apiKey: server.apiKey })}\n`);
