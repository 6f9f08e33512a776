/** Pictures in the cache: kept within bounds, and gone to the last byte with the message they belong to. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { beginAccountRemoval, deleteAccountRows } from "../../../../electron/db/accounts-repo.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { findConversation } from "../../../../electron/db/conversations-repo.ts";
import { openDatabase } from "../../../../electron/db/database.ts";
import { failMedia, findMedia, openMedia, storeMedia } from "../../../../electron/db/media-repo.ts";
import { purge, purgePending } from "../../../../electron/db/purge.ts";
import { enforceRetention } from "../../../../electron/db/retention-repo.ts";
import { MAX_MEDIA_BYTES } from "../../../../shared/file-limits.ts";
import type { MediaId } from "../../../../shared/media.ts";
import {
  T0,
  commitList,
  commitThread,
  makeTempFolder,
  messagesOf,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedConversation,
} from "../../../helpers/test-database.ts";

const CANARY = createHash("sha256").update("picture canary").digest("hex");
/** Longer than a page, so that it stands on pages of its own. */
const PICTURE = new TextEncoder().encode(`${CANARY}${"x".repeat(20_000)}${CANARY}`);
const URL_1 = "https://media.test/1/photo.jpg";

const picture = (change = {}) => remoteMessage({ body: null, mediaUrls: [URL_1], ...change });

function mediaIds(db: WriteDb, conversationId: Parameters<typeof messagesOf>[1]): MediaId[] {
  return messagesOf(db, conversationId).flatMap(({ media = [] }) => media.map(({ id }) => id));
}

function seeded(db: WriteDb, change = {}) {
  const { accountId, id } = seedConversation(db, { preview: "" });
  commitThread(db, accountId, id, [picture(change)]);
  const [mediaId] = mediaIds(db, id);
  return { accountId, id, mediaId: mediaId! };
}

const store = (db: WriteDb, id: MediaId, bytes = PICTURE, more: readonly string[] = [], totalBytes?: number) =>
  storeMedia(db, {
    id,
    bytes,
    contentType: "image/jpeg",
    more,
    now: T0,
    ...(totalBytes === undefined ? {} : { totalBytes }),
  });

describe("media of a message", () => {
  it("is told with a name that says nothing and no address", () => {
    const db = openMemoryDatabase();
    const { id, mediaId } = seeded(db);
    expect(messagesOf(db, id)[0]!.media).toEqual([
      { id: mediaId, kind: "picture", isSniffed: false, name: "photo.jpg", sizeBytes: null, state: "remote" },
    ]);
    expect(mediaId).toMatch(/^[0-9a-f]{32}$/);
    expect(findMedia(db, { id: mediaId })).toMatchObject({ source: URL_1, isHeld: false, conversationId: id });
    db.close();
  });

  it("stands in the list by its kind, where the last message is nothing else", () => {
    const db = openMemoryDatabase();
    const { id, mediaId } = seeded(db);
    const shown = () => findConversation(db, { id })!.preview;
    expect(shown()).toEqual({ kind: "empty", media: "picture" });
    storeMedia(db, { id: mediaId, bytes: PICTURE, contentType: "video/mp4", more: [], now: T0 });
    expect(shown()).toEqual({ kind: "empty", media: "video" });
    db.close();
  });

  it("keeps its bytes, and its place in the order, over a page that says the same or signs the address anew", () => {
    const db = openMemoryDatabase();
    const { accountId, id, mediaId } = seeded(db, { mediaUrls: [`${URL_1}?sig=1`, "https://media.test/2"] });
    store(db, mediaId);
    commitThread(db, accountId, id, [picture({ mediaUrls: [`${URL_1}?sig=2`, "https://media.test/2"] })]);
    expect(messagesOf(db, id)[0]!.media!.map(({ state }) => state)).toEqual(["held", "remote"]);
    expect(findMedia(db, { id: mediaId })!.source).toBe(`${URL_1}?sig=2`);
    expect(openMedia(db, { id: mediaId, now: T0 })!.bytes.byteLength).toBe(PICTURE.byteLength);
    expect(purgePending(db)).toBe(false);
    db.close();
  });

  it("counts as removed when one of several goes, or another takes its place: the purge is asked for", () => {
    const db = openMemoryDatabase();
    const second = "https://media.test/2";
    const { accountId, id } = seeded(db, { mediaUrls: [URL_1, second, "https://media.test/3"] });
    for (const mediaId of mediaIds(db, id)) store(db, mediaId);
    const page = (...mediaUrls: string[]) => commitThread(db, accountId, id, [picture({ mediaUrls })]).removedTexts;
    expect([page(`${URL_1}?sig=2`, second, "https://media.test/3"), purgePending(db)]).toEqual([0, false]);
    expect([page(URL_1, second), purgePending(db)]).toEqual([1, true]);
    expect(page(URL_1, "https://media.test/other")).toBe(1);
    expect(page(URL_1, "https://media.test/other", second)).toBe(0);
    db.close();
  });

  it("learns of more behind the same address once", () => {
    const db = openMemoryDatabase();
    const { id, mediaId } = seeded(db);
    for (let time = 0; time < 2; time += 1)
      store(db, mediaId, PICTURE, ["https://media.test/b", "https://media.test/c"]);
    expect(messagesOf(db, id)[0]).toMatchObject({ mediaCount: 3 });
    expect(mediaIds(db, id)).toHaveLength(3);
    db.close();
  });

  it("remembers that it cannot be had until it can", () => {
    const db = openMemoryDatabase();
    const { id, mediaId } = seeded(db);
    const state = () => messagesOf(db, id)[0]!.media![0]!.state;
    failMedia(db, { id: mediaId, code: "too_large" });
    expect(state()).toBe("too_large");
    failMedia(db, { id: mediaId, code: "not_found" });
    expect(state()).toBe("gone");
    store(db, mediaId);
    expect(state()).toBe("held");
    db.close();
  });
});

describe("the bytes held", () => {
  it("never exceed the cap of one, and never that of all", () => {
    const db = openMemoryDatabase();
    const urls = Array.from({ length: 4 }, (_, index) => `https://media.test/${index}`);
    const { id } = seeded(db, { mediaUrls: urls });
    const ids = mediaIds(db, id);
    expect(() => store(db, ids[0]!, new Uint8Array(MAX_MEDIA_BYTES + 1))).toThrow("too_large");
    const total = () => db.get<{ n: number }>("SELECT coalesce(sum(length(bytes)), 0) AS n FROM media_blobs")!.n;
    const held = () => ids.filter((one) => findMedia(db, { id: one })!.isHeld);
    ids.forEach((one, index) =>
      storeMedia(db, {
        id: one,
        bytes: new Uint8Array(100),
        contentType: "image/png",
        more: [],
        now: T0 + index,
        totalBytes: 300,
      }),
    );
    expect([total(), held()]).toEqual([300, ids.slice(1)]);
    // What was looked at last stays longest.
    openMedia(db, { id: ids[1]!, now: T0 + 50 });
    storeMedia(db, {
      id: ids[0]!,
      bytes: new Uint8Array(150),
      contentType: "image/png",
      more: [],
      now: T0 + 60,
      totalBytes: 300,
    });
    expect([total(), held()]).toEqual([250, [ids[0], ids[1]]]);
    expect(() => store(db, ids[2]!, new Uint8Array(301), [], 300)).toThrow("too_large");
    expect(held()).toEqual([ids[0], ids[1]]);
    db.close();
  });

  it("are not taken for a message that lost them while they were on their way", () => {
    const db = openMemoryDatabase();
    const { accountId, id, mediaId } = seeded(db);
    commitThread(db, accountId, id, [picture({ mediaUrls: [], redactedAt: T0 })]);
    expect(store(db, mediaId)).toBe(false);
    expect(db.get("SELECT count(*) AS n FROM media_blobs")).toEqual({ n: 0 });
    db.close();
  });
});

describe("a removal", () => {
  let folder: ReturnType<typeof makeTempFolder>;
  beforeEach(() => {
    folder = makeTempFolder();
    return () => folder.remove();
  });
  const isOnDisk = () =>
    ["", "-wal"].some((suffix) => {
      const path = folder.dbPath + suffix;
      return existsSync(path) && readFileSync(path).includes(CANARY);
    });

  const WAYS: ReadonlyArray<readonly [string, (db: WriteDb, rig: ReturnType<typeof seeded>) => void]> = [
    [
      "by the provider",
      (db, { accountId, id }) => void commitThread(db, accountId, id, [picture({ mediaUrls: [], redactedAt: T0 })]),
    ],
    [
      "suspected from the list",
      (db, { accountId }) =>
        void commitList(db, accountId, [
          remoteConversation({ preview: null, previewRedactedAt: T0, lastMessageAt: T0 + 1 }),
        ]),
    ],
    [
      "by retention, on time",
      (db, { accountId }) => void enforceRetention(db, { accountId, windowMs: 1, cutoff: T0 + 1, now: T0 + 2 }),
    ],
    [
      "of the address alone",
      (db, { accountId, id }) => void commitThread(db, accountId, id, [picture({ mediaUrls: [] })]),
    ],
    [
      "of the account",
      (db, { accountId }) => {
        beginAccountRemoval(db, { id: accountId });
        deleteAccountRows(db, { id: accountId });
      },
    ],
  ];

  it.each(WAYS)(
    "%s leaves no byte of the picture in the files, and the purge is pending until then",
    (_name, remove) => {
      const db = openDatabase({ path: folder.dbPath, key: null });
      const rig = seeded(db);
      expect(store(db, rig.mediaId)).toBe(true);
      expect(isOnDisk()).toBe(true);
      remove(db, rig);
      expect([purgePending(db), findMedia(db, { id: rig.mediaId })]).toEqual([true, null]);
      expect(db.get("SELECT count(*) AS n FROM media_blobs")).toEqual({ n: 0 });
      expect(purge(db, { now: T0 })).toEqual({ done: true });
      expect(isOnDisk()).toBe(false);
      db.close();
    },
  );

  it("would be seen to leave it, were the trigger not there", () => {
    const db = openDatabase({ path: folder.dbPath, key: null });
    const { accountId, id, mediaId } = seeded(db);
    store(db, mediaId);
    db.exec("DROP TRIGGER message_media_update");
    commitThread(db, accountId, id, [picture({ mediaUrls: [], redactedAt: T0 })]);
    purge(db, { now: T0 });
    expect(isOnDisk()).toBe(true);
    db.close();
  });
});
