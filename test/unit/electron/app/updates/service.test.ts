/** Updates from the first look to the restart: nothing unverified is installed, nobody is disturbed, no network is no news. */
import { describe, expect, it } from "vitest";
import type { UpdaterPort } from "../../../../../electron/app/updates/port.ts";
import {
  CHECK_EVERY_MS,
  FIRST_CHECK_MS,
  TYPING_MS,
  createUpdates,
} from "../../../../../electron/app/updates/service.ts";
import type { Refusal } from "../../../../../electron/app/updates/verify.ts";
import { createLog } from "../../../../../electron/log.ts";
import { AppError } from "../../../../../shared/errors.ts";
import type { UpdateState } from "../../../../../shared/updates.ts";
import { createFakeClock } from "../../../../fakes/fake-clock.ts";

function setUp(change: Partial<UpdaterPort> = {}, refusal: Refusal | null = null, isOff = false) {
  const clock = createFakeClock();
  const events: string[] = [];
  const states: UpdateState[] = [];
  const world: { sending: number | Error } = { sending: 0 };
  const port: UpdaterPort = {
    async check() {
      events.push("check");
      return { version: "1.3.0", sha512: "hash", size: 3 };
    },
    async download(onPercent) {
      onPercent(40.7);
      onPercent(250);
      return "/updates/file";
    },
    signature: async () => "signature",
    discard: async (file) => void events.push(`discard ${file}`),
    install(restart) {
      events.push(`install ${restart ? "and start" : "and end"}`);
      return true;
    },
    ...change,
  };
  const updates = createUpdates({
    port: isOff ? null : port,
    offReason: "not_configured",
    clock,
    log: createLog(() => {}, clock.now),
    findRefusal: async (file, offer, signature) => {
      events.push(`verify ${file} ${offer.version} ${signature}`);
      return refusal;
    },
    async countSending() {
      if (world.sending instanceof Error) throw world.sending;
      return world.sending;
    },
    quit: () => void events.push("quit"),
    onChanged: (state) => states.push(state),
  });
  return { updates, clock, events, states, world };
}

describe("looking for updates", () => {
  it("fetches, verifies and is ready, and restarts nothing by itself", async () => {
    const { updates, clock, events, states } = setUp();
    updates.start();
    await clock.advance(FIRST_CHECK_MS);
    expect(states.map(({ kind }) => kind)).toEqual(["checking", "available", "downloading", "downloading", "ready"]);
    expect(states.filter(({ kind }) => kind === "downloading")).toMatchObject([{ percent: 40 }, { percent: 100 }]);
    await clock.advance(5 * CHECK_EVERY_MS);
    expect(events).toEqual(["check", "verify /updates/file 1.3.0 signature"]);
    expect(updates.state()).toEqual({ kind: "ready", version: "1.3.0" });
    updates.stop();
  });

  it("looks again later when there was nothing, or no network", async () => {
    let answers: (() => Promise<null>)[] = [async () => null, () => Promise.reject(new TypeError("net::ERR"))];
    const { updates, clock, states } = setUp({
      check: () => {
        const [next = async () => null, ...rest] = answers;
        answers = rest;
        return next();
      },
    });
    updates.start();
    await clock.advance(FIRST_CHECK_MS);
    expect(updates.state()).toEqual({ kind: "idle", checkedAt: clock.now() });
    await clock.advance(CHECK_EVERY_MS);
    expect(updates.state()).toEqual({ kind: "failed", reason: "unreachable" });
    await clock.advance(CHECK_EVERY_MS);
    expect(updates.state().kind).toBe("idle");
    expect(states).toHaveLength(6);
    updates.stop();
  });

  it("throws away what was refused, and a download without a signature is not ready", async () => {
    for (const refusal of ["older", "truncated", "wrong_file", "wrong_signature"] as const) {
      const { updates, events } = setUp({}, refusal);
      expect(await updates.check()).toEqual({ kind: "failed", reason: "refused" });
      expect(events.at(-1)).toBe("discard /updates/file");
      expect([await updates.installsOnQuit(), (await updates.restart()).kind]).toEqual([false, "failed"]);
      expect(events).not.toContain("quit");
    }
    const unsigned = setUp({ signature: () => Promise.reject(new Error("404")) });
    expect(await unsigned.updates.check()).toEqual({ kind: "failed", reason: "unreachable" });
    expect(await unsigned.updates.installsOnQuit()).toBe(false);
  });

  it("is off without a place to ask", async () => {
    const { updates, clock, events } = setUp({}, null, true);
    updates.start();
    await clock.advance(CHECK_EVERY_MS);
    expect(await updates.check()).toEqual({ kind: "off", reason: "not_configured" });
    expect([await updates.installsOnQuit(), updates.installNow()]).toEqual([false, false]);
    expect(events).toEqual([]);
  });

  it("does not look twice at once", async () => {
    const { updates, events } = setUp();
    await Promise.all([updates.check(), updates.check()]);
    await updates.check();
    expect(events.filter((event) => event === "check")).toHaveLength(1);
  });
});

describe("restarting", () => {
  it("waits while a reply is sent, says so, and goes on by itself", async () => {
    const { updates, clock, events, world } = setUp();
    await updates.check();
    world.sending = 1;
    expect(await updates.restart()).toEqual({ kind: "waiting", version: "1.3.0", busy: "sending" });
    await clock.advance(60_000);
    expect(events).not.toContain("quit");
    world.sending = 0;
    await clock.advance(1_000);
    expect(events.at(-1)).toBe("quit");
    expect([await updates.installsOnQuit(), updates.installNow(), events.at(-1)]).toEqual([
      true,
      true,
      "install and start",
    ]);
  });

  it("waits until typing has stopped; an emptied box is nothing to wait for", async () => {
    const { updates, clock, events } = setUp();
    await updates.check();
    updates.typed(false);
    expect(await updates.restart()).toMatchObject({ kind: "waiting", busy: "typing" });
    await clock.advance(TYPING_MS - 2_000);
    updates.typed(false);
    await clock.advance(TYPING_MS - 2_000);
    expect(events).not.toContain("quit");
    updates.typed(true);
    await clock.advance(1_000);
    expect(events.at(-1)).toBe("quit");
  });

  it("waits while a broken cache cannot say whether a reply is sent, and goes on when it can", async () => {
    const { updates, clock, events, world } = setUp();
    await updates.check();
    world.sending = new AppError("db_damaged");
    expect(await updates.restart()).toMatchObject({ kind: "waiting", busy: "sending" });
    await clock.advance(5_000);
    expect(events).not.toContain("quit");
    world.sending = 0;
    await clock.advance(1_000);
    expect(events.at(-1)).toBe("quit");
  });

  it("does nothing before something is ready", async () => {
    const { updates, events } = setUp();
    expect((await updates.restart()).kind).toBe("idle");
    expect(events).toEqual([]);
  });
});

describe("quitting", () => {
  it("installs what is ready, without a new start", async () => {
    const { updates, events } = setUp();
    await updates.check();
    updates.typed(false); // drafts are stored
    expect([await updates.installsOnQuit(), updates.installNow(), events.at(-1)]).toEqual([
      true,
      true,
      "install and end",
    ]);
  });

  it("does not install over a reply on its way", async () => {
    const { updates, world } = setUp();
    await updates.check();
    world.sending = 1;
    expect(await updates.installsOnQuit()).toBe(false);
  });

  it("ends without installing when the cache cannot say: the app must still end", async () => {
    const { updates, world } = setUp();
    await updates.check();
    world.sending = new AppError("db_damaged");
    expect(await updates.installsOnQuit()).toBe(false);
  });
});
