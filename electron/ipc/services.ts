/**
 * What the IPC handlers may use. Types only: the composition root hands the real things in.
 */
import type { Account, AccountId, ConversationId, ProviderName, SyncStatus } from "../../shared/domain.ts";
import type { AppState, ProviderForm, SettingsView } from "../../shared/ipc.ts";
import type { Settings } from "../../shared/settings.ts";
import type { StorageReport } from "../../shared/storage.ts";
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
  /** A reply is on disk: send what may be sent. */
  dispatch(): void;
  /** Something was snoozed or woken: the next one to wake may be another. */
  checkSnoozes(): void;
  /** A row or thread changed through the person's own action. */
  changed(id: ConversationId): void;
  now(): number;
}

export interface Services {
  readonly app: AppService;
  readonly providerForms: () => ProviderForm[];
  /** Answers once with each place to go to. */
  readonly takeNavigation: () => { conversationId: ConversationId } | null;
  inbox(): InboxServices;
}
