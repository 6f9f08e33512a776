/**
 * The account service over the real database worker and session secrets, for one test.
 *
 * Runtimes, the sample server and the network are stand-ins that remember what was asked of them. A crash is a
 * step that throws; what follows it is a new service over the same database and vault.
 */
import { onTestFinished } from "vitest";
import type { AccountRuntime } from "../../../../electron/app/account-runtime.ts";
import { createAccountService } from "../../../../electron/app/account-service.ts";
import type { AccountService, ConnectInput } from "../../../../electron/app/account-service.ts";
import { createAccountVault } from "../../../../electron/app/account-vault.ts";
import { createSessionSecrets } from "../../../../electron/app/secrets.ts";
import type { Secrets } from "../../../../electron/app/secrets.ts";
import { createDbClient } from "../../../../electron/db/client.ts";
import type { DbClient } from "../../../../electron/db/client.ts";
import type { Fetch } from "../../../../electron/providers/http.ts";
import type { Account } from "../../../../shared/domain.ts";
import { AppError } from "../../../../shared/errors.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

const WORKER = new URL("../../../../electron/db/worker.ts", import.meta.url);
export const KEY = "am_live_canary_0123456789";
export const OTHER_KEY = "am_live_canary_9876543210";
export const SAMPLE_KEY = "am_live_sample_0123456789";
export const INPUT: ConnectInput = {
  provider: "agentmessage",
  name: "Front desk",
  baseUrl: "https://api.test/v1/",
  credentials: { apiKey: ` ${KEY} ` },
};

export async function openDb(): Promise<DbClient> {
  const client = createDbClient({ workerUrl: WORKER });
  onTestFinished(() => client.close());
  await client.open({ path: ":memory:", key: new Uint8Array(32).fill(7), keyIsNew: true, now: 0 });
  return client;
}

/** A step that fails once, before or after it took effect. */
export interface Crash {
  readonly step: string;
  readonly when: "before" | "after";
}

function breaking<T>(crash: Crash | null, step: string, work: () => Promise<T>): Promise<T> {
  if (crash?.step !== step) return work();
  const died = () => Promise.reject(new AppError("disk_error", `crash at ${step}`));
  return crash.when === "before" ? died() : work().then(died);
}

export interface Rig {
  readonly service: AccountService;
  readonly db: DbClient;
  readonly secrets: Secrets;
  /** Runtimes' lives, in order: `start 1`, `stop 1`, `key 1 …`. */
  readonly events: string[];
  readonly announced: Account[][];
  readonly removals: { count: number };
  readonly requests: string[];
  crash: Crash | null;
  /** Resolves a held request; null: requests are answered at once. */
  hold: Promise<void> | null;
  /** Keys the provider no longer takes. */
  readonly revoked: Set<string>;
  sampleBaseUrl: string;
  vaultUids(): string[];
  rowCount(): Promise<number>;
  /** The same device after a restart. */
  restart(lost?: { db?: DbClient; secrets?: Secrets }): Promise<Rig>;
}

export async function setUp(db?: DbClient, secrets = createSessionSecrets()): Promise<Rig> {
  const realDb = db ?? (await openDb());
  const events: string[] = [];
  const announced: Account[][] = [];
  const removals = { count: 0 };
  const requests: string[] = [];
  const clock = createFakeClock();
  const vault = createAccountVault(secrets);
  const dyingDb: DbClient = {
    ...realDb,
    call: (name, input) => breaking(rig.crash, name, () => realDb.call(name, input)),
  };
  const fetch: Fetch = async (url, init) => {
    const { Authorization: key } = init.headers as Record<string, string>;
    requests.push(`${url} ${key}`);
    await rig.hold;
    const isGood = [KEY, OTHER_KEY, SAMPLE_KEY].some((good) => key === `Bearer ${good}` && !rig.revoked.has(good));
    return isGood
      ? Response.json({ success: true, data: [], meta: { next_cursor: null } })
      : Response.json({ success: false, error: { code: "UNAUTHORIZED" } }, { status: 401 });
  };

  function createRuntime(account: Account, credentials: Readonly<Record<string, string>>): AccountRuntime {
    const { id } = account;
    return {
      account,
      start: () =>
        breaking(rig.crash, "runtime.start", async () => void events.push(`start ${id} ${credentials["apiKey"]}`)),
      stop: () => breaking(rig.crash, "runtime.stop", async () => void events.push(`stop ${id}`)),
      credentialsReplaced: (keys, generation) => void events.push(`key ${id} ${keys["apiKey"]} ${generation}`),
      wake: () => {},
      recheck: () => void events.push(`recheck ${id}`),
      setFocused: () => {},
      open: () => {},
      tellRead: () => {},
      fetchMedia: () => null,
      suspend: () => {},
      resume: () => {},
      dispatch: () => {},
      status: () => ({ accountId: id, phase: { kind: "up_to_date" }, lastCompletedAt: null }),
    };
  }

  const service = createAccountService({
    db: dyingDb,
    vault: { ...vault, delete: (uid) => breaking(rig.crash, "vault.delete", () => vault.delete(uid)) },
    fetch,
    clock,
    sample: {
      accountName: "Sample",
      async start(anchorAt, apiKey, lastBaseUrl) {
        events.push(`sample ${apiKey === null ? "new" : "again"} ${lastBaseUrl ?? "-"}`);
        return { baseUrl: rig.sampleBaseUrl, apiKey: apiKey ?? (anchorAt > 0 ? SAMPLE_KEY : "") };
      },
      stop: async () => void events.push("sample stop"),
    },
    createRuntime,
    onAccounts: (accounts) => void announced.push(accounts),
    onRemoved: () => void (removals.count += 1),
  });

  const rig: Rig = {
    service,
    db: realDb,
    secrets,
    events,
    announced,
    removals,
    requests,
    crash: null,
    hold: null,
    revoked: new Set(),
    sampleBaseUrl: "http://127.0.0.1:4010",
    vaultUids: () => vault.uids(),
    rowCount: async () => (await realDb.call("accounts.list", undefined)).length,
    restart: (lost = {}) => setUp(lost.db ?? realDb, lost.secrets ?? secrets),
  };
  return rig;
}
