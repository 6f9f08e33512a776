/**
 * Runs the embedded sample server for the sample account. The account itself is an ordinary one, over HTTP.
 *
 * The server is loaded when it is first needed: Node's HTTP server drags a whole fetch client in with it, 40 ms that every
 * start would pay. Invariant: at most one server runs; the same anchor gives the same history after every restart.
 */
import { AppError } from "../../shared/errors.ts";
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
  let stops = 0;

  async function stop(): Promise<void> {
    stops += 1;
    const running = server;
    server = null;
    started = null;
    await running?.stop();
  }

  return {
    accountName: "Harbour Street Cycles (sample)",
    async start(anchorAt, apiKey, lastBaseUrl) {
      const asked = stops;
      const { createSampleServer } = await import("../sandbox/server.ts");
      if (started !== null) return started;
      // Nobody would stop it any more.
      if (asked !== stops) throw new AppError("not_ready", "the sample was stopped before it began");
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
