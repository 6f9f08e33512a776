/** Settings, "Privacy": the app lock with its PIN, when it goes on, and whether the window may be captured. */
import type { FormEvent } from "react";
import { useEffect, useState } from "react";
import type { LockAnswer, LockState, PrivacySettings } from "../../shared/lock.ts";
import { t } from "../i18n.ts";
import { useStores } from "../stores/context.tsx";
import type { SettingsStore } from "../stores/settings-store.ts";
import { Tick } from "./settings-controls.tsx";
import { Alert, Field, TextButton } from "./ui.tsx";
import "./privacy-section.css";

const IDLE_MINUTES = [0, 1, 5, 15, 30, 60] as const;
/** As in shared/lock.ts, which the window must not load. */
const MIN_PIN = 4;

interface Props {
  readonly store: SettingsStore;
  readonly privacy: PrivacySettings;
}

export function PrivacySection({ store, privacy }: Props) {
  const { bridge, format } = useStores();
  const [lock, setLock] = useState<LockState | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => void bridge.call("lock.state").then(setLock, () => undefined), [bridge]);
  const change = (part: Partial<PrivacySettings>) => store.change({ privacy: part });

  if (lock === null) return null;
  return (
    <section className="card" aria-label={t("lock.privacy.title")}>
      <h3>{t("lock.privacy.title")}</h3>
      <PinForms
        lock={lock}
        onDone={(state, words) => {
          setLock(state);
          setSaid(words);
        }}
      />
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {lock.configured && (
        <>
          <label className="field privacy-idle">
            <span className="field-label">{t("lock.privacy.idle")}</span>
            <select
              className="select"
              value={privacy.lockIdleMinutes}
              onChange={(event) => change({ lockIdleMinutes: Number(event.target.value) })}
            >
              {IDLE_MINUTES.map((minutes) => (
                <option key={minutes} value={minutes}>
                  {minutes === 0
                    ? t("lock.privacy.never")
                    : t("lock.privacy.minutes", { count: minutes, shown: format.count(minutes) })}
                </option>
              ))}
            </select>
          </label>
          <Tick
            isOn={privacy.lockOnSleep}
            label={t("lock.privacy.onSleep")}
            onChange={(lockOnSleep) => change({ lockOnSleep })}
          />
          <Tick
            isOn={lock.can.screenLock && privacy.lockOnScreenLock}
            label={t("lock.privacy.onScreenLock")}
            isDisabled={!lock.can.screenLock}
            onChange={(lockOnScreenLock) => change({ lockOnScreenLock })}
            {...(lock.can.screenLock ? {} : { hint: t("lock.privacy.screenLockNo") })}
          />
        </>
      )}
      <Tick
        isOn={lock.can.hideFromCapture && privacy.hideFromCapture}
        label={t("lock.privacy.capture")}
        isDisabled={!lock.can.hideFromCapture}
        onChange={(hideFromCapture) => change({ hideFromCapture })}
        hint={lock.can.hideFromCapture ? t("lock.privacy.captureHint") : t("lock.privacy.captureNo")}
      />
    </section>
  );
}

type Mode = "rest" | "change" | "remove";

interface PinProps {
  readonly lock: LockState;
  readonly onDone: (state: LockState, words: string) => void;
}

function PinForms({ lock, onDone }: PinProps) {
  const { bridge } = useStores();
  const [mode, setMode] = useState<Mode>("rest");
  /** A form took the buttons' place, or they took its: the keyboard goes on at what led there. */
  const [last, setLast] = useState<Mode>("rest");
  const show = (next: Mode) => {
    setLast(mode === "rest" ? next : mode);
    setMode(next);
  };
  const close = (state: LockState, words: string) => {
    setMode("rest");
    setLast("change");
    onDone(state, words);
  };

  if (!lock.configured) {
    return (
      <>
        <p className="privacy-note">{t("lock.privacy.off")}</p>
        <PinForm
          asksNew
          isLedTo={last !== "rest"}
          submit={t("lock.privacy.set")}
          done={t("lock.privacy.turnedOn")}
          onDone={close}
        />
        <p className="privacy-note">{t("lock.privacy.honest")}</p>
      </>
    );
  }
  return (
    <>
      <p className="privacy-note">
        {t("lock.privacy.on")} {t("lock.privacy.honest")}
      </p>
      {mode === "rest" && (
        <div className="privacy-actions">
          <TextButton tone="primary" onPress={() => void bridge.call("lock.now").catch(() => undefined)}>
            {t("lock.privacy.lockNow")}
          </TextButton>
          <TextButton autoFocus={last === "change"} onPress={() => show("change")}>
            {t("lock.privacy.change")}
          </TextButton>
          <TextButton autoFocus={last === "remove"} tone="quiet" onPress={() => show("remove")}>
            {t("lock.privacy.remove")}
          </TextButton>
        </div>
      )}
      {mode === "change" && (
        <PinForm
          asksCurrent
          asksNew
          submit={t("lock.privacy.doChange")}
          done={t("lock.privacy.changed")}
          onDone={close}
          onCancel={() => show("rest")}
        />
      )}
      {mode === "remove" && (
        <PinForm
          asksCurrent
          submit={t("lock.privacy.doRemove")}
          done={t("lock.privacy.turnedOff")}
          onDone={close}
          onCancel={() => show("rest")}
        />
      )}
    </>
  );
}

interface PinFormProps {
  readonly asksCurrent?: boolean;
  readonly asksNew?: boolean;
  /** It took the place of what the keyboard stood on. */
  readonly isLedTo?: boolean;
  readonly submit: string;
  readonly done: string;
  readonly onDone: (state: LockState, words: string) => void;
  readonly onCancel?: () => void;
}

function PinForm({
  asksCurrent = false,
  asksNew = false,
  isLedTo = false,
  submit,
  done,
  onDone,
  onCancel,
}: PinFormProps) {
  const { bridge } = useStores();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ readonly text: string; readonly at: number } | null>(null);
  const fail = (text: string) => setProblem({ text, at: performance.now() });

  async function save(): Promise<void> {
    setBusy(true);
    let answer: LockAnswer | null = null;
    try {
      answer = await bridge.call("lock.setPin", {
        current: asksCurrent ? current : null,
        next: asksNew ? next : null,
      });
    } catch {
      fail(t("lock.failed"));
    }
    setBusy(false);
    setCurrent("");
    if (answer === null) return;
    if (answer.result === "ok") return onDone(answer.state, done);
    fail(refusal(answer));
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (asksNew && next.length < MIN_PIN) return fail(t("lock.privacy.short"));
    if (asksNew && next !== again) return fail(t("lock.privacy.differs"));
    void save();
  }

  const field = { type: "password", maxLength: 128, autoComplete: "off", isDisabled: isBusy } as const;
  return (
    <form className="privacy-form" onSubmit={onSubmit}>
      {problem !== null && <Alert text={problem.text} focusKey={problem.at} />}
      {asksCurrent && (
        <Field {...field} label={t("lock.privacy.current")} value={current} onChange={setCurrent} autoFocus />
      )}
      {asksNew && (
        <>
          <Field
            {...field}
            label={t("lock.privacy.new")}
            hint={t("lock.privacy.newHint")}
            value={next}
            onChange={setNext}
          />
          <Field {...field} label={t("lock.privacy.repeat")} value={again} onChange={setAgain} />
        </>
      )}
      <div className="privacy-actions">
        <TextButton type="submit" autoFocus={isLedTo} tone={asksNew ? "primary" : "danger"} isDisabled={isBusy}>
          {submit}
        </TextButton>
        {onCancel !== undefined && (
          <TextButton tone="quiet" isDisabled={isBusy} onPress={onCancel}>
            {t("common.cancel")}
          </TextButton>
        )}
      </div>
    </form>
  );
}

function refusal({ result, state }: LockAnswer): string {
  if (result === "unreadable") return t("lock.unreadable");
  if (result !== "wait" || state.retryAt === null) return t("lock.refused");
  const seconds = Math.max(1, Math.ceil((state.retryAt - Date.now()) / 1_000));
  return t("lock.wait", { count: seconds, shown: seconds });
}
