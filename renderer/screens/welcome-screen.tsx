/** The first run: what this is, in one sentence and three promises, and the two ways in. */
import { EyeOff, Send, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { failureOf } from "../../shared/errors.ts";
import { Alert, Spinner, TextButton } from "../components/ui.tsx";
import { errorSentence } from "../lib/error-words.ts";
import { useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import "./welcome-screen.css";

const PROMISES = [
  ["forgets", EyeOff],
  ["once", Send],
  ["consent", ShieldCheck],
] as const;

export function WelcomeScreen() {
  const { nav, accounts } = useStores();
  const [isStarting, setStarting] = useState(false);
  const [problem, setProblem] = useState<{ text: string; at: number } | null>(null);

  async function exploreSample(): Promise<void> {
    setStarting(true);
    setProblem(null);
    try {
      await accounts.connectSample();
    } catch (error) {
      setProblem({ text: errorSentence(failureOf(error)), at: Date.now() });
    } finally {
      setStarting(false);
    }
  }

  return (
    <main className="welcome">
      <div className="welcome-body">
        <Mark />
        <p className="welcome-name">{t("app.name")}</p>
        <h1 className="welcome-title" tabIndex={-1}>
          {t("welcome.title")}
        </h1>
        <p className="welcome-lead">{t("welcome.body")}</p>
        {problem !== null && <Alert text={problem.text} focusKey={problem.at} />}
        <div className="welcome-actions">
          <TextButton tone="primary" isDisabled={isStarting} onPress={() => nav.openDialog({ kind: "connect" })}>
            {t("welcome.connect")}
          </TextButton>
          <TextButton isDisabled={isStarting} onPress={() => void exploreSample()}>
            {isStarting && <Spinner />}
            {isStarting ? t("welcome.sampleStarting") : t("welcome.sample")}
          </TextButton>
        </div>
        <ul className="promises">
          {PROMISES.map(([promise, Icon]) => (
            <li key={promise}>
              <Icon aria-hidden size="1.385rem" strokeWidth={1.75} />
              <h2>{t(`welcome.${promise}.title`)}</h2>
              <p>{t(`welcome.${promise}.body`)}</p>
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}

/** The app's mark: two speech bubbles, the older one fading. */
function Mark() {
  return (
    <svg className="welcome-mark" viewBox="0 0 64 64" width="80" height="80" aria-hidden>
      <path
        className="mark-back"
        d="M14 12h26a8 8 0 0 1 8 8v10a8 8 0 0 1-8 8H22l-8 7v-7.6A8 8 0 0 1 6 30V20a8 8 0 0 1 8-8z"
      />
      <path
        className="mark-front"
        d="M28 24h22a8 8 0 0 1 8 8v10a8 8 0 0 1-8 8v7l-8-7H28a8 8 0 0 1-8-8V32a8 8 0 0 1 8-8z"
      />
      <path className="mark-line" d="M29 34h20M29 40h12" />
    </svg>
  );
}
