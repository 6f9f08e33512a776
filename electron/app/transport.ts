/**
 * The app's network for providers: Chromium's stack, so that the system's proxy, certificates and VPN count.
 *
 * A session of its own, in memory: no cookies, no cache, nothing of a provider on disk. Certificate checks are
 * Chromium's and are never overridden.
 */
import { session } from "electron";
import type { Fetch } from "../providers/http.ts";

export function createTransport(): Fetch {
  const network = session.fromPartition("providers", { cache: false });
  return (url, init) => network.fetch(url, init);
}
