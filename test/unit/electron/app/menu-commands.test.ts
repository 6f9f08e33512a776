/** The menu leads to every command, so that nothing is reached by its key alone. */
import { describe, expect, it, vi } from "vitest";
import { t } from "../../../../electron/i18n.ts";
import { COMMANDS } from "../../../../shared/commands.ts";
import { createMenuLabels } from "./menu-labels.ts";

vi.mock("electron", () => ({ Menu: {} }));

/** What the menu holds under a role of the platform instead. */
const BY_ROLE = new Set(["select_all"]);

describe.each(["darwin", "win32", "linux"] as const)("the menu on %s", (platform) => {
  it("holds every command of the table once", () => {
    const labels = createMenuLabels(platform, "en").map(({ label }) => label);
    for (const { id } of COMMANDS) {
      const times = labels.filter((label) => label === t(`commands.${id}`)).length;
      expect([id, times]).toEqual([id, BY_ROLE.has(id) ? 0 : 1]);
    }
  });
});
