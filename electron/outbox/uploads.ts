/**
 * Brings a reply's files to the provider before the reply itself leaves.
 *
 * An upload makes no message, so one whose answer was lost is simply made again. Invariants: the reply stays queued
 * meanwhile; what would keep it back (consent, the reply window, another's answer, a person who takes it back) keeps its
 * files back too; an address is on record before the next file is begun, so that a retry brings only what is missing.
 */
import type { ConversationId } from "../../shared/domain.ts";
import { ProviderError } from "../../shared/errors.ts";
import type { AppErrorCode } from "../../shared/errors.ts";
import type { Clock, OutboxStore, OutboxWork, Provider } from "../sync/ports.ts";

export interface UploadOptions {
  readonly store: Pick<OutboxStore, "beginUpload" | "openFile" | "markUploaded">;
  readonly clock: Clock;
  readonly provider: () => Provider;
  readonly signal: () => AbortSignal;
  readonly onChanged: (id: ConversationId) => void;
}

/** What may be wrong with these files alone (too slow a line for them, an answer nobody understands). */
const ABOUT_FILES: ReadonlySet<AppErrorCode> = new Set(["timeout", "server_error", "invalid_response", "too_large"]);

/** Each try may carry some megabytes, so they are few: over three quarters of an hour, as outages last. */
const TRY_AGAIN_MS = [10_000, 30_000, 120_000, 600_000, 1_800_000] as const;

/** True: other replies of the account need not wait for it. */
export const isAboutFiles = ({ code }: ProviderError): boolean => ABOUT_FILES.has(code);

/** How long to wait after this many tries in a row; null: it was tried often enough. */
export function nextTryMs(tries: number, { retryAfterMs }: ProviderError): number | null {
  const waitMs = TRY_AGAIN_MS[tries - 1];
  return waitMs === undefined ? null : Math.max(waitMs, retryAfterMs ?? 0);
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
  { item, conversation }: OutboxWork,
  { id, name, contentType }: OutboxWork["files"][number],
): Promise<string | null> {
  const held = await store.openFile({ id, reply: item.id });
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
