/**
 * The part of the contract about pictures and files; `shared/ipc.ts` spreads it into the whole.
 *
 * Nothing is fetched before a person asks. Invariant: no bytes and no address of a provider cross here; a held picture
 * is drawn from `app://threadkeep/media/<id>`.
 */
import { z } from "zod";
import { MediaId, MediaProgress } from "./media.ts";

export const mediaCalls = {
  /** Fetches one and keeps it; progress is pushed. Fails with `too_large`, `not_found`, `offline`, …: asking again may help. */
  "media.load": {
    input: z.strictObject({ id: MediaId }),
    output: z.object({ outcome: z.enum(["held", "cancelled"]) }),
  },
  "media.cancel": { input: z.strictObject({ id: MediaId }), output: z.void() },
  /** Asks where, then saves one that is held. `saved` is false when the person went back. */
  "media.save": { input: z.strictObject({ id: MediaId }), output: z.object({ saved: z.boolean() }) },
} as const;

export const mediaPushes = {
  "media.progress": MediaProgress,
} as const;
