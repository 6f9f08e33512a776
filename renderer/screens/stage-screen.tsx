/** Plain full-window screens for the stages in which there is no inbox to show: what happened, what can be done. */
import { CircleAlert, DatabaseZap, KeyRound, LockKeyhole, MessageSquareText } from "lucide-react";
import type { ComponentProps } from "react";
import { ProgressBar } from "react-aria-components";
import { assertNever } from "../../shared/assert.ts";
import type { Failure } from "../../shared/errors.ts";
import type { AppState } from "../../shared/ipc.ts";
import { errorSentence } from "../lib/error-words.ts";
import { Alert, Spinner, TextButton } from "../components/ui.tsx";
import { useLate } from "../lib/use-late.ts";
import { useApp, useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { LockScreen } from "./lock-screen.tsx";
import { StageFrame } from "./stage-frame.tsx";
import "./stage-screen.css";

export function StageScreen({ stage }: { stage: Exclude<AppState["stage"], "ready"> }) {
  const { app } = useStores();
  switch (stage) {
    case "starting":
      return <Starting />;
    case "no_keyring":
      return (
        <Frame icon={KeyRound} title={t("stage.noKeyring.title")}>
          <p>{t("stage.noKeyring.body")}</p>
          <p>{t("stage.noKeyring.sessionMeans")}</p>
          <div className="stage-actions">
            <RetryButton label={t("stage.noKeyring.retry")} />
            <TextButton onPress={() => void app.useSessionOnly()}>{t("stage.noKeyring.session")}</TextButton>
          </div>
          <Vain text={t("stage.noKeyring.still")} />
        </Frame>
      );
    case "vault_failed":
      return (
        <Frame icon={LockKeyhole} title={t("stage.vaultFailed.title")}>
          <p>{t("stage.vaultFailed.body")}</p>
          <p>{t("stage.vaultFailed.hint")}</p>
          <div className="stage-actions">
            <RetryButton label={t("common.retry")} />
          </div>
          <Vain text={t("stage.vaultFailed.still")} />
        </Frame>
      );
    case "locked":
      return <LockScreen />;
    case "failed":
      return (
        <Frame icon={CircleAlert} title={t("stage.failed.title")}>
          <p>{t("stage.failed.body")}</p>
          <p>{t("stage.failed.hint")}</p>
          <div className="stage-actions">
            <RetryButton label={t("common.retry")} />
          </div>
        </Frame>
      );
    case "db_from_future":
      return (
        <Frame icon={DatabaseZap} title={t("stage.fromFuture.title")}>
          <p>{t("stage.fromFuture.body")}</p>
          <p>{t("stage.fromFuture.hint")}</p>
        </Frame>
      );
    default:
      return assertNever(stage, "stage");
  }
}

function Frame({ children, ...frame }: ComponentProps<typeof StageFrame>) {
  const failure = useApp((state) => state.failure);
  return (
    <StageFrame {...frame}>
      {failure !== null && <Alert text={errorSentence(failure)} focusKey={failure} />}
      {children}
    </StageFrame>
  );
}

/** Nothing has changed by a try: said anew after each. */
function Vain({ text }: { text: string }) {
  const isVain = useApp((state) => state.isVain);
  return (
    <p className="stage-vain" role="status">
      {isVain && text}
    </p>
  );
}

/** Stays in reach while it is at work: the keyboard stands on it. */
function RetryButton({ label }: { label: string }) {
  const { app } = useStores();
  const busy = useApp((state) => state.busy);
  return (
    <TextButton tone="primary" onPress={() => void app.retryVault()}>
      {busy && <Spinner />}
      {label}
    </TextButton>
  );
}

/**
 * Silent at first: most starts are over before anybody could read it.
 *
 * @param failure  of what is read once the app is ready
 */
export function Starting({ failure: ofAccounts = null }: { failure?: Failure | null }) {
  const isLate = useLate();
  const failure = useApp((state) => state.failure) ?? ofAccounts;
  const migration = useApp((state) => state.app?.migration ?? null);
  return (
    <main className="stage" aria-busy={failure === null}>
      <h1 className="visually-hidden">{t("app.name")}</h1>
      {failure !== null ? (
        <Alert text={errorSentence(failure)} focusKey={failure} />
      ) : (
        isLate &&
        (migration !== null ? (
          <Migration {...migration} />
        ) : (
          <p className="stage-starting">
            <MessageSquareText aria-hidden size="1.231rem" /> {t("stage.starting")}
          </p>
        ))
      )}
    </main>
  );
}

/** A large cache of an older app takes its time, once. */
function Migration({ done, total }: NonNullable<AppState["migration"]>) {
  const { format } = useStores();
  const words = t("stage.migration.of", { done: format.count(done), total: format.count(total) });
  return (
    <ProgressBar
      className="stage-migration"
      aria-label={t("stage.migration.label")}
      value={done}
      maxValue={total}
      valueLabel={words}
    >
      {({ percentage }) => (
        <>
          <p className="stage-migration-words">
            <span>{t("stage.migration.label")}</span>
            <span className="stage-migration-count">{words}</span>
          </p>
          <div className="stage-migration-track">
            <div className="stage-migration-fill" style={{ width: `${percentage ?? 0}%` }} />
          </div>
          <p className="stage-migration-hint">{t("stage.migration.hint")}</p>
        </>
      )}
    </ProgressBar>
  );
}
