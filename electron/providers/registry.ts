/**
 * The providers that can be connected: one line each.
 *
 * Data and factories; no state. Everything the rest of the app needs to know of a provider before an account
 * exists stands here: the connect form's words, the pace of sends, how to make its client.
 */
import type { ProviderName } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { ProviderForm } from "../../shared/ipc.ts";
import type { Clock, Provider, SyncTuning } from "../sync/ports.ts";
import { agentMessage } from "./agentmessage/entry.ts";
import { highLevel } from "./highlevel/entry.ts";
import type { Fetch } from "./http.ts";
import { quo } from "./quo/entry.ts";
import { twilio } from "./twilio/entry.ts";
import { vobiz } from "./vobiz/entry.ts";

/** What an account needs to reach its provider. `credentials` are secret. */
export interface Connection {
  readonly baseUrl: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  readonly clock: Clock;
}

export interface ProviderEntry {
  readonly form: ProviderForm;
  /** Path people paste along with the base URL and the client appends itself. */
  readonly apiSuffix: string;
  /** Least time between two sends of one account. */
  readonly sendPaceMs: number;
  /** How sync is to ask it; absent where nothing speaks against the defaults. */
  readonly tuning?: SyncTuning;
  /** The credential whose last four characters identify the key to a person. */
  readonly keyField: string;
  create(connection: Connection): Provider;
}

const ENTRIES: readonly ProviderEntry[] = [agentMessage, twilio, quo, highLevel, vobiz];

/** @throws AppError `bad_input` for a provider this version cannot connect */
export function getProviderEntry(name: ProviderName): ProviderEntry {
  const entry = ENTRIES.find(({ form }) => form.provider === name);
  if (entry === undefined) throw new AppError("bad_input", `no adapter for ${name}`, { detail: { field: "provider" } });
  return entry;
}

export const providerForms = (): ProviderForm[] => ENTRIES.map(({ form }) => form);

/**
 * The credentials a form asks for, complete and trimmed; anything else that came along is dropped.
 *
 * @throws AppError `bad_input` with the empty field's name
 */
export function readCredentials(entry: ProviderEntry, typed: Readonly<Record<string, string>>): Record<string, string> {
  const credentials: Record<string, string> = {};
  for (const { name, isOptional = false } of entry.form.fields) {
    const value = Object.hasOwn(typed, name) ? typed[name]!.trim() : "";
    if (value === "" && isOptional) continue;
    // A key with a line break or a blank inside is a copying mistake and no legal header value.
    if (!/^[\x21-\x7e]+$/.test(value)) throw new AppError("bad_input", `field ${name}`, { detail: { field: name } });
    credentials[name] = value;
  }
  return credentials;
}
