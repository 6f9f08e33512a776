/**
 * The only thing a locked window shows: a field for the PIN, and the way out when it is forgotten.
 *
 * Must not read anything but the lock's state and the look. Invariant: what was typed is gone from the field as soon as
 * it was handed over.
 */
import { LockKeyhole } from "lucide-react";
import type { FormEvent } from "react";
import { useEffect, useLayoutEffect, useState } from "react";
import type { LockAnswer, LockState } from "../../shared/lock.ts";
import { Field, Spinner, TextButton } from "../components/ui.tsx";
import { t } from "../i18n.ts";
import { useStores } from "../stores/context.tsx";
import { StageFrame } from "./stage-frame.tsx";
import "./lock-screen.css";

type Problem = { readonly kind: "refused" | "unreadable" | "failed" | "wait"; readonly at: number };

export function LockScreen() {
  const { bridge, settings } = useStores();
  const [state, setState] = useState<LockState | null>(null);
  const [isForgotten, setForgotten] = useState(false);
  useEffect(() => {
    // Theme and language as chosen; neither says anything about anybody.
    void settings.load();
    void bridge.call("lock.state").then(setState, () => undefined);
  }, [bridge, settings]);

  return (
    <StageFrame icon={LockKeyhole} title={t("lock.title")}>
      {isForgotten ? (
        <>
          <p>{t("lock.forgot.body")}</p>
          <Entry
            key="forgot"
            label={t("lock.forgot.field")}
            submit={t("lock.forgot.remove")}
            refused={t("lock.forgot.refused")}
            state={state}
            onState={setState}
            onTry={(credential) => bridge.call("lock.reset", { credential })}
          />
          <button type="button" className="link-button" onClick={() => setForgotten(false)}>
            {t("lock.forgot.back")}
          </button>
        </>
      ) : (
        <>
          <p>{t("lock.body")}</p>
          <Entry
            key="pin"
            label={t("lock.field")}
            submit={t("lock.unlock")}
            refused={t("lock.refused")}
            state={state}
            onState={setState}
            onTry={(pin) => bridge.call("lock.unlock", { pin })}
            {...(state?.can.touchId === true ? { onTouchId: () => bridge.call("lock.touchId") } : {})}
          />
          <button type="button" className="link-button" onClick={() => setForgotten(true)}>
            {t("lock.forgot.open")}
          </button>
        </>
      )}
    </StageFrame>
  );
}

interface EntryProps {
  readonly label: string;
  readonly submit: string;
  readonly refused: string;
  readonly state: LockState | null;
  readonly onState: (state: LockState) => void;
  readonly onTry: (text: string) => Promise<LockAnswer>;
  readonly onTouchId?: () => Promise<LockAnswer>;
}

function Entry({ label, submit, refused, state, onState, onTry, onTouchId }: EntryProps) {
  const [text, setText] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const seconds = useSecondsUntil(state?.retryAt ?? null);

  async function attempt(ask: () => Promise<LockAnswer>): Promise<void> {
    setBusy(true);
    setText("");
    try {
      const { result, state: next } = await ask();
      // When it opened, the pushed stage takes this screen away.
      setProblem(result === "ok" ? null : { kind: result, at: performance.now() });
      onState(next);
    } catch {
      setProblem({ kind: "failed", at: performance.now() });
    } finally {
      setBusy(false);
    }
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (text !== "" && seconds === 0) void attempt(() => onTry(text));
  }

  return (
    <form className="lock-form" onSubmit={onSubmit}>
      {seconds > 0 ? (
        <p role="alert" className="alert">
          {t("lock.wait", { count: seconds, shown: seconds })}
        </p>
      ) : (
        problem !== null &&
        problem.kind !== "wait" && (
          <p key={`problem ${problem.at}`} role="alert" className="alert">
            {sentence(problem.kind, refused)}
          </p>
        )
      )}
      {/* A new field after each try takes the focus: the next thing to do is to type again. */}
      <Field
        key={`field ${problem?.at ?? 0}`}
        label={label}
        type="password"
        value={text}
        onChange={setText}
        maxLength={4096}
        autoComplete="off"
        isDisabled={isBusy}
        autoFocus
      />
      <div className="stage-actions">
        <TextButton tone="primary" type="submit" isDisabled={isBusy || seconds > 0 || text === ""}>
          {isBusy && <Spinner />}
          {submit}
        </TextButton>
        {onTouchId !== undefined && (
          <TextButton isDisabled={isBusy} onPress={() => void attempt(onTouchId)}>
            {t("lock.touchId")}
          </TextButton>
        )}
      </div>
    </form>
  );
}

function sentence(kind: Exclude<Problem["kind"], "wait">, refused: string): string {
  return kind === "refused" ? refused : kind === "unreadable" ? t("lock.unreadable") : t("lock.failed");
}

/** Whole seconds left, counted down; 0 when the moment is over. */
function useSecondsUntil(until: number | null): number {
  const [now, setNow] = useState(Date.now);
  const left = until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1_000));
  // Before the first look at it: counted from the moment the screen came, it would be said far too long.
  useLayoutEffect(() => {
    if (until === null) return undefined;
    const look = () => setNow(Date.now());
    look();
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
