/** No word that a person reads stands outside the catalogue; proof that each way of writing one is caught. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseModules, readSources } from "./modules.ts";
import { checkPageWords, checkWords } from "./words.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
/** Every source is parsed: seconds where the machine has other work. */
const PARSING_MS = 60_000;
const plant = (text: string, path = "renderer/a.tsx") => checkWords(parseModules(new Map([[path, text]])));

describe("words", () => {
  it(
    "stand in the catalogue, not in the window's or main's source",
    () => {
      const modules = [...readSources(root, ["renderer", "electron"])].map(([path, text]) => ({ path, text }));
      expect(checkWords(modules)).toEqual([]);
    },
    PARSING_MS,
  );

  it("stand in the catalogue, not in the page", () => {
    expect(checkPageWords("renderer/index.html", readFileSync(`${root}/renderer/index.html`, "utf8"))).toEqual([]);
  });
});

describe("planted words", () => {
  it.each([
    ["between tags", "export const A = () => <p>Hello there</p>;"],
    ["in an accessible name", 'export const A = () => <button aria-label="Close" />;'],
    ["in a template", "export const A = ({ n }: { n: number }) => <p title={`${n} unread`} />;"],
    ["in a choice", 'export const A = ({ on }: { on: boolean }) => <p>{on ? "On" : ""}</p>;'],
    ["after a condition", 'export const A = ({ on }: { on: boolean }) => <p>{on && "Running"}</p>;'],
    ["glued to a value", 'export const A = ({ n }: { n: string }) => <p aria-label={n + " selected"} />;'],
    ["in our own attribute", 'export const A = () => <Alert text="Something failed" />;'],
    ["in a toast", 'toasts.add({ text: "Copied", tone: "plain" });'],
    ["in another alphabet", "export const A = () => <p>مرحبا</p>;"],
    ["in the window's title", 'document.title = "Inbox";'],
  ])("%s are caught", (_name, text) => {
    expect(plant(text)).toHaveLength(1);
  });

  it("in a menu or a notification are caught", () => {
    expect(plant('const item = { label: "Quit", click };', "electron/app/menu.ts")).toHaveLength(1);
    expect(plant("const notice = { body: `${count} new messages` };", "electron/notify/a.ts")).toHaveLength(1);
  });

  it("in a page are caught", () => {
    expect(checkPageWords("a.html", "<body><p>Loading</p></body>")).toHaveLength(1);
    expect(checkPageWords("a.html", '<img alt="Our logo" />')).toHaveLength(1);
    expect(checkPageWords("a.html", "<!-- a note --><title>Threadkeep</title>")).toEqual([]);
  });

  it.each([
    ["a key", 'export const A = () => <p aria-label={t("common.close")}>{t("common.save")}</p>;'],
    ["a symbol or one letter", "export const A = ({ n }: { n: string }) => <p> · {n} ×</p>;"],
    ["the app's own name", "export const A = () => <p>Threadkeep</p>;"],
    ["a class, an id, a role", 'export const A = () => <p className="big list" id="here" role="status" />;'],
    ["a comparison", 'export const A = ({ s }: { s: string }) => <p>{s === "open" && t("common.open")}</p>;'],
    ["a key in a property", 'const row = { label: t("common.close"), icon: "close" };'],
  ])("but not %s", (_name, text) => {
    expect(plant(text)).toEqual([]);
  });
});
