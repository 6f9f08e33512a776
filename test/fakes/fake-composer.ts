/** Outbox, drafts, saved replies and decisions about consent as main keeps them, in memory. */
import type { createFakeAttachments } from "./fake-attachments.ts";
import type { Conversation, ConversationId, OutboxId, OutboxItem } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { AppError } from "../../shared/errors.ts";
import type { Handlers } from "../../shared/ipc.ts";
import type { Template } from "../../shared/templates.ts";

type Area =
  | "thread.outbox"
  | "outbox.send"
  | "outbox.retry"
  | "outbox.list"
  | "outbox.toDraft"
  | "outbox.discard"
  | "drafts.get"
  | "drafts.save"
  | "templates.list"
  | "templates.save"
  | "consent.decide"
  | "consent.undo";

interface World {
  readonly attachments: ReturnType<typeof createFakeAttachments>;
  readonly now: number;
  row(id: number): Conversation | null;
  change(id: number, changes: Partial<Conversation>): void;
  changed(...ids: ConversationId[]): void;
  takeId(): number;
}

export const FAKE_TEMPLATES: readonly Template[] = [
  {
    id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a01",
    name: "Ready for pickup",
    text: "Hi {{contact.firstName|there}}, your order is ready for pickup. We are open until six.",
  },
  {
    id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a02",
    name: "Running late",
    text: "Hi {{contact.firstName}}, we are running about 15 minutes late. Sorry for the wait!",
  },
  {
    id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a03",
    name: "Opening hours",
    text: "We are open Monday to Friday from 9 to 18, and on Saturday until 14. {{account.name}}",
  },
];

export function createFakeComposer({ now, row, change, changed, takeId, attachments }: World) {
  let templates: Template[] = [...FAKE_TEMPLATES];
  const outbox: OutboxItem[] = [];
  const drafts = new Map<number, string>();

  function add(
    conversationId: ConversationId,
    text: string,
    state: OutboxItem["state"],
    error: Failure | null = null,
  ): OutboxItem {
    const item: OutboxItem = {
      id: takeId() as OutboxId,
      conversationId,
      text,
      state,
      error: error === null ? null : { code: error.code, detail: { ...error.detail } },
      attempts: state === "queued" ? 0 : 1,
      createdAt: now,
      notBefore: null,
      scheduledAt: null,
    };
    outbox.push(item);
    const problems = outbox.filter((one) => one.conversationId === conversationId && one.state !== "queued").length;
    change(conversationId, { outboxProblems: problems });
    changed(conversationId);
    return item;
  }

  const indexOf = (id: OutboxId): number => {
    const at = outbox.findIndex((item) => item.id === id);
    if (at === -1) throw new AppError("not_found");
    return at;
  };

  function set(id: OutboxId, changes: Partial<OutboxItem>): void {
    const at = indexOf(id);
    outbox[at] = { ...outbox[at]!, ...changes };
    changed(outbox[at].conversationId);
  }

  const take = (id: OutboxId): OutboxItem => outbox.splice(indexOf(id), 1)[0]!;

  const handlers: Pick<Handlers, Area> = {
    "thread.outbox": ({ conversationId }) => outbox.filter((item) => item.conversationId === conversationId),
    "outbox.send": ({ conversationId, text, files = [], sendAt = null, again = false }) => {
      if (row(conversationId)?.consent.state === "opted_out") throw new AppError("opted_out");
      // Put back too late: it stands there as one that missed its time.
      if (again && sendAt !== null && sendAt <= now) {
        return add(conversationId, text, "failed", { code: "schedule_missed", detail: {} });
      }
      if (sendAt !== null && sendAt <= now) throw new AppError("schedule_past");
      const item = add(conversationId, text, "queued");
      const taken = attachments.take(conversationId, files);
      if (taken.length > 0) set(item.id, { files: taken });
      if (sendAt !== null) set(item.id, { notBefore: sendAt, scheduledAt: sendAt });
      return item;
    },
    "outbox.retry": ({ id }) => set(id, { state: "queued", error: null, notBefore: null, scheduledAt: null }),
    "outbox.list": () => outbox.map((item) => ({ item, conversation: row(item.conversationId)! })),
    "outbox.toDraft": ({ id }) => {
      const { conversationId, text, files = [] } = take(id);
      attachments.give(conversationId, files);
      const typed = drafts.get(conversationId) ?? "";
      drafts.set(conversationId, typed === "" ? text : `${text}\n${typed}`);
      changed(conversationId);
      return { conversationId };
    },
    "outbox.discard": ({ id }) => {
      const { text, files = [] } = take(id);
      return { text, files: files.map((file) => file.id) };
    },
    "drafts.get": ({ conversationId }) => drafts.get(conversationId) ?? "",
    "drafts.save": ({ conversationId, text }) => {
      drafts.set(conversationId, text);
      change(conversationId, { draft: text === "" ? null : text.slice(0, 80) });
      changed(conversationId);
    },
    "templates.list": () => templates,
    "templates.save": ({ templates: next }) => (templates = next),
    "consent.decide": ({ id, decision }) => {
      const since = row(id)!.lastMessageAt;
      const out = { isOptedOutHere: true, consent: { state: "opted_out" as const, since } };
      if (decision === "confirmed") change(id, { consentConfirmedAt: now });
      else change(id, { optOutHint: null, ...(decision === "opted_out" ? out : {}) });
      changed(id);
    },
    "consent.undo": ({ id, decision, messageId }) => {
      const back = { isOptedOutHere: false, consent: { state: "unknown" as const, since: null } };
      if (decision === "confirmed") change(id, { consentConfirmedAt: null });
      else change(id, { optOutHint: messageId, ...(decision === "opted_out" ? back : {}) });
      changed(id);
    },
  };
  return { handlers, outbox, drafts, add, set };
}
