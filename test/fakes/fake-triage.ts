/**
 * Views and decisions over the fake bridge's rows: the rules of the database in short.
 *
 * Only the first rows are looked at for the smaller views, so that a list of 100,000 still costs nothing.
 */
import type { AccountId, Conversation, ConversationId, NumberId, Triage, View } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { Handlers, TriageAction, ViewCounts } from "../../shared/ipc.ts";
import { OWN_NUMBER } from "./fake-data.ts";

const LOOKED_AT = 400;
/** Written out: the harness runs in a page, where the contract's schemas must not. */
const VIEWS = ["all", "needs_reply", "unread", "snoozed", "done"] as const satisfies readonly View[];

interface Rows {
  readonly order: readonly number[];
  row(id: number): Conversation | null;
  change(id: number, changes: Partial<Conversation>): void;
  /** Pushes what changed. */
  changed(...ids: ConversationId[]): void;
  accounts(): readonly { id: AccountId }[];
}

interface Scope {
  readonly view: View;
  readonly accountId: AccountId | null;
  readonly numberId: NumberId | null;
}

export type FakeTriage = ReturnType<typeof createFakeTriage>;

const isPutAway = ({ doneAt, snoozedUntil, snoozedUntilReply }: Triage) =>
  doneAt !== null || snoozedUntil !== null || snoozedUntilReply;

const holds: Readonly<Record<View, (row: Conversation) => boolean>> = {
  all: ({ triage }) => !isPutAway(triage),
  needs_reply: ({ triage }) => triage.waitingSince !== null && !isPutAway(triage),
  unread: ({ unreadCount }) => unreadCount > 0,
  snoozed: ({ triage }) => triage.doneAt === null && isPutAway(triage),
  done: ({ triage }) => triage.doneAt !== null,
};

export function createFakeTriage(rows: Rows, now: number) {
  const decided = new Set<number>();
  const undo = new Map<number, readonly Conversation[]>();
  let nextUndo = 0;

  function idsOf({ view, accountId }: Scope): number[] {
    const isWhole = accountId === null || rows.accounts().length === 1;
    const inScope = (id: number) => isWhole || rows.row(id)!.accountId === accountId;
    if (view === "all") {
      const open = rows.order.filter((id) => inScope(id) && (!decided.has(id) || holds.all(rows.row(id)!)));
      const isPinned = (id: number) => decided.has(id) && rows.row(id)!.triage.pinnedAt !== null;
      return [...open.filter(isPinned), ...open.filter((id) => !isPinned(id))];
    }
    const looked = [...new Set([...rows.order.slice(0, LOOKED_AT), ...decided])];
    const held = looked.filter((id) => inScope(id) && holds[view](rows.row(id)!));
    if (view !== "needs_reply") return held;
    return held.toSorted((a, b) => rows.row(a)!.triage.waitingSince! - rows.row(b)!.triage.waitingSince! || a - b);
  }

  function changeOf(row: Conversation, action: TriageAction): Partial<Conversation> {
    const awake = { doneAt: null, snoozedUntil: null, snoozedUntilReply: false };
    switch (action.kind) {
      case "done":
        return { unreadCount: 0, triage: { ...row.triage, ...awake, doneAt: now } };
      case "snooze":
        return {
          unreadCount: 0,
          triage: { ...row.triage, ...awake, snoozedUntil: action.until, snoozedUntilReply: action.until === null },
        };
      case "reopen":
        return { triage: { ...row.triage, ...awake } };
      case "pin":
        return { triage: { ...row.triage, pinnedAt: now } };
      case "unpin":
        return { triage: { ...row.triage, pinnedAt: null } };
      case "read":
        return { unreadCount: 0 };
      case "unread":
        return { unreadCount: Math.max(1, row.unreadCount) };
    }
  }

  function counts(): ViewCounts[] {
    return rows.accounts().map(({ id }) => ({
      accountId: id,
      numberId: (id * 10) as NumberId,
      number: OWN_NUMBER,
      label: null,
      views: Object.fromEntries(
        VIEWS.map((view) => [view, idsOf({ view, accountId: id, numberId: null }).length]),
      ) as Record<View, number>,
    }));
  }

  function apply(ids: readonly ConversationId[], action: TriageAction): { undoId: number; count: number } {
    const before = ids.flatMap((id) => rows.row(id) ?? []);
    for (const row of before) {
      decided.add(row.id);
      rows.change(row.id, changeOf(row, action));
    }
    undo.set(++nextUndo, before);
    rows.changed(...ids);
    return { undoId: nextUndo, count: before.length };
  }

  const handlers = {
    "conversations.window": ({ offset, limit, keepId, ...scope }) => {
      const all = idsOf(scope);
      const keep = keepId === null ? -1 : all.indexOf(keepId);
      return {
        total: all.length,
        offset,
        rows: all.slice(offset, offset + limit).map((id) => rows.row(id)!),
        keepIndex: keep === -1 ? null : keep,
      };
    },
    "conversations.ids": ({ offset, limit, ...scope }) => ({
      ids: idsOf(scope).slice(offset, offset + limit) as ConversationId[],
    }),
    "conversations.counts": counts,
    "triage.apply": ({ ids, action }) => apply(ids, action),
    "triage.undo": ({ undoId }) => {
      const before = undo.get(undoId) ?? [];
      undo.delete(undoId);
      for (const row of before) rows.change(row.id, row);
      rows.changed(...before.map(({ id }) => id));
      return { count: before.length };
    },
    "contacts.rename": ({ id, name }) => {
      if (rows.row(id) === null) throw new AppError("not_found");
      rows.change(id, { contactName: name, hasLocalName: name !== null });
      rows.changed(id);
      return rows.row(id)!;
    },
  } satisfies Partial<Handlers>;

  return {
    handlers,
    apply,
    /** A customer wrote: what waited for that is open again. */
    gotNews(id: number): void {
      const { triage } = rows.row(id)!;
      const waitingSince = triage.waitingSince ?? now;
      rows.change(id, { triage: { ...triage, doneAt: null, snoozedUntilReply: false, waitingSince } });
    },
  };
}
