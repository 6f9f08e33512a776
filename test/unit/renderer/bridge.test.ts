import { describe, expect, it } from "vitest";
import { createBridgeClient } from "../../../renderer/bridge.ts";
import { AppError } from "../../../shared/errors.ts";
import type { Bridge } from "../../../shared/ipc.ts";
import { createFakeBridge } from "../../fakes/fake-bridge.ts";

describe("the bridge client", () => {
  it("turns outcomes into values", async () => {
    const client = createBridgeClient(createFakeBridge().bridge);
    expect(await client.call("accounts.list")).toHaveLength(1);
  });

  it("throws the failure as an AppError with its code and facts", async () => {
    const fake = createFakeBridge();
    fake.fail("accounts.connectSample", "scope_missing", { scope: "x" });
    const error = await createBridgeClient(fake.bridge)
      .call("accounts.connectSample")
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "scope_missing", detail: { scope: "x" } });
  });

  it("makes an AppError of a bridge that itself breaks", async () => {
    const broken: Bridge = {
      invoke: () => Promise.reject(new TypeError("no clone")),
      subscribe: () => () => undefined,
    };
    await expect(createBridgeClient(broken).call("app.state")).rejects.toMatchObject({ code: "internal" });
  });
});
