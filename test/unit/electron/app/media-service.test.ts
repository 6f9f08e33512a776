/** Pictures on request: what is asked, what is kept, what may be drawn. */
import { beforeEach, describe, expect, it } from "vitest";
import { answerMedia } from "../../../../electron/app/media-response.ts";
import { createMediaService } from "../../../../electron/app/media-service.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import type { FetchedMedia, MediaRequest } from "../../../../electron/sync/ports.ts";
import { ProviderError, failureOf } from "../../../../shared/errors.ts";
import { MAX_MEDIA_BYTES } from "../../../../shared/file-limits.ts";
import type { MediaId } from "../../../../shared/media.ts";
import { createFakeClock, settle } from "../../../fakes/fake-clock.ts";
import { GIF, HTML, PNG, SVG } from "../../../helpers/pictures.ts";
import { seeded } from "../../../helpers/seeded.ts";
import {
  commitThread,
  createInProcessClient,
  messagesOf,
  openMemoryDatabase,
  remoteMessage,
  seedConversation,
} from "../../../helpers/test-database.ts";

let db: WriteDb;
beforeEach(() => {
  db = openMemoryDatabase();
  return () => db.close();
});

function rig(answer: (request: MediaRequest) => Promise<FetchedMedia> = () => Promise.resolve({ bytes: PNG })) {
  const { accountId, id: conversationId } = seedConversation(db);
  const item = remoteMessage({ mediaUrls: ["https://media.test/a.jpg"], body: null });
  commitThread(db, accountId, conversationId, [item]);
  const asked: MediaRequest[] = [];
  const saved: [string, number][] = [];
  const told: number[] = [];
  const media = createMediaService({
    db: createInProcessClient(db),
    clock: createFakeClock(),
    fetcherOf: () => (request) => {
      asked.push(request);
      return answer(request);
    },
    onProgress: ({ receivedBytes }) => void told.push(receivedBytes),
    onChanged: () => undefined,
    saveFile(name, bytes) {
      saved.push([name, bytes.byteLength]);
      return Promise.resolve(true);
    },
  });
  const read = () => messagesOf(db, conversationId)[0]!.media![0]!;
  return { media, asked, saved, told, read, id: read().id, accountId, conversationId, item };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => failureOf(error).code,
  );

describe("a picture", () => {
  it("is fetched when asked for, once for two who ask, and then drawn from here", async () => {
    const { media, asked, id, read } = rig();
    expect(asked).toHaveLength(0);
    expect(await media.draw(id)).toBeNull();
    expect(await Promise.all([media.load(id), media.load(id)])).toEqual(["held", "held"]);
    expect(await media.load(id)).toBe("held");
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ source: "https://media.test/a.jpg", maxBytes: MAX_MEDIA_BYTES });
    expect(read()).toMatchObject({ state: "held", kind: "picture", isSniffed: true, sizeBytes: PNG.length });
    expect((await media.draw(id))!.contentType).toBe("image/png");
  });

  it("is what its bytes say, whatever its name says", async () => {
    for (const [bytes, kind, type] of [
      [GIF, "picture", "image/gif"],
      [SVG, "file", null],
      [HTML, "file", null],
      [Buffer.from("%PDF-1.7\n"), "file", null],
    ] as const) {
      db.close();
      db = openMemoryDatabase();
      const { media, id, read } = rig(() => Promise.resolve({ bytes }));
      await media.load(id);
      expect(read()).toMatchObject({ state: "held", kind, isSniffed: true });
      expect((await media.draw(id))?.contentType ?? null).toBe(type);
    }
  });

  it("given up and asked for again at once is fetched", async () => {
    const { media, id, asked } = rig(({ signal }) =>
      asked.length > 1
        ? Promise.resolve({ bytes: PNG })
        : new Promise((_, reject) => {
            signal.addEventListener("abort", () => reject(new ProviderError("unreachable")));
          }),
    );
    const first = media.load(id);
    await settle();
    media.cancel(id);
    const second = media.load(id);
    expect(await Promise.all([first, second])).toEqual(["cancelled", "held"]);
    expect(await media.load(id)).toBe("held");
  });

  it("is saved under a name that fits its bytes", async () => {
    const { media, id, saved } = rig(() => Promise.resolve({ bytes: GIF }));
    expect(await codeOf(media.save(id))).toBe("not_found");
    await media.load(id);
    expect(await media.save(id)).toBe(true);
    expect(saved).toEqual([["a.gif", GIF.length]]);
  });

  it("that is too large is remembered as such, and nothing of it is kept", async () => {
    const { media, id, read } = rig(() => Promise.resolve({ bytes: new Uint8Array(MAX_MEDIA_BYTES + 1) }));
    expect(await codeOf(media.load(id))).toBe("too_large");
    expect(read().state).toBe("too_large");
    expect(db.get("SELECT count(*) AS n FROM media_blobs")).toEqual({ n: 0 });
  });

  it.each([
    ["not_found", "gone"],
    ["offline", "remote"],
    ["scope_missing", "remote"],
  ] as const)("refused with %s stands as %s and can be asked for again", async (code, state) => {
    let isRefused = true;
    const { media, id, read } = rig(() =>
      isRefused ? Promise.reject(new ProviderError(code)) : Promise.resolve({ bytes: PNG }),
    );
    expect(await codeOf(media.load(id))).toBe(code);
    expect(read().state).toBe(state);
    isRefused = false;
    expect(await media.load(id)).toBe("held");
    expect(read().state).toBe("held");
  });

  it("that is given up leaves everything as it was", async () => {
    const { media, id, read } = rig(
      ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(new ProviderError("unreachable")))),
    );
    const work = media.load(id);
    await Promise.resolve();
    while (read().state !== "remote") await Promise.resolve();
    media.cancel(id);
    expect(await work).toBe("cancelled");
    expect(read().state).toBe("remote");
  });

  it("whose message was removed while it was on its way is dropped", async () => {
    const { media, id, accountId, conversationId, item } = rig(() => {
      commitThread(db, accountId, conversationId, [{ ...item, mediaUrls: [], redactedAt: 5 }]);
      return Promise.resolve({ bytes: PNG });
    });
    expect(await codeOf(media.load(id))).toBe("not_found");
    expect(db.get("SELECT count(*) AS n FROM media_blobs")).toEqual({ n: 0 });
  });

  it("without a provider that has pictures is refused", async () => {
    const { id } = rig();
    const media = createMediaService({
      db: createInProcessClient(db),
      clock: createFakeClock(),
      fetcherOf: () => null,
      onProgress: () => undefined,
      onChanged: () => undefined,
      saveFile: () => Promise.resolve(true),
    });
    expect(await codeOf(media.load(id))).toBe("rejected");
  });
});

describe("app://threadkeep/media", () => {
  const ID = "0123456789abcdef0123456789abcdef" as MediaId;
  const png = () => Promise.resolve({ bytes: new Uint8Array(PNG), contentType: "image/png" });

  it("answers with a picture that can run nothing and that nobody keeps", async () => {
    const response = await answerMedia(`app://threadkeep/media/${ID}`, png);
    expect(response.statusCode).toBe(200);
    expect(response.headers).toEqual({
      "Content-Type": "image/png",
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Cache-Control": "no-store",
    });
    expect(response.data).toEqual(Buffer.from(PNG));
  });

  it.each(["image/svg+xml", "text/html", "application/pdf", "image/png; x", ""])(
    "never answers with %s",
    async (type) => {
      const read = () => Promise.resolve({ bytes: new Uint8Array(PNG), contentType: type });
      expect((await answerMedia(`app://threadkeep/media/${ID}`, read)).statusCode).toBe(404);
    },
  );

  it("knows no other address: not one of 5,000 twisted ones is read", async () => {
    const random = seeded(42);
    const parts = [
      "/",
      "..",
      "%2e%2e",
      "\\",
      "%00",
      "?",
      "#",
      "media",
      ID,
      ID.toUpperCase(),
      "a",
      "%2f",
      " ",
      ".png",
      "@",
      ":",
    ];
    const pick = () => parts[Math.floor(random() * parts.length)]!;
    const read: string[] = [];
    for (let run = 0; run < 5_000; run += 1) {
      const tail = Array.from({ length: 1 + Math.floor(random() * 6) }, pick).join("");
      if (tail === ID) continue;
      const response = await answerMedia(`app://threadkeep/media/${tail}`, (id) => {
        read.push(id);
        return png();
      });
      expect(response.statusCode).toBe(404);
    }
    for (const url of [`app://other/media/${ID}`, `https://threadkeep/media/${ID}`, `app://threadkeep/media/${ID}/`]) {
      expect((await answerMedia(url, png)).statusCode).toBe(404);
    }
    expect(read).toEqual([]);
  });

  it("answers a cache that fails like one that has nothing", async () => {
    const response = await answerMedia(`app://threadkeep/media/${ID}`, () => Promise.reject(new Error("no database")));
    expect(response.statusCode).toBe(404);
  });
});
