/**
 * Runs checks one after the other and makes the one object that is printed.
 *
 * Invariants: a check that throws or never ends has failed and the next one still runs; nothing but what a check says
 * and the code of an error is printed, so no path, key or text of a person can be in it.
 */
import { failureOf } from "../../../shared/errors.ts";
import type { Clock } from "../../sync/ports.ts";

export interface Check {
  readonly name: string;
  /** Answers with what it found, in a few words. @throws CheckFailed, or anything else, when it did not hold */
  readonly run: () => Promise<string>;
}

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly ms: number;
}

export interface Report {
  readonly ok: boolean;
  readonly version: string;
  readonly checks: readonly CheckResult[];
}

/** Its message is made for the report and printed. */
export class CheckFailed extends Error {
  override readonly name = "CheckFailed";
}

/** @throws CheckFailed with `what` */
export function hold(condition: boolean, what: string): void {
  if (!condition) throw new CheckFailed(what);
}

export const CHECK_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

export async function runChecks(version: string, checks: readonly Check[], clock: Clock): Promise<Report> {
  const results: CheckResult[] = [];
  for (const check of checks) results.push(await runCheck(check, clock));
  return { ok: results.every(({ ok }) => ok), version, checks: results };
}

async function runCheck({ name, run }: Check, clock: Clock): Promise<CheckResult> {
  const startedAt = clock.now();
  const result = (ok: boolean, detail: string): CheckResult => ({ name, ok, detail, ms: clock.now() - startedAt });
  let cancel = () => {};
  const tooLong = new Promise<never>((_resolve, reject) => {
    cancel = clock.schedule(CHECK_TIMEOUT_MS, () =>
      reject(new CheckFailed(`no answer in ${CHECK_TIMEOUT_MS / 1000} s`)),
    );
  });
  try {
    return result(true, await Promise.race([run(), tooLong]));
  } catch (error) {
    return result(false, describe(error));
  } finally {
    cancel();
  }
}

/** An unforeseen error's message may hold a path or more: its name and code say enough to search for. */
function describe(error: unknown): string {
  if (error instanceof CheckFailed) return error.message;
  const { code } = failureOf(error);
  return `failed: ${code} (${error instanceof Error ? error.name : typeof error})`;
}

/** Asks again until the answer is not null. The check's own timeout ends a wait that has no end. */
export async function until<T>(clock: Clock, ask: () => Promise<T | null>): Promise<T> {
  const giveUpAt = clock.now() + CHECK_TIMEOUT_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (clock.now() >= giveUpAt) throw new CheckFailed("no answer");
    await new Promise<void>((resolve) => clock.schedule(POLL_MS, resolve));
  }
}
