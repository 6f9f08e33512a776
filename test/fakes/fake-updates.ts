/** "About" and updates for the fake bridge: one state, given by the scene, and two invented notices. */
import type { Handlers } from "../../shared/ipc.ts";
import type { UpdateState } from "../../shared/updates.ts";

type UpdateHandlers = Pick<Handlers, "about.get" | "about.notices" | "updates.check" | "updates.restart">;

export function fakeUpdateHandlers(given: UpdateState = { kind: "off", reason: "development" }): UpdateHandlers {
  let update = given;
  return {
    "about.get": () => ({
      version: "0.1.0",
      runtime: "45.4.1",
      releaseNotesUrl: "https://example.test/release-notes",
      update,
    }),
    "about.notices": () => [
      { name: "react", version: "19.3.1", license: "MIT", text: "MIT License\n\nPermission is hereby granted …" },
      { name: "zod", version: "4.6.7", license: "MIT", text: "MIT License\n\nPermission is hereby granted …" },
    ],
    "updates.check": () => (update = { kind: "idle", checkedAt: Date.UTC(2026, 3, 28, 12) }),
    "updates.restart": () =>
      update.kind === "ready" ? (update = { kind: "waiting", version: update.version, busy: "typing" }) : update,
  };
}
