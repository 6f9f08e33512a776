/**
 * A conformance server for HighLevel's conversations, from its public OpenAPI files and what its servers do.
 *
 * Quirks that are always on: `Version` and `locationId` are required, rows lack documented fields, dates are numbers in
 * lists and texts in threads, activity rows stand between messages, 422 carries an array. Uploads are read as real
 * multipart forms and held to the documented types. The export takes 10 to 500
 * rows a page, leaves out emails unless they are asked for and brings activity rows unless a channel is. Switches: the
 * flat envelope, an export whose rows do not say when they changed.
 */
import { readMultipart } from "./multipart.ts";
import { createWorld, isoOf } from "./vendor-world.ts";
import type { WorldMessage, WorldThread } from "./vendor-world.ts";
import { freshQuirks, pageOf, startVendorServer } from "./vendor-server.ts";
import type { Reply, VendorServer } from "./vendor-server.ts";

export const HIGHLEVEL_TOKEN = "pit-canary-token-0123456789";
export const HIGHLEVEL_LOCATION = "loc123";

/** As the vendor's documents list them. */
const UPLOAD_ENDINGS = new Set([
  "jpg",
  "jpeg",
  "png",
  "mp4",
  "mpeg",
  "zip",
  "rar",
  "pdf",
  "doc",
  "docx",
  "txt",
  "mp3",
  "wav",
]);
/** Not documented; this server's own. */
const MAX_UPLOAD_BYTES = 6 * 1024 * 1024;

export interface Uploaded {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface HighLevelServer extends VendorServer {
  readonly uploads: readonly Uploaded[];
}

export interface HighLevelOptions {
  readonly now: () => number;
  readonly threads?: number;
  readonly tie?: number;
  /** The envelope as documented instead of as it is. */
  readonly flat?: boolean;
  /** Rows of the export carry no `dateUpdated`, as in the documents. */
  readonly undated?: boolean;
}

export async function startHighLevelServer({
  now,
  threads,
  tie,
  flat = false,
  undated = false,
}: HighLevelOptions): Promise<HighLevelServer> {
  const uploads: Uploaded[] = [];
  const world = createWorld({
    now,
    sentStatus: "delivered",
    ...(threads === undefined ? {} : { threads }),
    ...(tie === undefined ? {} : { tie }),
  });
  const quirks = freshQuirks();
  const errorBody = (status: number) =>
    status === 422
      ? { statusCode: 422, message: ["scripted"], error: "Unprocessable Entity" }
      : { statusCode: status, message: "scripted" };
  const refused = (status: number): Reply => ({ status, json: errorBody(status) });

  function conversation(thread: WorldThread) {
    const last = world.lastOf(thread);
    return {
      id: thread.id,
      contactId: thread.contactId,
      locationId: HIGHLEVEL_LOCATION,
      lastMessageBody: last.text,
      lastMessageType: quirks.future ? "TYPE_HOLOGRAM" : "TYPE_SMS",
      lastMessageDirection: last.direction,
      lastMessageDate: thread.touchedAt,
      // The real list leaves this out now and then.
      ...(thread.index % 4 === 3 ? {} : { unreadCount: thread.unread }),
      ...(thread.name === null ? { fullName: null } : { fullName: thread.name, contactName: thread.name }),
      phone: thread.contact,
      sort: [thread.touchedAt],
      ...(quirks.future ? { vibes: { good: true } } : {}),
    };
  }

  const message = (thread: WorldThread, { id, direction, text, at, status, media }: WorldMessage) => ({
    id,
    conversationId: thread.id,
    type: 2,
    messageType: "TYPE_SMS",
    direction,
    body: text,
    status: quirks.future ? "teleported" : status,
    dateAdded: isoOf(at),
    attachments: media,
    ...(quirks.future ? { source: "dream" } : {}),
  });

  const activity = (thread: WorldThread, at: number) => ({
    id: `activity-${thread.id}`,
    conversationId: thread.id,
    type: 28,
    messageType: "TYPE_ACTIVITY_OPPORTUNITY",
    body: "Opportunity created",
    dateAdded: isoOf(at),
  });

  /** All messages of the location, of one channel or of all but email. */
  function exported(channel: string | null) {
    const dated = (row: object, thread: WorldThread, at: number, changedAt: number) => ({
      at,
      changedAt,
      json: { ...row, contactId: thread.contactId, ...(undated ? {} : { dateUpdated: isoOf(changedAt) }) },
    });
    const rows = world.listed().flatMap((thread) => {
      const activityAt = world.lastOf(thread).at - 1_500;
      return [
        ...thread.messages.map((one) => dated(message(thread, one), thread, one.at, one.changedAt)),
        ...(channel === null ? [dated(activity(thread, activityAt), thread, activityAt, activityAt)] : []),
      ];
    });
    // This world's messages are all SMS.
    return channel === null || channel === "SMS" ? rows : [];
  }

  const server = await startVendorServer(
    {
      errorBody,
      authorize({ headers }) {
        if (headers.authorization !== `Bearer ${HIGHLEVEL_TOKEN}`) {
          return { status: 401, json: { statusCode: 401, message: "Invalid token: access token is invalid" } };
        }
        return headers["version"] === undefined ? refused(400) : null;
      },
      routes: [
        {
          name: "list",
          method: "GET",
          pattern: /^\/conversations\/search$/,
          handle({ query }) {
            const { sort, sortBy, locationId } = Object.fromEntries(query);
            if (locationId !== HIGHLEVEL_LOCATION) return refused(422);
            if (sort !== "desc" || sortBy !== "last_message_date") return refused(400);
            const before = Number(query.get("startAfterDate") ?? Infinity);
            const isRepeating = quirks.repeatCursor;
            const rows = world.listed().filter(({ touchedAt }) => isRepeating || touchedAt < before);
            const page = rows.slice(0, isRepeating ? 4 : Number(query.get("limit") ?? 20));
            return { status: 200, json: { conversations: page.map(conversation), total: rows.length } };
          },
        },
        {
          name: "thread",
          method: "GET",
          pattern: /^\/conversations\/([^/]+)\/messages$/,
          handle({ query }, id) {
            const thread = world.find(id);
            if (thread === undefined) return refused(404);
            const rows = [
              ...thread.messages.map((one) => message(thread, one)),
              activity(thread, world.lastOf(thread).at - 1_500),
            ].toSorted((a, b) => Date.parse(b.dateAdded) - Date.parse(a.dateAdded));
            const last = query.get("lastMessageId");
            const from = last === null ? 0 : rows.findIndex((row) => row.id === last) + 1;
            const page = rows.slice(from, from + Number(query.get("limit") ?? 20));
            const inner = {
              lastMessageId: page.at(-1)?.id ?? null,
              nextPage: from + page.length < rows.length,
              messages: page,
            };
            return { status: 200, json: flat ? inner : { messages: inner, traceId: "trace-1" } };
          },
        },
        {
          name: "export",
          method: "GET",
          pattern: /^\/conversations\/messages\/export$/,
          handle({ query }) {
            const limit = Number(query.get("limit") ?? 100);
            const sortBy = query.get("sortBy") ?? "createdAt";
            const sortOrder = query.get("sortOrder") ?? "desc";
            if (query.get("locationId") !== HIGHLEVEL_LOCATION) return refused(422);
            if (limit < 10 || limit > 500 || !["createdAt", "updatedAt"].includes(sortBy)) return refused(422);
            if (!["asc", "desc"].includes(sortOrder)) return refused(422);
            const rows = exported(query.get("channel")).toSorted((a, b) => {
              const [first, second] = sortOrder === "asc" ? [a, b] : [b, a];
              return sortBy === "updatedAt" ? first.changedAt - second.changedAt : first.at - second.at;
            });
            const { rows: page, next } = pageOf(rows, query.get("cursor"), limit, false);
            return {
              status: 200,
              json: {
                messages: page.map(({ json }) => json),
                nextCursor: next,
                total: rows.length,
                traceId: "trace-2",
              },
            };
          },
        },
        {
          name: "upload",
          method: "POST",
          pattern: /^\/conversations\/messages\/upload$/,
          handle({ headers, raw }) {
            const parts = readMultipart(headers["content-type"] ?? "", raw);
            if (parts === null) return refused(400);
            const field = (name: string) => parts.find((part) => part.name === name)?.bytes.toString("utf8");
            const file = parts.find(({ name }) => name === "fileAttachment");
            if (field("locationId") !== HIGHLEVEL_LOCATION || file?.fileName == null) return refused(422);
            if (world.find(field("conversationId") ?? "") === undefined) return refused(404);
            const ending = /\.([a-z0-9]+)$/.exec(file.fileName)?.[1] ?? "";
            if (!UPLOAD_ENDINGS.has(ending)) return { status: 415, json: { status: 415, message: "type" } };
            if (file.bytes.length > MAX_UPLOAD_BYTES) return { status: 413, json: { status: 413, message: "size" } };
            uploads.push({ fileName: file.fileName, contentType: file.contentType ?? "", bytes: file.bytes });
            const url = `https://storage.example.test/${HIGHLEVEL_LOCATION}/${uploads.length}/file.${ending}`;
            const answer = quirks.uploadAnswer?.(url) ?? { uploadedFiles: { [file.fileName]: url } };
            return { status: 200, json: answer };
          },
        },
        {
          name: "send",
          method: "POST",
          pattern: /^\/conversations\/messages$/,
          handle({ body }) {
            const wanted = body as { type: string; contactId: string; message?: string; attachments?: string[] };
            const { type, contactId, message: text = "", attachments = [] } = wanted;
            const thread = world.threads.find((one) => one.contactId === contactId && one.removedAt === null);
            if (thread === undefined || !["SMS", "WhatsApp"].includes(type)) return refused(422);
            if (text === "" && attachments.length === 0) return refused(422);
            const listed = quirks.rehosts ? attachments.map((_, at) => `https://cdn.example.test/${at}`) : attachments;
            const sent = world.append(thread.index, "outbound", text, now(), listed);
            return { status: 200, json: { conversationId: thread.id, messageId: sent.id } };
          },
        },
        {
          name: "numbers",
          method: "GET",
          pattern: /^\/phone-system\/numbers\/location\/loc123$/,
          handle: () => ({
            status: 200,
            json: { numbers: [{ phoneNumber: world.own, friendlyName: "Front desk", isDefaultNumber: true }] },
          }),
        },
        {
          name: "other",
          method: "PUT",
          pattern: /^\/conversations\/([^/]+)$/,
          handle({ body }, id) {
            const thread = world.find(id);
            const { locationId, unreadCount } = body as { locationId: string; unreadCount: number };
            if (thread === undefined || locationId !== HIGHLEVEL_LOCATION) return refused(422);
            thread.unread = unreadCount;
            return { status: 200, json: { success: true, conversation: { id: thread.id } } };
          },
        },
      ],
    },
    world,
    quirks,
  );
  return Object.assign(server, { uploads });
}
