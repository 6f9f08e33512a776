/** States of the app worth looking at, by name. Each returns a fake bridge ready to be mounted. */
import { REPLY_WINDOW_MS } from "../../shared/capabilities.ts";
import type { ConversationId } from "../../shared/domain.ts";
import type { MediaItem } from "../../shared/media.ts";
import type { FakeBridge } from "../fakes/fake-bridge.ts";
import { createFakeBridge, FAKE_NOW } from "../fakes/fake-bridge.ts";
import { fakeFile } from "../fakes/fake-attachments.ts";
import { fakeAccount } from "../fakes/fake-data.ts";
import { writing } from "./composer-scenario.ts";
import { fakeMedia } from "../fakes/fake-media.ts";

const DAY = 86_400_000;
const id = (value: number) => value as ConversationId;

const TWO_ACCOUNTS = [
  fakeAccount(1),
  fakeAccount(2, { name: "Harbor Bike Repair", provider: "twilio", baseUrl: "https://conversations.twilio.com" }),
];

/** An inbox in which every kind of row and bubble occurs on the first screen. */
function inbox(rows: number): FakeBridge {
  const fake = createFakeBridge({ conversations: rows });
  const redaction = { by: "provider" as const, at: FAKE_NOW - 4 * DAY, removedHereAt: FAKE_NOW - 4 * DAY + 3_600_000 };
  fake.change(id(1), { contactName: "Dana Reyes", consent: { state: "opted_in", since: FAKE_NOW - 200 * DAY } });
  fake.consents.set(id(1), [
    {
      consent: { state: "opted_in", since: FAKE_NOW - 200 * DAY },
      observedAt: FAKE_NOW - 200 * DAY,
      source: "provider",
    },
    {
      consent: { state: "opted_out", since: FAKE_NOW - 231 * DAY },
      observedAt: FAKE_NOW - 231 * DAY,
      source: "provider",
    },
    {
      consent: { state: "opted_in", since: FAKE_NOW - 420 * DAY },
      observedAt: FAKE_NOW - 240 * DAY,
      source: "provider",
    },
  ]);
  fake.change(id(3), { preview: { kind: "redacted", redaction }, lastDirection: "inbound" });
  fake.change(id(4), { draft: "Thanks for asking! The crown would be" });
  fake.change(id(5), { contactName: "نور حداد", preview: { kind: "text", text: "مرحبا، هل يمكنني تغيير موعدي؟" } });
  fake.change(id(6), { consent: { state: "opted_out", since: FAKE_NOW - 2 * DAY }, contactName: "Tom Okafor" });
  fake.change(id(7), { consent: { state: "unknown", since: null }, contactName: null });
  fake.change(id(8), { preview: { kind: "missing" } });
  fake.addOutbox(id(1), "Tuesday 9:40 it is. See you then!", "queued");
  fake.addOutbox(id(2), "Your crown is ready, come by any time.", "failed", { code: "timeout", detail: {} });
  fake.addOutbox(id(7), "We have a free slot at 15:10 today.", "unknown", { code: "timeout", detail: {} });
  fake.drafts.set(4, "Thanks for asking! The crown would be");
  return fake;
}

function emptyApp(app: Parameters<typeof createFakeBridge>[0] & object): () => FakeBridge {
  return () => createFakeBridge({ accounts: [], ...app });
}

/** A WhatsApp thread whose contact last wrote this long ago. */
function whatsapp(agoMs: number): FakeBridge {
  const fake = createFakeBridge({
    conversations: 8,
    threadLength: 0,
    accounts: [
      fakeAccount(1, { name: "Harbor Bike Repair", provider: "vobiz", baseUrl: "https://api.vobiz.ai/v1/messaging" }),
    ],
  });
  fake.change(id(1), { contactName: "Priya Natarajan", provider: "vobiz", consent: { state: "unknown", since: null } });
  fake.addMessage(id(1), "Is the blue one still there? I could come by on Thursday.", "inbound", FAKE_NOW - agoMs);
  fake.addMessage(id(1), "Let me look, one moment!", "outbound", FAKE_NOW - agoMs + 600_000);
  return fake;
}

export const scenarios: Record<string, (rows: number) => FakeBridge> = {
  inbox,
  writing,
  many: (rows) => createFakeBridge({ conversations: rows }),
  long: (rows) => createFakeBridge({ conversations: rows, threadLength: 3_000 }),
  welcome: emptyApp({}),
  starting: emptyApp({ app: { stage: "starting" } }),
  migrating: emptyApp({ app: { stage: "starting", migration: { done: 412_000, total: 1_184_250 } } }),
  no_keyring: emptyApp({ app: { stage: "no_keyring" } }),
  vault_failed: emptyApp({ app: { stage: "vault_failed" } }),
  future: emptyApp({ app: { stage: "db_from_future" } }),
  failed: emptyApp({ app: { stage: "failed" } }),
  locked: emptyApp({ app: { stage: "locked" } }),
  two_accounts: (rows) => createFakeBridge({ conversations: rows, accounts: TWO_ACCOUNTS }),
  set_aside: (rows) =>
    createFakeBridge({
      conversations: rows,
      app: {
        setAside: { path: "/home/dana/.config/Threadkeep/set-aside/inbox-2026-04-14T16-20.db", reason: "damaged" },
        sessionOnly: true,
      },
    }),
  first_sync: () => {
    const fake = createFakeBridge({ conversations: 26 });
    fake.setSync([
      {
        accountId: fakeAccount(1).id,
        phase: { kind: "syncing", first: true, done: 126, total: 480 },
        lastCompletedAt: null,
      },
    ]);
    return fake;
  },
  empty: () => createFakeBridge({ conversations: 0 }),
  trouble: (rows) => {
    const accounts = [
      fakeAccount(1, { state: "needs_key" }),
      fakeAccount(2, { name: "Harbor Bike Repair", state: "missing_scope", missingScope: "messages:send" }),
      fakeAccount(3, { name: "Sample practice", isSample: true, keyHint: null, baseUrl: "http://127.0.0.1:40411" }),
    ];
    const fake = createFakeBridge({ conversations: rows, accounts });
    fake.setSync([
      {
        accountId: accounts[0]!.id,
        phase: { kind: "attention", code: "key_refused", detail: {} },
        lastCompletedAt: FAKE_NOW - DAY,
      },
      {
        accountId: accounts[1]!.id,
        phase: { kind: "waiting", until: FAKE_NOW + 240_000, reason: "rate_limited" },
        lastCompletedAt: FAKE_NOW - 600_000,
      },
      { accountId: accounts[2]!.id, phase: { kind: "up_to_date" }, lastCompletedAt: FAKE_NOW - 60_000 },
    ]);
    return fake;
  },
  storage: (rows) =>
    createFakeBridge({
      conversations: rows,
      accounts: [...TWO_ACCOUNTS, fakeAccount(3, { name: "Sample practice", state: "needs_key" })],
    }),
  update_ready: (rows) => createFakeBridge({ conversations: rows, update: { kind: "ready", version: "0.2.0" } }),
  disk_full: (rows) => createFakeBridge({ conversations: rows, app: { disk: "full" } }),
  disk_error_at_start: emptyApp({ app: { stage: "starting", disk: "error" } }),
  pictures: () => {
    const fake = createFakeBridge({ conversations: 12, threadLength: 6 });
    fake.change(id(1), {
      contactName: "Dana Reyes",
      lastDirection: "inbound",
      preview: { kind: "empty", media: "picture" },
    });
    const add = (text: string, media: readonly MediaItem[], direction: "inbound" | "outbound" = "inbound") => {
      const message = fake.addMessage(id(1), text, direction);
      fake.setMedia(id(1), message.id, media, text === "");
    };
    const held = { state: "held", isSniffed: true, sizeBytes: 182_400 } as const;
    add("Here is the tooth that hurts", [fakeMedia(1, held)]);
    add("", [fakeMedia(3, held)], "outbound");
    add("And the insurance papers", [
      fakeMedia(4, { kind: "file", name: "policy-2026.pdf", isSniffed: true, state: "held", sizeBytes: 1_482_000 }),
      fakeMedia(5, { kind: "video", name: "waiting-room.mp4", state: "too_large" }),
    ]);
    add("", [fakeMedia(6, { name: "x-ray.jpg" }), fakeMedia(7, { kind: "file", state: "gone" })]);
    return fake;
  },
  files: () => {
    const accounts = [fakeAccount(1, { provider: "highlevel", name: "Maple Street Dental" })];
    const fake = createFakeBridge({ conversations: 12, threadLength: 6, accounts });
    fake.change(id(1), { contactName: "Dana Reyes", provider: "highlevel" });
    fake.attachments.give(id(1), [
      fakeFile({ name: "before and after.jpg", kind: "picture", sizeBytes: 1_240_000 }),
      fakeFile({ name: "price-list-2026-with-a-name-that-is-far-too-long-for-a-chip.pdf" }),
      fakeFile({ name: "how-to-brush.mp4", kind: "video", sizeBytes: 4_400_000 }),
    ]);
    const waiting = fake.addOutbox(id(1), "The papers you asked for", "queued");
    fake.setOutbox(waiting.id, {
      isUploading: true,
      files: [fakeFile(), fakeFile({ name: "x-ray.png", kind: "picture" })],
    });
    const failed = fake.addOutbox(id(1), "", "failed", { code: "file_type", detail: {} });
    fake.setOutbox(failed.id, { files: [fakeFile({ name: "plan.zip", sizeBytes: 48_000 })] });
    fake.attachments.setPicked({
      added: [],
      refused: [
        { name: "holiday.mov", problem: "type" },
        { name: "scan-of-everything.pdf", problem: "too_large" },
      ],
    });
    return fake;
  },
  window_shut: () => whatsapp(REPLY_WINDOW_MS + 7_200_000),
  window_open: () => whatsapp(REPLY_WINDOW_MS - 3_900_000),
  failed_accounts: () => {
    const fake = createFakeBridge();
    fake.fail("accounts.list", "disk_error");
    return fake;
  },
  failed_list: () => {
    const fake = createFakeBridge();
    fake.fail("conversations.window", "disk_error");
    fake.fail("outbox.list", "disk_error");
    return fake;
  },
};
