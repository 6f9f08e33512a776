/**
 * What "About" shows and the update service, put together from Electron's parts.
 *
 * Invariant: a build without an update address, and a checkout, never ask anybody for anything.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { app } from "electron";
import { z } from "zod";
import type { About, UpdateState } from "../../../shared/updates.ts";
import { Notice } from "../../../shared/updates.ts";
import type { Log } from "../../log.ts";
import type { Clock } from "../../sync/ports.ts";
import type { Inbox } from "../inbox.ts";
import { createTransport } from "../transport.ts";
import { findUpdateConfig } from "./config.ts";
import { createElectronPort } from "./electron-port.ts";
import { createUpdates } from "./service.ts";
import type { Updates } from "./service.ts";
import { findRefusal } from "./verify.ts";

export interface AboutService {
  readonly updates: Updates;
  about(): About;
  /** Of every library in this build; empty in a checkout that was never built for a package. */
  notices(): Promise<Notice[]>;
}

export interface AboutOptions {
  readonly distDir: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Null before it is open and while it closes. */
  readonly inbox: () => Inbox | null;
  readonly onChanged: (state: UpdateState) => void;
}

export function createAbout({ distDir, clock, log, inbox, onChanged }: AboutOptions): AboutService {
  const devFile = process.env["THREADKEEP_DEV_UPDATES"];
  const config = findUpdateConfig(app.getAppPath(), app.isPackaged, devFile);
  const updates = createUpdates({
    port: config === null ? null : createElectronPort(config, createTransport(), devFile),
    offReason: app.isPackaged ? "not_configured" : "development",
    clock,
    log,
    findRefusal: (file, offer, signature) =>
      findRefusal({ ...offer, file, signature }, app.getVersion(), config?.publicKey ?? ""),
    async countSending() {
      const open = (await inbox()?.services.db.call("outbox.list", undefined)) ?? [];
      return open.filter(({ item }) => item.state === "sending").length;
    },
    quit: () => app.quit(),
    onChanged,
  });
  return {
    updates,
    about: () => ({
      version: app.getVersion(),
      runtime: process.versions.electron ?? "",
      releaseNotesUrl: config?.releaseNotesUrl ?? null,
      update: updates.state(),
    }),
    async notices() {
      return z.array(Notice).parse(JSON.parse(await readFile(join(distDir, "main", "notices.json"), "utf8")));
    },
  };
}
