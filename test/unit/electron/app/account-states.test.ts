/** How an account is shown while its provider refuses it, and when it no longer does. */
import { describe, expect, it } from "vitest";
import { createAccountStates } from "../../../../electron/app/account-states.ts";
import { createLog } from "../../../../electron/log.ts";
import type { AccountId } from "../../../../shared/domain.ts";
import { settle } from "../../../fakes/fake-clock.ts";

const ID = 3 as AccountId;

function setUp(failing = false) {
  const saved: unknown[] = [];
  const lines: string[] = [];
  const states = createAccountStates(
    async (...state) => {
      saved.push(state);
      if (failing) throw new TypeError("am_live_canary");
    },
    createLog(
      (line) => lines.push(line),
      () => 0,
    ),
  );
  return { states, saved, lines };
}

describe("an account's state", () => {
  it("says what is missing, and is fine again with the first page after that, once", () => {
    const { states, saved } = setUp();
    states.works(ID);
    states.blocked(ID, { code: "scope_missing", detail: { scope: "messages:read" } });
    states.works(ID);
    states.works(ID);
    states.blocked(ID, { code: "key_refused", detail: {} });
    expect(saved).toEqual([
      [ID, "missing_scope", "messages:read"],
      [ID, "ok", null],
      [ID, "needs_key", null],
    ]);
  });

  it("that cannot be stored is logged by its kind alone", async () => {
    const { states, lines } = setUp(true);
    states.blocked(ID, { code: "key_refused", detail: {} });
    await settle();
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: "account state not saved", accountId: ID, name: "TypeError" },
    ]);
    expect(lines.join()).not.toContain("canary");
  });
});
