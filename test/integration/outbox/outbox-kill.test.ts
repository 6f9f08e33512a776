/**
 * The promise of the outbox, under `kill -9` and a real server that drops, delays or doubles its answers:
 * nothing lost, nothing doubled, and what the app shows once it settled is what the server knows.
 *
 * `npm run test:nightly` makes the random part ten times as long.
 */
import { afterAll, describe, expect, it } from "vitest";
import { OUTBOX_MUTANTS } from "../../helpers/outbox-mutants.ts";
import type { OutboxMutant } from "../../helpers/outbox-mutants.ts";
import { bundleOutboxProcess, runCampaign } from "../../helpers/outbox-kills.ts";
import type { CampaignResult, Round } from "../../helpers/outbox-kills.ts";
import { FAILPOINTS } from "../../helpers/outbox-failpoints.ts";
import type { Failpoint } from "../../helpers/outbox-failpoints.ts";
import { seeded } from "../../helpers/seeded.ts";
import type { AgentMessageServer } from "../../servers/agentmessage.ts";

const IS_NIGHTLY = process.env["MODE"] === "nightly";
const KILLS_PER_FAILPOINT = 20;
const RANDOM_KILLS = IS_NIGHTLY ? 500 : 50;
const TIMEOUT_MS = IS_NIGHTLY ? 900_000 : 120_000;

const { script, remove } = await bundleOutboxProcess();
afterAll(remove);

const from = "window";
const KEPT = { lost: [], doubled: [], wronglyShown: [], notOneMessage: [] };

function killsAt(failpoint: Failpoint, count: number): Round[] {
  return Array.from({ length: count }, (_, index) => ({
    conversations: [index],
    failpoint,
    spoil: (server) => {
      // The request takes effect and the connection is cut: the answer is lost with it.
      if (failpoint === "answer-lost") server.fault("send", { kind: "accept-then-drop" }, { times: 1 });
    },
  }));
}

const SPOILS: readonly ((server: AgentMessageServer, at: number) => void)[] = [
  () => undefined,
  (server, after) => server.fault("send", { kind: "accept-then-drop" }, { times: 1, after }),
  (server, after) => server.fault("send", { kind: "delay", ms: 60 }, { times: 2, after }),
  (server, after) => server.fault("send", { kind: "answer-twice" }, { times: 1, after }),
  (server, after) => server.fault("send", { kind: "reset" }, { times: 1, after }),
  (server, after) => server.fault("send", { kind: "reset-mid-body" }, { times: 1, after }),
  (server, after) => server.fault("send", { kind: "status", status: 503 }, { times: 1, after }),
];

function randomKills(seed: number, count: number): Round[] {
  const random = seeded(seed);
  const pick = (below: number) => Math.floor(random() * below);
  return Array.from({ length: count }, () => {
    const spoil = SPOILS[pick(SPOILS.length)]!;
    const after = pick(4);
    const first = pick(200);
    return {
      // Two to the same thread, so that order and waiting behind an unknown take part.
      conversations: [first, first, pick(200), pick(200)],
      failpoint: null,
      killAfter: { lines: pick(14), ms: pick(15) },
      spoil: (server) => spoil(server, after),
    };
  });
}

describe.concurrent("killed at a failpoint", () => {
  it.each(FAILPOINTS)(
    `"%s", ${KILLS_PER_FAILPOINT} times: once each`,
    async (failpoint) => {
      const rounds = killsAt(failpoint, KILLS_PER_FAILPOINT);
      const result = await runCampaign({ script, rounds, canLookUp: true, from, mutant: null });
      expect(result).toEqual({ ...KEPT, accepted: KILLS_PER_FAILPOINT });
    },
    TIMEOUT_MS,
  );

  it(
    "and the provider cannot be asked by mark: the thread tells",
    async () => {
      const rounds = [...killsAt("answer-lost", 4), ...killsAt("answer-read", 4), ...killsAt("row-says-sending", 4)];
      const spread = rounds.map((round, index) => ({ ...round, conversations: [index] }));
      expect(await runCampaign({ script, rounds: spread, canLookUp: false, from, mutant: null })).toEqual({
        ...KEPT,
        accepted: 12,
      });
    },
    TIMEOUT_MS,
  );
});

it(
  `killed ${RANDOM_KILLS} times at random moments while the server drops, delays and doubles`,
  async () => {
    const half = RANDOM_KILLS / 2;
    const results = await Promise.all([
      runCampaign({ script, rounds: randomKills(1, half), canLookUp: true, from, mutant: null }),
      runCampaign({ script, rounds: randomKills(2, half), canLookUp: true, from, mutant: null }),
    ]);
    for (const { accepted, ...result } of results) {
      expect(result).toEqual(KEPT);
      // Else the kills came before anything could go wrong.
      expect(accepted).toBeGreaterThan(half);
    }
  },
  TIMEOUT_MS,
);

it(
  `scheduled, and killed ${KILLS_PER_FAILPOINT} times around its moment: once each`,
  async () => {
    const quarter = KILLS_PER_FAILPOINT / 4;
    const points = ["row-written", "row-says-sending", "answer-read", "sent-recorded"] as const;
    const rounds = points
      .flatMap((point) => killsAt(point, quarter))
      .map((round, index) => ({ ...round, conversations: [index] }));
    const result = await runCampaign({ script, rounds, canLookUp: true, from: "schedule", mutant: null });
    expect(result).toEqual({ ...KEPT, accepted: KILLS_PER_FAILPOINT });
  },
  TIMEOUT_MS,
);

describe("a reply from a notification", () => {
  it(
    `killed ${KILLS_PER_FAILPOINT} times around the moment it is stored, and delivered twice at each start: once each`,
    async () => {
      const half = KILLS_PER_FAILPOINT / 2;
      const rounds = [...killsAt("row-written", half), ...killsAt("sent-recorded", half)].map((round, index) => ({
        ...round,
        conversations: [index],
      }));
      const result = await runCampaign({ script, rounds, canLookUp: true, from: "notification", mutant: null });
      expect(result).toEqual({ ...KEPT, accepted: KILLS_PER_FAILPOINT });
    },
    TIMEOUT_MS,
  );

  it(
    "is seen to be doubled when the guard is in memory only",
    async () => {
      const rounds = killsAt("sent-recorded", 3);
      const mutant = "in-memory duplicate guard";
      const { doubled } = await runCampaign({ script, rounds, canLookUp: true, from: "notification", mutant });
      expect(doubled).not.toEqual([]);
    },
    TIMEOUT_MS,
  );
});

/** Where each mutant shows, and how. */
const CAUGHT: Readonly<Record<OutboxMutant, { at: Failpoint; by: (result: CampaignResult) => readonly string[] }>> = {
  "send before the row": { at: "answer-read", by: ({ doubled }) => doubled },
  "retry an unknown": { at: "answer-read", by: ({ doubled }) => doubled },
  "in-memory duplicate guard": { at: "sent-recorded", by: ({ doubled }) => doubled },
};

describe.concurrent("a broken outbox is caught", () => {
  it.each(OUTBOX_MUTANTS)(
    "%s",
    async (mutant) => {
      const { at, by } = CAUGHT[mutant];
      const result = await runCampaign({ script, rounds: killsAt(at, 3), canLookUp: true, from, mutant });
      expect(by(result)).not.toEqual([]);
    },
    TIMEOUT_MS,
  );
});
