/**
 * Runs the embedded sample server for the sample account. The account itself is an ordinary one, over HTTP.
 *
 * Invariant: at most one server runs; the same anchor gives the same history after every restart.
 */
import { createSampleServer } from "../sandbox/server.ts";
import type { SampleServer } from "../sandbox/server.ts";
import type { Clock } from "../sync/ports.ts";

export interface SampleHost {
  readonly accountName: string;
  /**
   * @param anchorAt     the moment the invented history ends
   * @param apiKey       the key of an account that exists already, or null for a new one
   * @param lastBaseUrl  where the server was last time: its port is taken again if it is free
   */
  start(
    anchorAt: number,
    apiKey: string | null,
    lastBaseUrl: string | null,
  ): Promise<{ baseUrl: string; apiKey: string }>;
  stop(): Promise<void>;
}

export function createSampleHost(clock: Clock): SampleHost {
  let server: SampleServer | null = null;
  let started: { baseUrl: string; apiKey: string } | null = null;

  async function stop(): Promise<void> {
    const running = server;
    server = null;
    started = null;
    await running?.stop();
  }

  return {
    accountName: "Harbour Street Cycles (sample)",
    async start(anchorAt, apiKey, lastBaseUrl) {
      if (started !== null) return started;
      const port = lastBaseUrl === null ? 0 : Number(new URL(lastBaseUrl).port);
      server = createSampleServer({
        anchorAt,
        now: clock.now,
        schedule: clock.schedule,
        ...(port > 0 ? { port } : {}),
        ...(apiKey === null ? {} : { apiKey }),
      });
      started = await server.start();
      return started;
    },
    stop,
  };
}
