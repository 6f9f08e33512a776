/**
 * Brings a reply's files to the provider before the reply itself leaves.
 *
 * An upload makes no message, so one whose answer was lost is simply made again. Invariants: the reply stays queued
 * meanwhile; what would keep it back (consent, the reply window, another's answer) keeps its files back too; an address
 * is on record before the next file is begun, so that a retry brings only what is missing.
 */
import type { ConversationId } from "../../shared/domain.ts";
import { ProviderError } from "../../shared/errors.ts";
import type { Clock, OutboxStore, OutboxWork, Provider } from "../sync/ports.ts";

export interface UploadOptions {
  readonly store: Pick<OutboxStore, "beginUpload" | "openFile" | "markUploaded">;
  readonly clock: Clock;
  readonly provider: () => Provider;
  readonly signal: () => AbortSignal;
  readonly onChanged: (id: ConversationId) => void;
}

/**
 * The addresses of the reply's files, in order; null: it must not leave, or is no longer there.
 *
 * @throws ProviderError never marked as possibly arrived: whatever happened, no message was made
 */
export async function uploadFiles(options: UploadOptions, work: OutboxWork): Promise<readonly string[] | null> {
  const { store, clock, onChanged } = options;
  const { id, conversationId } = work.item;
  if (work.files.every(({ url }) => url !== null)) return work.files.flatMap(({ url }) => url ?? []);
  const verdict = await store.beginUpload({ id, now: clock.now() });
  onChanged(conversationId);
  if (verdict !== "go") return null;
  const urls: string[] = [];
  for (const file of work.files) {
    const url = file.url ?? (await bring(options, work, file));
    if (url === null) return null;
    urls.push(url);
  }
  return urls;
}

async function bring(
  { store, clock, provider, signal }: UploadOptions,
  { conversation }: OutboxWork,
  { id, name, contentType }: OutboxWork["files"][number],
): Promise<string | null> {
  const held = await store.openFile({ id });
  if (held === null) return null;
  const { upload } = provider();
  if (upload === undefined) throw new ProviderError("files_not_taken");
  let url: string;
  try {
    ({ url } = await upload({ conversation, name, contentType, bytes: held.bytes, signal: signal() }));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { code, retryAfterMs, detail } = error;
    throw new ProviderError(code, { retryAfterMs, detail: { ...detail }, cause: error });
  }
  await store.markUploaded({ id, url, now: clock.now() });
  return url;
}
