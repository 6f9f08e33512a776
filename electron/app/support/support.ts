/** The support report with Electron around it: where facts come from, and the system's save dialog. No rules. */
import { app, dialog } from "electron";
import type { BrowserWindow } from "electron";
import type { Clock } from "../../sync/ports.ts";
import { t } from "../../i18n.ts";
import type { SupportCalls } from "../../ipc/services.ts";
import type { AppController } from "../app-controller.ts";
import type { Guard } from "../lock/guard.ts";
import { gatherFacts } from "./facts.ts";
import { createSupportService } from "./support-service.ts";

export interface SupportParts {
  readonly clock: Clock;
  readonly controller: AppController;
  readonly guard: Guard;
  readonly logTail: () => readonly string[];
  readonly redact: (text: string) => string;
  readonly getWindow: () => BrowserWindow | null;
}

export function createSupport({ clock, controller, guard, logTail, redact, getWindow }: SupportParts): SupportCalls {
  return createSupportService({
    now: clock.now,
    redact,
    facts: () =>
      gatherFacts({
        state: controller.service.state,
        locale: () => app.getLocale(),
        services: () => controller.inbox()?.services ?? null,
        isLockConfigured: () => guard.lock.state().configured,
        logTail,
      }),
    async choosePath(suggestedName) {
      const window = getWindow();
      const options = { defaultPath: suggestedName, filters: [{ name: t("support.textFiles"), extensions: ["txt"] }] };
      const chosen = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options));
      return chosen.canceled || chosen.filePath === "" ? null : chosen.filePath;
    },
  });
}
