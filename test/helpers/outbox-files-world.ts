/**
 * A person who sends replies with files, a process that may die at any moment, and a provider that does whatever a network
 * can: for random histories over the real dispatcher and a real database file, whose bytes can be looked at.
 *
 * Played here, judged in the property test. Invariants: every file's bytes are a word that is nowhere else; the person
 * decides about a reply of unknown outcome only after looking it up at the provider; what the model believes is never read
 * from the database.
 */
import { createHash } from "node:crypto";
import { insertAccount } from "../../electron/db/accounts-repo.ts";
import { addAttachment, removeAttachments } from "../../electron/db/attachments-repo.ts";
import type { WriteDb } from "../../electron/db/connection.ts";
import { openDatabase } from "../../electron/db/database.ts";
import { discard, retry, toDraft } from "../../electron/db/outbox-person.ts";
import { enqueue } from "../../electron/db/outbox-repo.ts";
import { purgeStep } from "../../electron/db/purge.ts";
import { enforceRetention } from "../../electron/db/retention-repo.ts";
import { createDispatcher } from "../../electron/outbox/dispatcher.ts";
import type { OutboxStore } from "../../electron/sync/ports.ts";
import type { AccountId, ConversationId, OutboxId } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { MediaId } from "../../shared/media.ts";
import { createFakeClock, settle } from "../fakes/fake-clock.ts";
import { mutateFilesStore, mutateToDraft, plantFault } from "./outbox-files-mutants.ts";
import type { FilesMutant } from "./outbox-files-mutants.ts";
import { FilesProvider, REQUEST_MS } from "./outbox-files-provider.ts";
import type { Answer } from "./outbox-files-provider.ts";
import {
  T0,
  commitList,
  commitThread,
  createStores,
  idOf,
  newAccount,
  remoteConversation,
  remoteMessage,
} from "./test-database.ts";

export const THREADS = 2;
/** What HighLevel takes with one reply. */
const MOST_FILES = 5;
const TOAST_MS = 8_000;

export type Step =
  | { do: "reply"; thread: number; files: number; hasText: boolean; laterMs: number | null; isTwice: boolean }
  | { do: "attach" | "look"; thread: number }
  | { do: "answers"; uploads: Answer[]; sends: Answer[] }
  | { do: "detach" | "retry" | "discard" | "takeBack" | "cancel"; which: number }
  | { do: "crash" | "undo" | "purge" }
  | { do: "wait"; ms: number }
  | { do: "forget"; thread: number; by: "provider" | "retention" };

/** A reply the person gave away, with what it was to carry. */
export interface Intent {
  readonly id: OutboxId;
  readonly tag: string;
  readonly thread: number;
  readonly text: string;
  readonly files: readonly string[];
  readonly laterTo: number | null;
  isOut: boolean;
}

/** Of a page and a half, so that it lies on pages of its own. */
const bytesOf = (name: string) => new TextEncoder().encode(wordOf(name).repeat(250));
/** The file's own word: in its bytes and nowhere else. */
export const wordOf = (name: string) => createHash("sha256").update(name).digest("hex").slice(0, 24);

export class FilesWorld {
  readonly clock = createFakeClock(T0);
  readonly db: WriteDb;
  readonly ids: readonly ConversationId[];
  readonly intents: Intent[] = [];
  readonly provider = new FilesProvider(this.clock);
  readonly drafts: string[][] = Array.from({ length: THREADS }, () => []);
  /** Files the person took out, gave up, or was made to forget. */
  readonly forgotten = new Set<string>();
  /** Threads in which something was forgotten: what else of it is held is not said. */
  readonly shaken = new Set<number>();
  private readonly accountId: AccountId;
  private readonly tokens = new Map<string, MediaId>();
  private readonly parked: Intent[] = [];
  private readonly mutant: FilesMutant | null;
  private retentionTo: number | null = null;
  private process: ReturnType<FilesWorld["start"]>;

  constructor(path: string, mutant: FilesMutant | null) {
    this.mutant = mutant;
    this.db = openDatabase({ path, key: null });
    // The process dies here, never the computer.
    this.db.exec("PRAGMA synchronous = OFF");
    plantFault(this.db, mutant);
    this.accountId = insertAccount(this.db, { ...newAccount(), provider: "highlevel" });
    const rows = Array.from({ length: THREADS }, (_, index) =>
      remoteConversation({ remoteId: `c${index}`, contactNumber: `+1555999000${index}` }),
    );
    commitList(this.db, this.accountId, rows);
    this.ids = rows.map(({ remoteId }) => idOf(this.db, remoteId));
    this.process = this.start();
  }

  /** One life of the process: after `kill` nothing of it is asked or stored. */
  private start() {
    let isDead = false;
    const never = new Promise<never>(() => undefined);
    const alive =
      <I, O>(call: (input: I) => Promise<O>) =>
      (input: I): Promise<O> =>
        isDead ? never : call(input);
    const base = mutateFilesStore(createStores(this.db).outbox, this.mutant, this.db);
    const store = Object.fromEntries(
      Object.entries(base).map(([name, call]) => [name, alive(call as (input: unknown) => Promise<unknown>)]),
    ) as unknown as OutboxStore;
    const provider = this.provider.port();
    const dispatcher = createDispatcher({
      accountId: this.accountId,
      provider: { ...provider, send: alive(provider.send), upload: alive(provider.upload) },
      store,
      clock: this.clock,
      random: () => 0.5,
      paceMs: 100,
      onChanged: () => undefined,
      onBlocked: () => undefined,
      onError: (error) => {
        throw error;
      },
    });
    return { store, dispatcher, kill: () => (isDead = true) };
  }

  private async restart(): Promise<void> {
    this.process.kill();
    this.process = this.start();
    // What nobody can put back any more goes with the process that offered it.
    this.forgetParked();
    await this.process.store.recoverInterrupted({ now: this.clock.now() });
    this.process.dispatcher.kick();
  }

  private forgetParked(): MediaId[] {
    const names = this.parked.splice(0).flatMap(({ files }) => files);
    for (const name of names) this.forgotten.add(name);
    return names.map((name) => this.tokens.get(name)!);
  }

  async play(step: Step): Promise<void> {
    switch (step.do) {
      case "attach":
        this.attach(step.thread);
        break;
      case "reply":
        this.reply(step);
        break;
      case "answers":
        this.provider.uploadAnswers = [...step.uploads];
        this.provider.sendAnswers = [...step.sends];
        break;
      case "crash":
        await this.restart();
        break;
      case "wait":
        // The toasts that offer to put something back are gone by then.
        if (step.ms >= TOAST_MS) removeAttachments(this.db, { ids: this.forgetParked() });
        await this.clock.advance(step.ms);
        break;
      case "look":
        this.look(step.thread);
        break;
      case "forget":
        this.forget(step.thread, step.by);
        break;
      case "purge":
        purgeStep(this.db, { now: this.clock.now(), pages: 2 });
        break;
      case "undo":
        this.undo();
        break;
      default:
        // What was under way has landed by the time a person has looked and decided.
        await this.clock.advance(2 * REQUEST_MS);
        this.decide(step.do, step.which);
    }
    await settle();
  }

  private attach(thread: number): void {
    if (this.drafts[thread]!.length >= MOST_FILES) return;
    const name = `file ${this.tokens.size}`;
    const now = this.clock.now();
    const file = { name: `${name}.png`, contentType: "image/png", bytes: bytesOf(name), now };
    this.tokens.set(name, addAttachment(this.db, { conversationId: this.ids[thread]!, ...file }).id);
    this.drafts[thread]!.push(name);
  }

  private reply({ thread, files, hasText, laterMs, isTwice }: Extract<Step, { do: "reply" }>): void {
    for (let count = 0; count < files; count += 1) this.attach(thread);
    const names = this.drafts[thread]!.splice(0, MOST_FILES);
    const key = `key ${this.intents.length}`;
    const text = hasText || names.length === 0 ? `reply ${this.intents.length}` : "";
    const laterTo = laterMs === null ? null : this.clock.now() + laterMs;
    this.give({ thread, text, files: names, key, laterTo });
    if (isTwice) this.give({ thread, text, files: names, key, laterTo });
  }

  /** Into the outbox, as the composer does it; the same key twice is one reply. */
  private give(given: Pick<Intent, "thread" | "text" | "files" | "laterTo"> & { key: string; isAgain?: boolean }) {
    const { thread, text, files, key, laterTo, isAgain = false } = given;
    const seen = this.db.get<{ id: number | null }>("SELECT max(id) AS id FROM messages")?.id ?? null;
    const { id } = enqueue(this.db, {
      conversationId: this.ids[thread]!,
      text,
      files: files.map((name) => this.tokens.get(name)!),
      key,
      now: this.clock.now(),
      notBefore: laterTo,
      seenUpTo: seen as never,
      writtenIn: isAgain ? "again" : "composer",
    });
    const { tag } = this.db.get<{ tag: string }>("SELECT tag FROM outbox WHERE id = ?", id)!;
    if (this.intents.every((one) => one.id !== id))
      this.intents.push({ id, tag, thread, text, files, laterTo, isOut: false });
    this.process.dispatcher.kick();
  }

  /** The thread as the provider lists it, addresses signed anew, some under another id than the receipt's. */
  private look(thread: number): void {
    const now = this.clock.now();
    const items = this.provider.arrivals.flatMap((one, index) => {
      if (one.thread !== thread) return [];
      const remoteId = index % 2 === 0 ? `m${index + 1}` : `listed ${index + 1}`;
      const gone = { body: null, mediaUrls: [], redactedAt: one.at + 1 };
      const there = { body: one.text === "" ? null : one.text, mediaUrls: one.urls.map((url) => `${url}?at=${now}`) };
      const message = { remoteId, direction: "outbound" as const, status: "sent" as const, createdAt: one.at };
      return [remoteMessage({ ...message, ...(one.isForgotten ? gone : there) })];
    });
    commitThread(this.db, this.accountId, this.ids[thread]!, items, { now, startedAt: now });
    this.process.dispatcher.threadChanged();
  }

  private forget(thread: number, by: "provider" | "retention"): void {
    const now = this.clock.now();
    for (const one of this.provider.arrivals) {
      if (by === "provider" && one.thread !== thread) continue;
      one.isForgotten = true;
      this.shaken.add(one.thread);
    }
    if (by === "provider") return this.look(thread);
    this.retentionTo = now + 1;
    this.enforce(now);
  }

  private enforce(now: number): void {
    if (this.retentionTo === null) return;
    enforceRetention(this.db, { accountId: this.accountId, windowMs: 1, cutoff: this.retentionTo, now });
  }

  private undo(): void {
    const intent = this.parked.pop();
    if (intent === undefined) return;
    this.give({ ...intent, key: `key ${this.intents.length} again`, isAgain: true });
  }

  /** A person about one reply, or one file of a draft. Those on their way are left alone, and so is what has arrived. */
  private decide(what: "detach" | "retry" | "discard" | "takeBack" | "cancel", which: number): void {
    if (what === "detach") return this.detach(which);
    const open = this.intents.filter(
      ({ isOut, tag }) => !isOut && !this.provider.arrivals.some((one) => one.tag === tag),
    );
    const intent = open[which % Math.max(1, open.length)];
    if (intent === undefined) return;
    const { id } = intent;
    const now = this.clock.now();
    try {
      if (what === "retry") {
        retry(this.db, { id, now });
        return this.process.dispatcher.kick();
      }
      if (what === "cancel" && (intent.laterTo === null || intent.laterTo <= now)) return;
      if (what === "takeBack") mutateToDraft(toDraft, this.mutant)(this.db, { id, now });
      else discard(this.db, { id, keepsFiles: what === "cancel" });
    } catch (error) {
      // It is on its way: the only refusal there is.
      if (!(error instanceof AppError) || error.code !== "rejected") throw error;
      return;
    }
    intent.isOut = true;
    if (what === "takeBack") this.drafts[intent.thread]!.push(...intent.files);
    // Files keep the order in which they were attached.
    this.drafts[intent.thread]!.sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)));
    if (what === "cancel") this.parked.push(intent);
    if (what === "discard") for (const name of intent.files) this.forgotten.add(name);
  }

  private detach(which: number): void {
    const draft = this.drafts[which % THREADS]!;
    const [name] = draft.splice(which % Math.max(1, draft.length), 1);
    if (name === undefined) return;
    removeAttachments(this.db, { ids: [this.tokens.get(name)!] });
    this.forgotten.add(name);
  }

  /** Everything works from now on: what can leave leaves, the threads are looked at, what is due is forgotten. */
  async rest(): Promise<void> {
    this.provider.uploadAnswers = [];
    this.provider.sendAnswers = [];
    await this.restart();
    await this.clock.advance(1_000_000);
    for (let thread = 0; thread < THREADS; thread += 1) this.look(thread);
    await this.clock.advance(1_000);
    this.enforce(this.clock.now());
    await this.process.dispatcher.stop();
  }
}
