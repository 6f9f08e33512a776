/**
 * Ten thousand random calls over the real bridge: every one is answered, none is taken for something it is not, and
 * what is in the cache stays as it is.
 */
import type { Page } from "playwright/test";
import { calls } from "../../shared/ipc.ts";
import type { CallName } from "../../shared/ipc.ts";
import { seeded } from "../helpers/seeded.ts";
import { callSamples } from "../unit/electron/ipc/contract-samples.ts";
import { connect, expect, test } from "./fixtures.ts";

const CALLS = 10_000;
const BATCH = 500;
const names = Object.keys(calls) as CallName[];
const NO_CALLS = [
  "",
  "__proto__",
  "constructor",
  "toString",
  "app.State",
  "app.state ",
  "threadkeep:invoke",
  "eval",
  "db.exec",
];

type Call = readonly [name: unknown, input: unknown];

/** Calls that the contract refuses: no such name, or an input that is not what the name asks for. */
function refusedCalls(count: number): Call[] {
  const random = seeded(20_261_121);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const value = (depth = 0): unknown =>
    pick<() => unknown>([
      () => null,
      () => undefined,
      () => random() < 0.5,
      () => Math.floor(random() * 1e6) - 5e5,
      () => pick([NaN, Infinity, -0, 2 ** 53, 1e308, 0.1]),
      () => 10n,
      () => new Date(Math.floor(random() * 1e12)),
      () =>
        pick([
          "",
          "x",
          "1",
          "'; DROP TABLE messages; --",
          "\u0000",
          "../../etc/passwd",
          "javascript:1",
          "x".repeat(30_000),
        ]),
      () => (depth > 3 ? [] : Array.from({ length: Math.floor(random() * 4) }, () => value(depth + 1))),
      () =>
        depth > 3
          ? {}
          : Object.fromEntries(
              Array.from({ length: Math.floor(random() * 4) }, () => [
                pick([
                  "id",
                  "limit",
                  "text",
                  "constructor",
                  "view",
                  "accountId",
                  "settings",
                  "credentials",
                  "toString",
                ]),
                value(depth + 1),
              ]),
            ),
    ])();
  /** A good input with one thing wrong. */
  const bent = (name: CallName): unknown => {
    const good: unknown = callSamples[name].input;
    if (typeof good !== "object" || good === null || Array.isArray(good)) return value();
    const keys = Object.keys(good);
    const key = pick([...keys, "extra"]);
    const copy: Record<string, unknown> = { ...good };
    if (random() < 0.3) delete copy[key];
    else copy[key] = value();
    return copy;
  };
  const made: Call[] = [];
  while (made.length < count) {
    const roll = random();
    const name: unknown = roll < 0.1 ? pick(NO_CALLS) : roll < 0.15 ? value() : pick(names);
    const isKnown = typeof name === "string" && Object.hasOwn(calls, name);
    const input = isKnown && random() < 0.6 ? bent(name as CallName) : value();
    if (!isKnown || !calls[name as CallName].input.safeParse(input).success) made.push([name, input]);
  }
  return made;
}

interface Answer {
  readonly ok: unknown;
  readonly code: unknown;
  readonly keys: string;
}

const ask = (page: Page, batch: readonly Call[]): Promise<Answer[]> =>
  page.evaluate(
    (all) =>
      Promise.all(
        all.map(async ([name, input]) => {
          const invoke = window.threadkeep.invoke as (name: unknown, input: unknown) => Promise<unknown>;
          const answer = (await invoke(name, input)) as { ok: unknown; error?: { code: unknown } };
          return { ok: answer.ok, code: answer.error?.code, keys: Object.keys(answer).join() };
        }),
      ),
    batch as [unknown, unknown][],
  );

/** Everything a window can read of the cache. */
async function snapshot(page: Page): Promise<unknown> {
  const text = await page.evaluate(async () => {
    const { invoke } = window.threadkeep;
    const rows = await invoke("conversations.window", {
      view: "all",
      accountId: null,
      numberId: null,
      offset: 0,
      limit: 200,
      keepId: null,
    });
    const ids = rows.ok ? rows.value.rows.map(({ id }) => id).slice(0, 10) : [];
    const rest = await Promise.all([
      invoke("accounts.list"),
      invoke("settings.get"),
      invoke("conversations.counts"),
      invoke("outbox.list"),
      invoke("lock.state"),
      ...ids.map((id) => invoke("drafts.get", { conversationId: id })),
      ...ids.map((id) => invoke("thread.page", { conversationId: id, before: null, limit: 50 })),
    ]);
    // When a thread was last looked at is a time, not content.
    return JSON.stringify([rows, rest], (key, value: unknown) => (key === "checkedAt" ? null : value));
  });
  return JSON.parse(text) as unknown;
}

test("10,000 calls that the contract refuses: all are answered with a refusal, nothing changes, nothing crashes", async ({
  app,
  server,
}) => {
  test.setTimeout(90_000);
  const page = await app.start();
  await connect(page, server);
  // Threads are fetched in the background: what is compared must be at rest.
  const isAtRest = async () => !JSON.stringify(await snapshot(page)).includes('"complete":false');
  await expect.poll(isAtRest, { timeout: 20_000 }).toBe(true);
  const before = await snapshot(page);
  expect(JSON.stringify(before)).toContain("Pelican");
  const crashed: string[] = [];
  page.on("crash", () => crashed.push("page"));

  const made = refusedCalls(CALLS);
  expect(new Set(made.map(([name]) => name)).size).toBeGreaterThan(names.length);
  const counts = new Map<unknown, number>();
  for (let at = 0; at < CALLS; at += BATCH) {
    for (const { ok, code, keys } of await ask(page, made.slice(at, at + BATCH))) {
      const kind = ok === false && keys === "ok,error" ? code : `no refusal: ${String(ok)} ${keys}`;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  expect([...counts.keys()].map(String).toSorted()).toEqual(["bad_input", "unknown_call"]);
  expect(counts.get("bad_input")).toBeGreaterThan(5_000);
  expect(counts.get("unknown_call")).toBeGreaterThan(500);
  expect(crashed).toEqual([]);
  expect(await snapshot(page)).toEqual(before);
  // And it still does what it should.
  const [good] = await ask(page, [["sync.now", undefined]]);
  expect(good).toEqual({ ok: true, code: undefined, keys: "ok,value" });
});
