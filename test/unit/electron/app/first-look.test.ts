/** What the first window takes from the settings file: valid fields each on their own, nothing from nonsense. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readPlace, takeFirstLook } from "../../../../electron/app/first-look.ts";

const PLACE = { x: -10, y: 0, width: 800, height: 600, maximized: true };
const NEVER = { place: null, theme: "system", language: "system" };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "first-look-"));
  return () => rmSync(folder, { recursive: true });
});
const write = (text: string) => writeFileSync(join(folder, "threadkeep.json"), text);

describe("takeFirstLook", () => {
  it("takes place, theme and language as they were chosen", () => {
    write(JSON.stringify({ window: PLACE, theme: "dark", language: "ar", secrets: { a: "b" } }));
    expect(takeFirstLook(folder)).toEqual({ place: PLACE, theme: "dark", language: "ar" });
  });

  it.each(["", "{", "null", "[]", '"dark"', "7", '{"window":null}'])("takes nothing from %j", (text) => {
    write(text);
    expect(takeFirstLook(folder)).toEqual(NEVER);
  });

  it("takes nothing where nothing was saved", () => {
    expect(takeFirstLook(folder)).toEqual(NEVER);
  });

  it("takes each field on its own", () => {
    write(JSON.stringify({ window: { ...PLACE, width: 0 }, theme: "pink", language: "es" }));
    expect(takeFirstLook(folder)).toEqual({ ...NEVER, language: "es" });
  });
});

describe("readPlace", () => {
  it.each([
    ["a fraction", { ...PLACE, x: 0.5 }],
    ["a text", { ...PLACE, y: "0" }],
    ["no height", { ...PLACE, height: undefined }],
    ["no size at all", { ...PLACE, height: -1 }],
    ["a number nobody can count to", { ...PLACE, width: 1e300 }],
    ["a maybe", { ...PLACE, maximized: 1 }],
  ])("refuses a place with %s", (_name, raw) => {
    expect(readPlace(raw)).toBeNull();
  });

  it("keeps what it knows and drops the rest", () => {
    expect(readPlace({ ...PLACE, extra: 1 })).toEqual(PLACE);
  });
});
