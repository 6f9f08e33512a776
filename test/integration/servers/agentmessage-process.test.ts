/** The conformance server as a process: starts, is controlled over HTTP, ends with its standard input. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { collect } from "../../helpers/kill-run.ts";

const SCRIPT = fileURLToPath(new URL("../../servers/agentmessage-process.ts", import.meta.url));
let child: ChildProcess | null = null;
afterEach(() => void child?.kill("SIGKILL"));

async function launch(options: object): Promise<{ baseUrl: string; apiKey: string }> {
  const started = spawn(process.execPath, [SCRIPT, JSON.stringify(options)], { stdio: ["pipe", "pipe", "pipe"] });
  child = started;
  const complaint = collect(started.stderr);
  const ended = once(started, "close").then(() => Promise.reject(new Error(complaint().trim())));
  const [line] = await Promise.race([once(createInterface({ input: started.stdout }), "line"), ended]);
  // From here on each test says how it is to end.
  ended.catch(() => undefined);
  return JSON.parse(String(line)) as { baseUrl: string; apiKey: string };
}

describe("agentmessage-process", () => {
  it("serves, obeys its control routes, and ends with its standard input", async () => {
    const { baseUrl, apiKey } = await launch({ conversations: 12, pageSize: 5, exitWithStdin: true });
    const headers = { Authorization: `Bearer ${apiKey}` };
    const list = async () => {
      const response = await fetch(`${baseUrl}/v1/conversations`, { headers });
      return { status: response.status, body: (await response.json()) as { data: { last_message_preview: string }[] } };
    };
    const control = async (name: string, args?: unknown[]) => {
      const init = args ? { method: "POST", body: JSON.stringify(args) } : {};
      const response = await fetch(`${baseUrl}/__control/${name}`, init);
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };

    expect((await list()).body.data).toHaveLength(5);
    expect(await control("receive", [7, "from outside"])).toMatchObject({
      status: 200,
      body: { result: { body: "from outside" } },
    });
    expect((await list()).body.data[0]!.last_message_preview).toBe("from outside");
    await control("fault", ["conversations", { kind: "status", status: 503 }, { times: 1 }]);
    expect((await list()).status).toBe(503);
    expect(await control("stats")).toMatchObject({ body: { requests: 3, sends: 0, conversations: 12 } });
    expect((await control("log")).body).toHaveLength(3);
    expect((await control("stop", [])).status).toBe(404);
    expect((await control("constructor", [])).status).toBe(404);
    expect((await control("redactMessage", [999, 0])).status).toBe(400);

    const ended = once(child!, "exit");
    child!.stdin!.end();
    expect((await ended)[0]).toBe(0);
  });
});
