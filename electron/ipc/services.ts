/**
 * What the IPC handlers may use. Types only: the composition root hands the real things in.
 */
import type { Account, AccountId, ConversationId, ProviderName, SyncStatus } from "../../shared/domain.ts";
import type { FileProblem } from "../../shared/attachments.ts";
import type { ImportProblem } from "../../shared/contacts.ts";
import type { FileTypeName } from "../../shared/file-types.ts";
import type { AppState, ProviderForm, SettingsView } from "../../shared/ipc.ts";
import type { LanguageView } from "../../shared/ipc-language.ts";
import type { LanguageChoice } from "../../shared/languages.ts";
import type { LockAnswer, LockState } from "../../shared/lock.ts";
import type { MediaId } from "../../shared/media.ts";
import type { Settings } from "../../shared/settings.ts";
import type { StorageReport } from "../../shared/storage.ts";
import type { SupportReport, SupportSaved, SupportSectionId } from "../../shared/support.ts";
import type { About, Notice, UpdateState } from "../../shared/updates.ts";
import type { DbClient } from "../db/client.ts";

export interface AppService {
  state(): AppState;
  useSessionOnly(): Promise<AppState>;
  retryVault(): Promise<AppState>;
  dismissSetAside(): void;
  /** False: the policy does not let this link leave the app. */
  openLink(url: string): Promise<boolean>;
}

export interface SettingsCalls {
  get(): SettingsView;
  /** Stores and applies. */
  save(settings: Settings): Promise<SettingsView>;
}

export interface AccountCalls {
  list(): Promise<Account[]>;
  connect(input: {
    provider: ProviderName;
    name: string;
    baseUrl: string;
    credentials: Readonly<Record<string, string>>;
  }): Promise<Account>;
  connectSample(): Promise<Account>;
  rename(id: AccountId, name: string): Promise<Account>;
  replaceKey(id: AccountId, credentials: Readonly<Record<string, string>>): Promise<Account>;
  disconnect(id: AccountId): Promise<void>;
}

export interface SyncCalls {
  status(): SyncStatus[];
  now(): void;
  open(id: ConversationId | null): Promise<void>;
  /** Unread messages of this thread were read here: its provider is told, where it can be. */
  tellRead(id: ConversationId): Promise<void>;
}

export interface MediaCalls {
  /** Fetches it unless it is held. @throws AppError `not_found`, `too_large`, `rejected`; ProviderError */
  load(id: MediaId): Promise<"held" | "cancelled">;
  cancel(id: MediaId): void;
  /** False: the person went back. @throws AppError `not_found` when it is not held, `disk_full`, `disk_error` */
  save(id: MediaId): Promise<boolean>;
}

export interface StorageCalls {
  report(): Promise<StorageReport>;
  recheck(accountId: AccountId): Promise<void>;
  rebuild(accountId: AccountId): Promise<void>;
  setRetention(accountId: AccountId, days: number | null): Promise<void>;
}

/** The inbox once it is open. Reading it before that throws AppError `not_ready`. */
export interface InboxServices {
  readonly db: DbClient;
  readonly accounts: AccountCalls;
  readonly sync: SyncCalls;
  readonly settings: SettingsCalls;
  readonly storage: StorageCalls;
  readonly media: MediaCalls;
  /** A reply is on disk: send what may be sent. */
  dispatch(): void;
  /** Something was snoozed or woken: the next one to wake may be another. */
  checkSnoozes(): void;
  /** A row or thread changed through the person's own action. */
  changed(id: ConversationId): void;
  /** Something was deleted for good: its last bytes are to be overwritten. */
  forgotten(): void;
  now(): number;
}

/** The app lock, in every stage. */
export interface LockCalls {
  state(): LockState;
  lock(): void;
  unlock(pin: string): Promise<LockAnswer>;
  unlockWithTouchId(): Promise<LockAnswer>;
  setPin(current: string | null, next: string | null): Promise<LockAnswer>;
  reset(credential: string): Promise<LockAnswer>;
}

export interface SupportCalls {
  report(): Promise<SupportReport>;
  save(id: number, sections: readonly SupportSectionId[]): Promise<SupportSaved>;
}

/** A file in memory; its path is not told on. */
export interface PickedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** The language, in every stage. */
export interface LanguageCalls {
  view(): LanguageView;
  choose(choice: LanguageChoice): LanguageView;
}

/** What this build is, and its updates, in every stage. */
export interface AboutCalls {
  about(): About;
  notices(): Promise<Notice[]>;
  readonly updates: {
    check(): Promise<UpdateState>;
    restart(): Promise<UpdateState>;
    /** A draft changed: a restart waits a moment. */
    typed(isEmpty: boolean): void;
  };
}

/** The file of contacts that a person has chosen: in hand until its names are given or the person goes back. */
export interface ContactFileCalls {
  /** Asks in the system's dialog; null when the person goes back: then nothing changes. */
  pick(): Promise<PickedFile | { problem: ImportProblem; fileName: string } | null>;
  current(): PickedFile | null;
  drop(): void;
}

/** Files a person wants to send: chosen, read and told apart. Paths stay on this side. */
export interface AttachmentFileCalls {
  /** Asks in the system's dialog; empty when the person goes back. */
  choose(types: readonly FileTypeName[]): Promise<readonly string[]>;
  /** The whole file, at most `maxBytes`, or why not. */
  read(path: string, maxBytes: number): Promise<Uint8Array | FileProblem>;
  nameOf(path: string): string;
  /** What the bytes are (null: nothing that is ever sent), and a name fit for it. */
  look(bytes: Uint8Array, name: string): Promise<{ readonly type: FileTypeName | null; readonly name: string }>;
  mimeOf(type: FileTypeName): string;
}

export interface Services {
  readonly attachmentFiles: AttachmentFileCalls;
  readonly about: AboutCalls;
  readonly language: LanguageCalls;
  readonly contactFile: ContactFileCalls;
  readonly lock: LockCalls;
  readonly support: SupportCalls;
  readonly app: AppService;
  readonly providerForms: () => ProviderForm[];
  /** Answers once with each place to go to. */
  readonly takeNavigation: () => { conversationId: ConversationId } | null;
  inbox(): InboxServices;
}
