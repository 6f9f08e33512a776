/** The self-check as support asks for it: beside the running app, without a window, with an exit code that can be trusted. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveElectron } from "../../scripts/electron-runtime.mjs";
import { IS_PACKAGED, runPlain } from "./app-driver.ts";
import { expect, test } from "./fixtures.ts";

interface Report {
  readonly ok: boolean;
  readonly checks: readonly { name: string; ok: boolean; detail: string; ms: number }[];
}

const NAMES = ["runtime", "paths", "keyring", "database", "purge", "sync", "search", "outbox"];

async function selfCheck(isPackaged: boolean, args: readonly string[] = []) {
  const electron = isPackaged ? process.env["THREADKEEP_ELECTRON"]! : (await resolveElectron()).executablePath;
  const { code, stdout } = await runPlain(electron, [...(isPackaged ? [] : ["."]), "--self-check", ...args]);
  return { code, stdout, report: JSON.parse(stdout) as Report };
}

test("every check passes beside the running app, and the person's folder is not touched", async ({ app }) => {
  const page = await app.start();
  // Until then it makes its own database.
  await expect(page.getByRole("button", { name: "Connect an account" })).toBeVisible();
  const before = readdirSync(app.dataDir, { recursive: true }).filter((name) => String(name).endsWith(".db"));
  const { code, stdout, report } = await selfCheck(IS_PACKAGED, [`--user-data-dir=${app.dataDir}`]);
  expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(report.checks.map(({ name }) => name)).toEqual(NAMES);
  expect(code).toBe(0);
  expect(stdout).not.toContain(app.dataDir);
  expect(stdout.trim().split("\n")).toHaveLength(1);
  expect(readdirSync(app.dataDir, { recursive: true }).filter((name) => String(name).endsWith(".db"))).toEqual(before);
});

test("it passes from a checkout, too", async () => {
  const { code, report } = await selfCheck(false);
  expect([code, report.ok]).toEqual([0, true]);
  expect(report.checks[0]?.detail).toContain("development");
});

// Elsewhere the system always has one.
if (process.platform === "linux") {
  test("without a keyring it says so by name and ends with 1", async () => {
    const { code, report } = await selfCheck(IS_PACKAGED, ["--password-store=basic"]);
    expect(code).toBe(1);
    expect(report.checks.filter(({ ok }) => !ok)).toMatchObject([
      { name: "keyring", detail: "no keyring answers (basic_text)" },
    ]);
  });
}

test("what it wrote is gone when it ends", async () => {
  const temporary = mkdtempSync(join(tmpdir(), "threadkeep-tmp-"));
  try {
    const electron = process.env["THREADKEEP_ELECTRON"] ?? (await resolveElectron()).executablePath;
    const args = [...(IS_PACKAGED ? [] : ["."]), "--self-check"];
    const { code } = await runPlain(electron, args, { TMPDIR: temporary, TEMP: temporary });
    expect(code).toBe(0);
    expect(readdirSync(temporary).filter((name) => name.startsWith("threadkeep-self-check-"))).toEqual([]);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
});
