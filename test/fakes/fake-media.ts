/** Pictures of the fake bridge: a load makes one held; failures are set from outside like those of any call. */
import type { ConversationId, Message } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { Handlers } from "../../shared/ipc.ts";
import type { MediaId, MediaItem } from "../../shared/media.ts";

interface World {
  readonly rows: () => readonly number[];
  readonly thread: (id: number) => Message[];
  readonly changed: (id: ConversationId) => void;
}

const fakeMediaId = (index: number): MediaId => index.toString(16).padStart(32, "0") as MediaId;

export function fakeMedia(index: number, change: Partial<MediaItem> = {}): MediaItem {
  return {
    id: fakeMediaId(index),
    kind: "picture",
    isSniffed: false,
    name: null,
    sizeBytes: null,
    state: "remote",
    ...change,
  };
}

export function fakeMediaHandlers({
  rows,
  thread,
  changed,
}: World): Pick<Handlers, "media.load" | "media.cancel" | "media.save"> {
  function place(id: MediaId) {
    for (const row of rows().slice(0, 40)) {
      const messages = thread(row);
      const at = messages.findIndex(({ media }) => media?.some((item) => item.id === id) === true);
      if (at !== -1) return { messages, at, conversationId: row as ConversationId };
    }
    throw new AppError("not_found");
  }
  return {
    "media.load": ({ id }) => {
      const { messages, at, conversationId } = place(id);
      const media = messages[at]!.media!.map((item) =>
        item.id === id ? { ...item, state: "held" as const, isSniffed: true, sizeBytes: 182_400 } : item,
      );
      messages[at] = { ...messages[at]!, media };
      changed(conversationId);
      return { outcome: "held" as const };
    },
    "media.cancel": () => undefined,
    "media.save": ({ id }) => ({ saved: place(id).at >= 0 }),
  };
}
