/**
 * Updates and "about" as the window knows them: schemas of the state and of the calls. See electron/app/updates.
 *
 * A failure is a closed list; its words are chosen in the renderer. Nothing here can install anything by itself.
 */
import { z } from "zod";
import { Millis } from "./domain.ts";

/** Why a restart that was asked for waits. */
export const UpdateBusy = z.enum(["sending", "typing"]);
export type UpdateBusy = z.infer<typeof UpdateBusy>;

export const UpdateState = z.discriminatedUnion("kind", [
  /** `development`: not installed; `not_configured`: this build has no place to ask. */
  z.object({ kind: z.literal("off"), reason: z.enum(["development", "not_configured"]) }),
  z.object({ kind: z.literal("idle"), checkedAt: Millis.nullable() }),
  z.object({ kind: z.literal("checking") }),
  z.object({ kind: z.literal("available"), version: z.string() }),
  z.object({ kind: z.literal("downloading"), version: z.string(), percent: z.int().min(0).max(100) }),
  /** Checked and on disk: installed when the app ends, or now if the person says so. */
  z.object({ kind: z.literal("ready"), version: z.string() }),
  /** The person asked for a restart, which must not happen yet. */
  z.object({ kind: z.literal("waiting"), version: z.string(), busy: UpdateBusy }),
  /** `unreachable`: try again later; `refused`: what arrived was not what we signed. */
  z.object({ kind: z.literal("failed"), reason: z.enum(["unreachable", "refused"]) }),
]);
export type UpdateState = z.infer<typeof UpdateState>;

export const About = z.object({
  version: z.string(),
  /** Of Electron, for a report. */
  runtime: z.string(),
  releaseNotesUrl: z.string().nullable(),
  update: UpdateState,
});
export type About = z.infer<typeof About>;

/** A bundled library, with the text its licence asks to be shown. */
export const Notice = z.object({ name: z.string(), version: z.string(), license: z.string(), text: z.string() });
export type Notice = z.infer<typeof Notice>;

const noInput = z.undefined();

export const updateCalls = {
  "about.get": { input: noInput, output: About },
  "about.notices": { input: noInput, output: z.array(Notice) },
  "updates.check": { input: noInput, output: UpdateState },
  /** Installs and starts anew as soon as nothing is sent or typed. */
  "updates.restart": { input: noInput, output: UpdateState },
};

export const updatePushes = { "updates.changed": UpdateState };
