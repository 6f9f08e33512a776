/**
 * The five providers as the contract suite sees them: how to start each one's server and what it is told apart by.
 */
import type { ProviderName } from "../../shared/domain.ts";
import { startAgentMessageServer } from "../servers/agentmessage.ts";
import { HIGHLEVEL_LOCATION, HIGHLEVEL_TOKEN, startHighLevelServer } from "../servers/highlevel.ts";
import { QUO_KEY, startQuoServer } from "../servers/quo.ts";
import { TWILIO_SID, TWILIO_TOKEN, startTwilioServer } from "../servers/twilio.ts";
import type { VendorServer } from "../servers/vendor-server.ts";
import { VOBIZ_ID, VOBIZ_TOKEN, startVobizServer } from "../servers/vobiz.ts";

export interface ServerUnderTest extends AsyncDisposable {
  readonly url: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** Texts of every thread a client should end up with, oldest first, by the contact's number. */
  truth(): Map<string, readonly string[]>;
  receive(index: number, text: string): void;
  addThread(text: string): void;
  remove(index: number): void;
  setLastStatus(index: number): void;
  contactOf(index: number): string;
  refuse(route: "list" | "send" | "export", status: number, headers?: Readonly<Record<string, string>>): void;
  accept(): void;
  repeatCursors(): void;
  speakOfTheFuture(): void;
  sends(): number;
  /** How often the feed of changes was asked for. */
  exports(): number;
  /** A message with a picture at this address, on a host that is not the provider's. */
  receivePicture(index: number, text: string, url: string): void;
  /** One message of a thread, the oldest being 0, deleted there. */
  deleteMessage(index: number, at: number): void;
}

export interface ProviderCase {
  readonly name: string;
  readonly provider: ProviderName;
  start(now: () => number): Promise<ServerUnderTest>;
}

function overVendor(
  server: VendorServer,
  credentials: Readonly<Record<string, string>>,
  read: string,
  options: { prefix?: string; contactOf?: (index: number) => string } = {},
): ServerUnderTest {
  const { world } = server;
  const contactOf = options.contactOf ?? ((index: number) => world.threads[index]!.contact);
  return {
    url: server.url + (options.prefix ?? ""),
    credentials,
    contactOf,
    truth: () =>
      new Map(
        world
          .listed()
          .map((thread) => [
            contactOf(thread.index),
            thread.messages.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).map(({ text }) => text),
          ]),
      ),
    receive: (index, text) => void world.append(index, "inbound", text),
    addThread: (text) => void world.add(text),
    remove: (index) => world.remove(index),
    setLastStatus(index) {
      const outbound = world.threads[index]!.messages.findLast(({ direction }) => direction === "outbound");
      world.setStatus(outbound!, read);
    },
    refuse: (route, status, headers) => server.refuse(route, status, headers),
    exports: () => server.requests("export").length,
    accept: () => server.accept(),
    repeatCursors: () => void (server.quirks.repeatCursor = true),
    speakOfTheFuture: () => void (server.quirks.future = true),
    sends: () => server.requests("send").length,
    receivePicture: (index, text, url) => void world.append(index, "inbound", text, undefined, [url]),
    deleteMessage: (index, at) => world.deleteMessage(index, at),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function startAgentMessage(now: () => number): Promise<ServerUnderTest> {
  const server = await startAgentMessageServer({
    conversations: 10,
    messages: 7,
    messagePageSize: 3,
    pageSize: 4,
    now,
  });
  return {
    url: server.baseUrl,
    credentials: { apiKey: server.apiKey },
    contactOf: (index) => server.conversation(index).contactNumber,
    truth() {
      const all = new Map<string, readonly string[]>();
      for (let index = 0; index < 20; index += 1) {
        try {
          const { contactNumber, removed } = server.conversation(index);
          if (!removed)
            all.set(
              contactNumber,
              server.messages(index).map(({ body }) => body ?? ""),
            );
        } catch {
          break;
        }
      }
      return all;
    },
    receive: (index, text) => void server.receive(index, text),
    addThread: (text) => void server.addConversation({ text }),
    remove: (index) => server.removeConversation(index),
    setLastStatus(index) {
      const outbound = server.messages(index).findLast(({ direction }) => direction === "outbound");
      server.setStatus(outbound!.id, "failed");
    },
    refuse(route, status, headers) {
      const retryAfter = headers?.["Retry-After"];
      server.fault(route === "list" ? "conversations" : "send", {
        kind: "status",
        status,
        ...(retryAfter === undefined ? {} : { retryAfter }),
      });
    },
    accept: () => server.clearFaults(),
    repeatCursors: () => void server.fault("conversations", { kind: "repeat-cursor" }),
    speakOfTheFuture: () => void server.fault("any", { kind: "unknown-fields" }),
    sends: () => server.sends.length,
    exports: () => 0,
    receivePicture: (index, text, url) => void server.receive(index, text, { mediaUrls: [url] }),
    deleteMessage() {
      throw new Error("this provider keeps its messages");
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

export const PROVIDER_CASES: readonly ProviderCase[] = [
  { name: "AgentMessage", provider: "agentmessage", start: startAgentMessage },
  {
    name: "Twilio",
    provider: "twilio",
    start: async (now) =>
      overVendor(
        await startTwilioServer({ now, key: "results" }),
        { accountSid: TWILIO_SID, authToken: TWILIO_TOKEN },
        "READ",
      ),
  },
  {
    name: "Quo",
    provider: "quo",
    async start(now) {
      const server = await startQuoServer({ now });
      const first = `${server.world.threads[0]!.contact}, +15558880001, +15558880002`;
      return overVendor(server, { apiKey: QUO_KEY }, "undelivered", {
        contactOf: (index) => (index === 0 ? first : server.world.threads[index]!.contact),
      });
    },
  },
  {
    name: "HighLevel",
    provider: "highlevel",
    start: async (now) =>
      overVendor(
        await startHighLevelServer({ now }),
        { accessToken: HIGHLEVEL_TOKEN, locationId: HIGHLEVEL_LOCATION },
        "read",
      ),
  },
  {
    name: "HighLevel, flat envelope",
    provider: "highlevel",
    start: async (now) =>
      overVendor(
        await startHighLevelServer({ now, flat: true }),
        { accessToken: HIGHLEVEL_TOKEN, locationId: HIGHLEVEL_LOCATION },
        "read",
      ),
  },
  {
    name: "Vobiz, older",
    provider: "vobiz",
    start: async (now) =>
      overVendor(await startVobizServer({ now }), { authId: VOBIZ_ID, authToken: VOBIZ_TOKEN }, "failed", {
        prefix: "/v1/messaging",
      }),
  },
  {
    name: "Vobiz, older, page ignored",
    provider: "vobiz",
    start: async (now) =>
      overVendor(
        await startVobizServer({ now, ignoresPage: true }),
        { authId: VOBIZ_ID, authToken: VOBIZ_TOKEN },
        "failed",
        { prefix: "/v1/messaging" },
      ),
  },
  {
    name: "Vobiz, newer",
    provider: "vobiz",
    start: async (now) =>
      overVendor(
        // Odd, so that the two windows of a thread stand on two pages.
        await startVobizServer({ now, generation: "newer", pageSize: 3 }),
        { authId: VOBIZ_ID, authToken: VOBIZ_TOKEN },
        "failed",
        { prefix: "/api/v1/messaging" },
      ),
  },
];
