/**
 * Security rules over the sources, as functions from modules to complaints: what may stand in one place only, and what
 * may stand nowhere.
 *
 * They read the text, not the types: a name reached through an alias (`electron.BrowserWindow`) is found as well.
 */
import type { Module } from "./modules.ts";

interface Rule {
  readonly what: string;
  readonly pattern: RegExp;
  /** Where it may stand; null: nowhere in what ships. */
  readonly only: RegExp | null;
}

const SHIPPED = /^(electron|renderer|shared)\//;

const RULES: readonly Rule[] = [
  {
    what: "makes a window",
    pattern: /\bnew\s+(\w+\.)?(BrowserWindow|BrowserView|WebContentsView|BaseWindow)\b/,
    only: /^electron\/app\/window\.ts$/,
  },
  { what: "listens to raw IPC", pattern: /\bipcMain\b/, only: /^electron\/app\/ipc-door\.ts$/ },
  { what: "speaks raw IPC", pattern: /\bipcRenderer\b|\bcontextBridge\b/, only: /^electron\/preload\.ts$/ },
  {
    what: "opens something outside",
    pattern: /\b(openExternal|openPath|showItemInFolder|beep\s*\(\s*\)\s*;\s*shell)\b/,
    only: /^electron\/app\/window\.ts$/,
  },
  {
    what: "turns text into markup",
    pattern:
      /dangerouslySetInnerHTML|\.innerHTML\b|\.outerHTML\s*=|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTMLUnsafe/,
    only: null,
  },
  {
    what: "turns text into code",
    pattern: /\beval\s*\(|\bnew\s+Function\b|\bexecuteJavaScript\b|\bnode:vm\b|set(Timeout|Interval)\s*\(\s*["'`]/,
    only: null,
  },
  {
    what: "weakens a window",
    pattern:
      /nodeIntegration\w*\s*:\s*true|contextIsolation\s*:\s*false|sandbox\s*:\s*false|webSecurity\s*:\s*false|webviewTag\s*:\s*true|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|nodeIntegrationInSubFrames/,
    only: null,
  },
  {
    what: "weakens the network",
    pattern:
      /setCertificateVerifyProc|certificate-error|rejectUnauthorized\s*:\s*false|NODE_TLS_REJECT_UNAUTHORIZED|ignore-certificate-errors/,
    only: null,
  },
  { what: "sends crash reports or telemetry", pattern: /crashReporter|uploadToServer|sendBeacon/, only: null },
  { what: "prints past the log", pattern: /\bconsole\.(log|info|warn|error|debug|trace|dir)\b/, only: null },
];

/** Comments say why something is not done: they may name it. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`\\])\/\/.*$/gm, "$1");

export function checkSecurity(modules: readonly Module[]): string[] {
  return modules.flatMap(({ path, text }) => {
    if (!SHIPPED.test(path)) return [];
    const code = withoutComments(text);
    return RULES.flatMap(({ what, pattern, only }) => {
      const hit = pattern.exec(code);
      return hit === null || only?.test(path) === true ? [] : [`${path} ${what}: ${hit[0].trim()}`];
    });
  });
}
