/**
 * `POST /v1/messages`: validation, consent, line type and rate, in the order the API checks them.
 *
 * Invariant: nothing is stored unless the answer is 202. Sending twice stores twice: the API promises no idempotency.
 */
import { LANDLINE } from "./data/cast.ts";
import { ApiError, validationFailed, type Reply } from "./http.ts";
import { isE164 } from "./ids.ts";
import type { Life } from "./life.ts";
import type { Store } from "./store.ts";
import { wireAcceptedMessage } from "./wire.ts";

export interface SendDeps {
  readonly store: Store;
  readonly life: Life;
  readonly now: () => number;
  readonly limiter: Limiter;
}

/** A token bucket: `take` answers 0 when the send may go, else the whole seconds to wait. */
export interface Limiter {
  take(): number;
}

export function createLimiter(now: () => number, options: { perSecond: number; burst: number }): Limiter {
  let tokens = options.burst;
  let filledAt = now();
  return {
    take() {
      const at = now();
      tokens = Math.min(options.burst, tokens + (Math.max(0, at - filledAt) / 1000) * options.perSecond);
      filledAt = at;
      if (tokens >= 1) {
        tokens -= 1;
        return 0;
      }
      return Math.max(1, Math.ceil((1 - tokens) / options.perSecond));
    },
  };
}

const MAX_TEXT = 1600;
const MAX_TAG = 64;
const MAX_MEDIA = 10;
const PRIORITIES = ["default", "high"];

function isMediaList(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length <= MAX_MEDIA &&
    value.every((url) => typeof url === "string" && url.startsWith("https://") && URL.canParse(url))
  );
}

export async function handleSend(
  call: { body: () => Promise<Record<string, unknown>> },
  deps: SendDeps,
): Promise<Reply> {
  const { store, life, limiter } = deps;
  const body = await call.body();
  const { from, to, text = "", tag = null, priority = "default", media_urls: media = [] } = body;
  const details: Record<string, string> = {};
  if (typeof from !== "string" || !isE164(from)) details["from"] = "must be E.164";
  else if (!store.numbers.some(({ number }) => number === from)) details["from"] = "must be one of your numbers";
  if (typeof to !== "string" || !isE164(to)) details["to"] = "must be E.164";
  if (!isMediaList(media)) details["media_urls"] = `must be at most ${MAX_MEDIA} https URLs`;
  const mayBeEmpty = isMediaList(media) && media.length > 0;
  const characters = typeof text === "string" ? Array.from(text).length : -1;
  if (characters > MAX_TEXT || characters < 0 || (!mayBeEmpty && String(text).trim() === "")) {
    details["text"] = `must be 1..${MAX_TEXT} chars`;
  }
  if (tag !== null && (typeof tag !== "string" || tag.length > MAX_TAG))
    details["tag"] = `must be at most ${MAX_TAG} chars`;
  if (typeof priority !== "string" || !PRIORITIES.includes(priority)) {
    details["priority"] = `must be one of ${PRIORITIES.join(", ")}`;
  }
  if (Object.keys(details).length > 0) throw validationFailed(details);

  const input = {
    from: from as string,
    to: to as string,
    text: text as string,
    mediaUrls: media as string[],
    tag: tag as string | null,
  };
  if (input.to === LANDLINE) throw new ApiError(422, "LINE_TYPE_BLOCKED", "destination is a landline");
  if (store.findConsent(input.to)?.optedIn !== true) {
    throw new ApiError(453, "CONSENT_REQUIRED", "recipient has not opted in");
  }
  const waitSeconds = limiter.take();
  if (waitSeconds > 0) {
    throw new ApiError(429, "RATE_LIMITED", "rate limit exceeded", { headers: { "Retry-After": String(waitSeconds) } });
  }
  const { conversation, message } = store.addOutbound(input);
  const accepted = wireAcceptedMessage(message, priority as string);
  life.afterSend(conversation, message);
  return { status: 202, data: accepted };
}
