/** An app lock and a support report for the fake bridge: the PIN is kept as typed, the report is invented. */
import type { AppState, Handlers } from "../../shared/ipc.ts";
import type { LockAnswer, LockState } from "../../shared/lock.ts";

type LockHandlers = Pick<
  Handlers,
  | "lock.state"
  | "lock.now"
  | "lock.unlock"
  | "lock.touchId"
  | "lock.setPin"
  | "lock.reset"
  | "support.report"
  | "support.save"
>;

export interface FakeLockWorld {
  readonly now: number;
  readonly setStage: (stage: AppState["stage"]) => void;
  readonly stage: () => AppState["stage"];
}

/** The key that takes the lock off in the fake. */
const FAKE_KEY = "am_live_fake_key_0001";

export function fakeLockHandlers({ now, setStage, stage }: FakeLockWorld): LockHandlers {
  let pin: string | null = stage() === "locked" ? "2580" : null;
  let failed = 0;
  const state = (): LockState => ({
    configured: pin !== null,
    locked: stage() === "locked",
    retryAt: failed >= 5 ? now + 30_000 : null,
    can: { touchId: false, hideFromCapture: false, screenLock: false },
  });
  const answer = (result: LockAnswer["result"]): LockAnswer => ({ result, state: state() });
  const open = (isRight: boolean): LockAnswer => {
    failed = isRight ? 0 : failed + 1;
    if (isRight) setStage("ready");
    return answer(isRight ? "ok" : "refused");
  };
  return {
    "lock.state": state,
    "lock.now": () => {
      if (pin !== null) setStage("locked");
      return state();
    },
    "lock.unlock": ({ pin: typed }) => open(typed === pin),
    "lock.touchId": () => answer("refused"),
    "lock.setPin": ({ current, next }) => {
      if (pin !== null && current !== pin) return answer("refused");
      pin = next;
      return answer("ok");
    },
    "lock.reset": ({ credential }) => {
      const isRight = credential === FAKE_KEY;
      if (isRight) pin = null;
      return open(isRight);
    },
    "support.report": () => ({
      id: 1,
      madeAt: now,
      sections: [
        {
          id: "app",
          lines: [
            "version: 0.1.0",
            "electron: 45.4.1",
            "chrome: 156.0.7310.4",
            "node: 24.21.0",
            "platform: darwin",
            "release: 26.1.0",
            "arch: arm64",
            "locale: en-US",
            "stage: ready",
            "session only: no",
            "up minutes: 318",
            "memory megabytes: 214",
            "lock: yes",
          ],
        },
        { id: "settings", lines: ["notifications enabled: yes", "notifications privacy: auto", "theme: system"] },
        {
          id: "accounts",
          lines: [
            "account-9f31c2 · agentmessage · ok · up_to_date · last completed 2026-04-14T16:19:00.000Z",
            "account-04be77 · twilio · needs_key · attention · key_refused · last completed 2026-04-13T09:02:11.000Z",
          ],
        },
        { id: "storage", lines: ["schema version: 70", "database bytes: 41943040", "log bytes: 32992"] },
        { id: "errors", lines: [] },
        {
          id: "log",
          lines: Array.from(
            { length: 40 },
            (_, line) =>
              `2026-04-14T16:${String(line).padStart(2, "0")}:07.120Z info page stored count=20 ms=${3 + (line % 7)} account-9f31c2`,
          ),
        },
      ],
    }),
    "support.save": () => ({ result: "saved" }),
  };
}
