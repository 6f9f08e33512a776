/**
 * What Vobiz's lists leave out: the number and account of a channel, the number and name of a contact.
 *
 * Memory of one client. Channels are read once an hour, a contact once. Invariant: what may not be read (a missing
 * permission, an unknown record) gives the id in place of the number, and never stops sync.
 */
import { ProviderError } from "../../../shared/errors.ts";
import type { Clock } from "../../sync/ports.ts";
import { urlPart } from "../http.ts";
import type { HttpAnswer, HttpRequest } from "../http.ts";
import { readRecords } from "../wire.ts";
import { ContactEnvelope, WireChannel } from "./wire.ts";

const CHANNELS_TTL_MS = 3_600_000;

export interface Contact {
  readonly number: string | null;
  readonly name: string | null;
}

interface Ways {
  readonly clock: Clock;
  list(path: string, query: readonly [], signal: AbortSignal): Promise<{ rows: unknown[] }>;
  ask(request: Omit<HttpRequest, "headers">, isRecord: boolean): Promise<HttpAnswer>;
}

export interface Directory {
  channels(signal: AbortSignal): Promise<readonly WireChannel[]>;
  ownNumber(channelId: string, signal: AbortSignal): Promise<string>;
  wabaId(channelId: string, signal: AbortSignal): Promise<string | null>;
  contact(contactId: string, signal: AbortSignal): Promise<Contact>;
}

export function createDirectory({ clock, list, ask }: Ways): Directory {
  let known: { readonly at: number; readonly channels: readonly WireChannel[] } | null = null;
  const contacts = new Map<string, Contact>();

  async function channels(signal: AbortSignal): Promise<readonly WireChannel[]> {
    if (known !== null && clock.now() < known.at + CHANNELS_TTL_MS) return known.channels;
    const { rows } = await comfort(() => list("/channels/whatsapp", [], signal), { rows: [] });
    known = { at: clock.now(), channels: readRecords(rows, WireChannel, (wire) => wire).items };
    return known.channels;
  }

  const channel = async (id: string, signal: AbortSignal) => (await channels(signal)).find((wire) => wire.id === id);

  return {
    channels,
    ownNumber: async (id, signal) => (await channel(id, signal))?.phone_number ?? id,
    wabaId: async (id, signal) => (await channel(id, signal))?.waba_id ?? null,
    async contact(id, signal) {
      const before = contacts.get(id);
      if (before !== undefined) return before;
      const path = `/contacts/${urlPart(id)}`;
      const answer = await comfort(() => ask({ method: "GET", path, signal }, true), null);
      const parsed = ContactEnvelope.safeParse(answer?.json);
      const wire = parsed.success ? parsed.data : null;
      const contact = { number: wire?.phone_number || wire?.phone || null, name: wire?.name?.trim() || null };
      contacts.set(id, contact);
      return contact;
    },
  };
}

const OPTIONAL: ReadonlySet<string> = new Set([
  "scope_missing",
  "wrong_address",
  "not_found",
  "rejected",
  "invalid_response",
]);

async function comfort<T>(work: () => Promise<T>, fallback: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderError && OPTIONAL.has(error.code)) return fallback;
    throw error;
  }
}
