/**
 * Where this build looks for updates and whose signature it believes: written into package.json when it is packed.
 *
 * Must not be readable from anywhere else when installed: a file or variable beside the app would let others say where
 * updates come from. In development, where there is nothing to install, a variable may name a file for tests.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Config = z.object({
  url: z.url({ protocol: /^https?$/ }),
  /** Base64 of the DER-encoded Ed25519 public key. */
  publicKey: z.string().min(1),
  releaseNotesUrl: z
    .url({ protocol: /^https$/ })
    .nullable()
    .default(null),
});
export type UpdateConfig = z.infer<typeof Config>;

const Package = z.object({ threadkeepUpdates: z.unknown().optional() });

/** Null: this build does not look for updates. */
export function findUpdateConfig(
  appPath: string,
  isPackaged: boolean,
  devFile: string | undefined,
): UpdateConfig | null {
  const raw = isPackaged ? readPackage(appPath) : devFile === undefined ? null : readJson(devFile);
  const { success, data } = Config.safeParse(raw);
  if (!success) return null;
  // A plain connection is for a test's own server alone.
  const isSafe = data.url.startsWith("https:") || (!isPackaged && new URL(data.url).hostname === "127.0.0.1");
  return isSafe ? data : null;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
const readPackage = (appPath: string): unknown =>
  Package.parse(readJson(join(appPath, "package.json"))).threadkeepUpdates;
