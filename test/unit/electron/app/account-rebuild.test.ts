/** Building an account anew: the provider is asked first, the account goes on whatever happens, once at a time. */
import { describe, expect, it } from "vitest";
import type { AccountId } from "../../../../shared/domain.ts";
import { T0, remoteConversation } from "../../../helpers/test-database.ts";
import { INPUT, KEY, setUp } from "./account-rig.ts";
import type { Rig } from "./account-rig.ts";

async function connected(): Promise<{ rig: Rig; id: AccountId; held: () => Promise<number> }> {
  const rig = await setUp();
  const { id } = await rig.service.connect(INPUT);
  await rig.db.call("sync.commitConversations", {
    accountId: id,
    generation: 1,
    kind: "list",
    items: [remoteConversation()],
    rejected: [],
    pass: null,
    mark: T0,
    now: T0,
  });
  rig.events.length = 0;
  rig.requests.length = 0;
  const held = async () => (await rig.db.call("storage.report", undefined)).accounts[0]!.conversations;
  return { rig, id, held };
}

describe("a rebuild", () => {
  it("asks the provider, forgets the rows, starts the account again and asks for the purge", async () => {
    const { rig, id, held } = await connected();
    expect(await held()).toBe(1);
    await rig.service.rebuild(id);
    expect(rig.requests).toHaveLength(1);
    expect(rig.events).toEqual([`stop ${id}`, `start ${id} ${KEY}`]);
    expect([await held(), rig.removals.count, rig.vaultUids().length]).toEqual([0, 1, 1]);
    expect(rig.announced.at(-1)).toMatchObject([{ id, state: "ok" }]);
  });

  it("forgets nothing when the provider does not answer for it", async () => {
    const { rig, id, held } = await connected();
    rig.revoked.add(KEY);
    await expect(rig.service.rebuild(id)).rejects.toMatchObject({ code: "key_refused" });
    expect([await held(), rig.events, rig.removals.count]).toEqual([1, [], 0]);
  });

  it("goes on as before when the rows could not be forgotten", async () => {
    const { rig, id, held } = await connected();
    rig.crash = { step: "storage.rebuild", when: "before" };
    await expect(rig.service.rebuild(id)).rejects.toMatchObject({ code: "disk_error" });
    expect(rig.events).toEqual([`stop ${id}`, `start ${id} ${KEY}`]);
    expect([await held(), rig.removals.count]).toEqual([1, 0]);
  });

  it("does not bring back an account that was disconnected while the provider was asked", async () => {
    const { rig, id } = await connected();
    const answer = Promise.withResolvers<void>();
    rig.hold = answer.promise;
    const rebuilding = rig.service.rebuild(id);
    await rig.service.disconnect(id);
    answer.resolve();
    await expect(rebuilding).rejects.toMatchObject({ code: "not_found" });
    expect([rig.events, rig.vaultUids()]).toEqual([[`stop ${id}`], []]);
  });

  it("of an account that is not there says so", async () => {
    const { rig } = await connected();
    await expect(rig.service.rebuild(99 as AccountId)).rejects.toMatchObject({ code: "not_found" });
  });
});
