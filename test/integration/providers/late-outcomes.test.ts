/** What becomes of replies later than the send: a decision that takes long, a window that shuts, a read elsewhere. */
import { describe, expect, it } from "vitest";
import { REPLY_WINDOW_MS } from "../../../shared/capabilities.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { connectAccount } from "../../helpers/provider-harness.ts";
import { messagesOf, textsOf } from "../../helpers/test-database.ts";
import { HIGHLEVEL_LOCATION, HIGHLEVEL_TOKEN, startHighLevelServer } from "../../servers/highlevel.ts";
import { TWILIO_SID, TWILIO_TOKEN, startTwilioServer } from "../../servers/twilio.ts";
import { VOBIZ_ID, VOBIZ_TOKEN, startVobizServer } from "../../servers/vobiz.ts";

describe("a Twilio Action that is still pending after eight seconds", () => {
  const slow = async (action: "COMPLETED" | "FAILED") => {
    const clock = createFakeClock();
    const server = await startTwilioServer({ now: () => clock.now(), looks: 8, action, threads: 2 });
    const credentials = { accountSid: TWILIO_SID, authToken: TWILIO_TOKEN };
    const account = await connectAccount({ provider: "twilio", url: server.url, credentials, clock });
    await account.until("both are here", () => account.rows().length === 2);
    const { id } = account.rows()[0]!;
    await account.until("its thread is here", () => messagesOf(account.db, id).length === 7);
    account.send(id, "On our way");
    await account.until("it is shown", () => textsOf(account.db, id).includes("On our way"));
    expect(account.outboxOf(id)).toEqual([]);
    const dispose = async () => {
      await account[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    };
    return { account, server, id, [Symbol.asyncDispose]: dispose };
  };

  it("and fails ends as a failed reply with its words, sent once", async () => {
    await using rig = await slow("FAILED");
    const { account, server, id } = rig;
    await account.until("it failed", () => account.outboxOf(id).length > 0);
    expect(account.outboxOf(id)).toEqual([{ state: "failed", code: "rejected" }]);
    expect(textsOf(account.db, id)).not.toContain("On our way");
    expect(account.rows().find((row) => row.id === id)!.preview).not.toMatchObject({ text: "On our way" });
    expect(server.requests("send")).toHaveLength(1);
    await account.pass(600_000);
    expect(account.outboxOf(id)).toEqual([{ state: "failed", code: "rejected" }]);
  });

  it("and completes is one message, no longer asked about", async () => {
    await using rig = await slow("COMPLETED");
    const { account, server, id } = rig;
    const statusOf = () =>
      messagesOf(account.db, id).find(({ body }) => body.kind === "text" && body.text === "On our way");
    expect(statusOf()!.status).toBe("queued");
    await account.until("it is decided", () => statusOf()!.status !== "queued");
    await account.pass(120_000);
    expect(textsOf(account.db, id).filter((text) => text === "On our way")).toHaveLength(1);
    const looks = () => server.requests("other").filter(({ path }) => path.includes("/Actions/")).length;
    const before = looks();
    await account.pass(600_000);
    expect(looks()).toBe(before);
  });
});

describe("WhatsApp's 24 hours", () => {
  it("shut between queue and dispatch: nothing leaves, the words stay", async () => {
    const clock = createFakeClock();
    // The contact wrote nearly a day ago.
    let agoMs = REPLY_WINDOW_MS - 600_000;
    const server = await startVobizServer({ now: () => clock.now() - agoMs, threads: 2 });
    agoMs = 0;
    const url = `${server.url}/v1/messaging`;
    const credentials = { authId: VOBIZ_ID, authToken: VOBIZ_TOKEN };
    const account = await connectAccount({ provider: "vobiz", url, credentials, clock });
    await account.until("both are here", () => account.rows().length === 2);
    const { id } = account.rows()[0]!;
    await account.until("its thread is here", () => messagesOf(account.db, id).length === 7);
    // The provider is away until the window has shut.
    server.refuse("send", 429, { "Retry-After": "3600" });
    account.send(id, "Nearly too late");
    await account.until("it waits", () => account.outboxOf(id)[0]?.code === "rate_limited");
    server.accept();
    const sends = server.requests("send").length;
    await account.until("it is held", () => account.outboxOf(id)[0]?.state === "failed");
    expect(account.outboxOf(id)).toEqual([{ state: "failed", code: "window_shut" }]);
    expect(server.requests("send")).toHaveLength(sends);
    await account[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
});

describe("HighLevel's unread count", () => {
  it("that another device clears is cleared here", async () => {
    const clock = createFakeClock();
    const server = await startHighLevelServer({ now: () => clock.now(), threads: 3 });
    const credentials = { accessToken: HIGHLEVEL_TOKEN, locationId: HIGHLEVEL_LOCATION };
    const account = await connectAccount({ provider: "highlevel", url: server.url, credentials, clock });
    await account.until("all are here", () => account.rows().length === 3);
    server.world.append(1, "inbound", "Hello?");
    const unread = () =>
      account.rows().find(({ contactNumber }) => contactNumber === server.world.threads[1]!.contact)!;
    await account.until("it is unread", () => unread().unreadCount > 0);
    server.world.threads[1]!.unread = 0;
    await account.until("it is read", () => unread().unreadCount === 0);
    expect(unread().lastDirection).toBe("inbound");
    await account[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
});
