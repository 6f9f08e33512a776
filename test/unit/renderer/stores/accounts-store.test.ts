import { describe, expect, it } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { createAccountsStore, visibleAccounts } from "../../../../renderer/stores/accounts-store.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";
import { fakeAccount } from "../../../fakes/fake-data.ts";

async function setUp() {
  const fake = createFakeBridge({ accounts: [fakeAccount(1), fakeAccount(2)] });
  const accounts = createAccountsStore(createBridgeClient(fake.bridge));
  await accounts.load();
  return { fake, accounts, visible: () => visibleAccounts(accounts.getState()).map((account) => account.id) };
}
const SECRET = "am_live_canary_4711";

describe("the accounts store", () => {
  it("keeps no credential, neither after success nor after failure", async () => {
    const { fake, accounts } = await setUp();
    const input = {
      provider: "agentmessage",
      name: "New",
      baseUrl: "https://api.agentmsg.io",
      credentials: { apiKey: SECRET },
    } as const;
    await accounts.connect(input);
    fake.fail("accounts.replaceKey", "key_refused");
    await expect(accounts.replaceKey(fakeAccount(1).id, { apiKey: SECRET })).rejects.toMatchObject({
      code: "key_refused",
    });
    expect(JSON.stringify(accounts.getState())).not.toContain(SECRET);
    expect(accounts.getState().accounts).toHaveLength(3);
  });

  it("does not disconnect before the time to take it back is over", async () => {
    const { fake, accounts, visible } = await setUp();
    accounts.prepareDisconnect(fakeAccount(1).id);
    expect(visible()).toEqual([2]);
    expect(fake.countOf("accounts.disconnect")).toBe(0);
    accounts.undoDisconnect(fakeAccount(1).id);
    await accounts.commitDisconnect(fakeAccount(1).id);
    expect(fake.countOf("accounts.disconnect")).toBe(0);
    expect(visible()).toEqual([1, 2]);
  });

  it("disconnects once, and shows the account again when that fails", async () => {
    const { fake, accounts, visible } = await setUp();
    accounts.prepareDisconnect(fakeAccount(1).id);
    fake.fail("accounts.disconnect", "disk_error");
    await expect(accounts.commitDisconnect(fakeAccount(1).id)).rejects.toMatchObject({ code: "disk_error" });
    expect(visible()).toEqual([1, 2]);
    fake.fail("accounts.disconnect", null);
    accounts.prepareDisconnect(fakeAccount(1).id);
    await accounts.commitDisconnect(fakeAccount(1).id);
    await accounts.commitDisconnect(fakeAccount(1).id);
    expect(visible()).toEqual([2]);
    expect(fake.countOf("accounts.disconnect")).toBe(2);
  });

  it("keeps an account's place when it is renamed", async () => {
    const { accounts, visible } = await setUp();
    await accounts.rename(fakeAccount(1).id, "Front desk");
    expect(visible()).toEqual([1, 2]);
    expect(accounts.getState().accounts?.[0]?.name).toBe("Front desk");
  });

  it("drops a list that a push overtook", async () => {
    const { fake, accounts } = await setUp();
    const release = fake.hold("accounts.list");
    const loading = accounts.load();
    accounts.receive([]);
    release();
    await loading;
    expect(accounts.getState().accounts).toEqual([]);
  });
});
