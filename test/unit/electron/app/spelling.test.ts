/** Spelling: nothing is fetched unasked, and the menu in a text. */
import { describe, expect, it, vi } from "vitest";
import type { MenuFacts } from "../../../../electron/app/context-menu-items.ts";
import { contextMenuItems } from "../../../../electron/app/context-menu-items.ts";

vi.mock("electron", () => ({ Menu: {} }));
const { applySpelling, quietSpelling, spellingLanguages } = await import("../../../../electron/app/spelling.ts");

/** Remembers what Chromium would fetch: the languages it has while it is on. */
function createSession() {
  let isOn = true;
  let languages: string[] = ["en-US"];
  const fetched = new Set<string>();
  const note = () => {
    if (isOn) for (const language of languages) fetched.add(language);
  };
  return {
    fetched,
    isOn: () => isOn,
    availableSpellCheckerLanguages: ["de", "en-US", "es"],
    setSpellCheckerEnabled(next: boolean) {
      isOn = next;
      note();
    },
    setSpellCheckerLanguages(next: string[]) {
      languages = next;
      note();
    },
  };
}

describe("spelling", () => {
  it("is off and fetches nothing before a person chose a language", () => {
    const session = createSession();
    quietSpelling(session, "linux");
    applySpelling(session, "linux", { on: true, languages: [] });
    expect([session.isOn(), ...session.fetched]).toEqual([false]);
  });

  it("fetches what was chosen and known, and nothing else", () => {
    const session = createSession();
    quietSpelling(session, "win32");
    applySpelling(session, "win32", { on: true, languages: ["es", "tlh"] });
    applySpelling(session, "win32", { on: true, languages: ["de"] });
    expect([session.isOn(), ...session.fetched]).toEqual([true, "es", "de"]);
    applySpelling(session, "win32", { on: false, languages: ["en-US"] });
    expect([session.isOn(), ...session.fetched]).toEqual([false, "es", "de"]);
  });

  it("is the system's on a Mac", () => {
    const session = createSession();
    expect(spellingLanguages(session, "darwin")).toBeNull();
    quietSpelling(session, "darwin");
    applySpelling(session, "darwin", { on: true, languages: [] });
    expect(session.isOn()).toBe(true);
  });
});

const facts = (change: Partial<MenuFacts> = {}): MenuFacts => ({
  isEditable: true,
  selectionText: "",
  misspelledWord: "",
  dictionarySuggestions: [],
  editFlags: { canCut: true, canCopy: true, canPaste: true, canSelectAll: true },
  ...change,
});
const done: string[] = [];
const actions = { replace: (word: string) => done.push(word), learn: (word: string) => done.push(`+${word}`) };
const labels = (given: MenuFacts) => contextMenuItems(given, actions).map(({ label, type }) => label ?? type);

describe("the menu", () => {
  it("in a text is the editing one", () => {
    expect(labels(facts())).toEqual(["Cut", "Copy", "Paste", "separator", "Select all"]);
  });

  it("on a wrong word begins with what it may have been, and can learn it", () => {
    const wrong = facts({
      misspelledWord: "helo",
      dictionarySuggestions: ["hello", "help", "held", "hero", "halo", "x"],
    });
    expect(labels(wrong).slice(0, 7)).toEqual([
      "hello",
      "help",
      "held",
      "hero",
      "halo",
      "separator",
      "Add to dictionary",
    ]);
    for (const item of contextMenuItems(wrong, actions)) (item.click as (() => void) | undefined)?.();
    expect(done).toEqual(["hello", "help", "held", "hero", "halo", "+helo"]);
    expect(labels(facts({ misspelledWord: "qqq" }))[0]).toBe("No suggestions");
  });

  it("elsewhere copies what is selected, and is none without a selection", () => {
    expect(labels(facts({ isEditable: false, selectionText: "Dana" }))).toEqual(["Copy"]);
    expect(labels(facts({ isEditable: false }))).toEqual([]);
  });
});
