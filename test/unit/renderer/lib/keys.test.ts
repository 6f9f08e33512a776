import { describe, expect, it } from "vitest";
import { createKeyReader, shownKeys } from "../../../../renderer/lib/keys.ts";
import { t } from "../../../../renderer/i18n.ts";
import { COMMANDS } from "../../../../shared/commands.ts";

const press = (key: string, change: Partial<Parameters<ReturnType<typeof createKeyReader>>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  timeStamp: 0,
  ...change,
});

describe("the table of commands", () => {
  it("gives no key to two commands, and no first key to one alone", () => {
    const keys = COMMANDS.flatMap((command) => [...command.keys] as string[]);
    expect(new Set(keys).size).toBe(keys.length);
    const firsts = keys.filter((key) => key.includes(" ")).map((key) => key.split(" ")[0]);
    expect(firsts.filter((first) => keys.includes(first ?? ""))).toEqual([]);
  });

  it("has words for every command, each different", () => {
    const labels = COMMANDS.map(({ id }) => t(`commands.${id}`));
    expect(new Set(labels).size).toBe(COMMANDS.length);
    expect(labels.every((label) => label.trim() !== "")).toBe(true);
  });
});

describe("reading keys", () => {
  it("takes a key that is held down once, unless it moves", () => {
    const read = createKeyReader(false);
    expect(read(press("e", { repeat: true }), false)).toBeNull();
    expect(read(press("k", { repeat: true, ctrlKey: true }), true)).toBeNull();
    expect(["j", "k"].map((key) => read(press(key, { repeat: true }), false))).toEqual(["next", "previous"]);
    expect(read(press("g"), false)).toBe("pending");
    expect(read(press("g", { repeat: true }), false)).toBeNull();
    expect(read(press("o"), false)).toBe("outbox");
  });

  it("knows every key of the table", () => {
    for (const isMac of [true, false]) {
      const read = createKeyReader(isMac);
      for (const { id, keys } of COMMANDS) {
        for (const combination of keys as readonly string[]) {
          const meanings = combination.split(" ").map((part) => {
            const key = part.replace("mod+", "");
            const isMod = part !== key;
            return read(press(key, { metaKey: isMod && isMac, ctrlKey: isMod && !isMac }), false);
          });
          expect([combination, meanings.at(-1)]).toEqual([combination, id]);
        }
      }
    }
  });

  it("leaves letters to whoever types, and takes mod keys anywhere", () => {
    const read = createKeyReader(false);
    for (const key of ["e", "s", "u", "r", "/", "?", "g", "z"]) expect(read(press(key), true)).toBeNull();
    expect(read(press("i"), false)).toBe("details");
    expect(read(press("k", { ctrlKey: true }), true)).toBe("palette");
  });

  it("forgets a first key after a while, and with a key that does not go on", () => {
    const read = createKeyReader(false);
    expect(read(press("g"), false)).toBe("pending");
    expect(read(press("d", { timeStamp: 1_500 }), false)).toBe("view_done");
    expect(read(press("g"), false)).toBe("pending");
    expect(read(press("s", { timeStamp: 1_501 }), false)).toBe("snooze");
    expect(read(press("g"), false)).toBe("pending");
    expect(read(press("q"), false)).toBeNull();
    expect(read(press("w"), false)).toBeNull();
  });

  it("takes the place of a key on an Arabic keyboard, and the letter on a Latin one", () => {
    const read = createKeyReader(false);
    expect(read({ ...press("ث"), code: "KeyE" }, false)).toBe("done");
    expect(read({ ...press("ظ"), code: "Slash" }, false)).toBe("search");
    expect(read({ ...press("ن", { ctrlKey: true }), code: "KeyK" }, true)).toBe("palette");
    // AZERTY: the letter counts, not where it lies.
    expect(read({ ...press("a", { ctrlKey: true }), code: "KeyQ" }, false)).toBe("select_all");
    expect(read({ ...press("ث"), code: "" }, false)).toBeNull();
  });

  it("leaves the system's own combinations alone", () => {
    expect(createKeyReader(false)(press("e", { metaKey: true }), false)).toBeNull();
    expect(createKeyReader(true)(press("k", { ctrlKey: true }), false)).toBeNull();
    expect(createKeyReader(true)(press("e", { altKey: true }), false)).toBeNull();
  });

  it("draws keys as the platform does", () => {
    expect(shownKeys("mod+k", true)).toEqual(["⌘", "K"]);
    expect(shownKeys("mod+,", false)).toEqual(["Ctrl", ","]);
    expect(shownKeys("g i", false)).toEqual(["G", "I"]);
  });
});
