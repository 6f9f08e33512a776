/** Files a person wants to send: read no further than the limit, told apart by their bytes, named for what they are. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createAttachmentFiles, safeName } from "../../../../electron/app/attachment-files.ts";
import { nameOfSource } from "../../../../electron/db/media-names.ts";
import { PNG } from "../../../helpers/pictures.ts";

const folder = mkdtempSync(join(tmpdir(), "threadkeep-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = createAttachmentFiles(() => Promise.resolve([]));
const bytes = (text: string) => new TextEncoder().encode(text);

function write(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("reading", () => {
  it("gives the whole file up to the limit, and nothing of one above it", async () => {
    const path = write("ten", bytes("0123456789"));
    expect(await files.read(path, 10)).toEqual(bytes("0123456789"));
    expect(await files.read(path, 9)).toBe("too_large");
  });

  it("opens nothing that is no file, and says so of one that is gone", async () => {
    const pipe = join(folder, "pipe");
    if (process.platform !== "win32") execFileSync("mkfifo", [pipe]);
    expect(await files.read(pipe, 10)).toBe("unreadable");
    expect(await files.read(folder, 10)).toBe("unreadable");
    expect(await files.read(join(folder, "gone"), 10)).toBe("unreadable");
  });
});

describe("what a file is", () => {
  it.each([
    ["a picture under another name", PNG, "invoice.pdf", { type: "png", name: "invoice.png" }],
    ["plain text", bytes("Tyres, two\n"), "list.txt", { type: "txt", name: "list.txt" }],
    ["a page of the web", bytes("<!doctype html><script>1</script>"), "list.txt", { type: null, name: "list.txt" }],
    ["a drawing that can run things", bytes("<svg onload=alert(1)>"), "a.png", { type: null, name: "a.png" }],
    ["a script", bytes("#!/bin/sh\nrm -rf ~\n"), "read me.txt", { type: null, name: "read me.txt" }],
    ["a program", Uint8Array.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]), "photo.jpg", { type: null, name: "photo.jpg" }],
    ["bytes that are no text", Uint8Array.from([0xff, 0xfe, 0x00, 0x01]), "a.txt", { type: null, name: "a.txt" }],
  ] as const)("is told by its bytes: %s", async (_what, content, name, seen) => {
    expect(await files.look(content, name)).toEqual(seen);
  });
});

describe("a name", () => {
  it.each([
    ["../../etc/passwd.png", "etcpasswd.png"],
    ["C:\\temp\\photo.png", "Ctempphoto.png"],
    // Shown from right to left this would end in ".png".
    ["photo\u202egnp.exe", "photognp.png"],
    ["pho\u200bto\u2066.png", "photo.png"],
    ["a\r\nContent-Type: text\u0000/html.png", "aContent-Type texthtml.png"],
    ["..hidden photo.png", "hidden photo.png"],
    ["photo.JPEG", "photo.png"],
    ["", "file.png"],
    ["\ud800.png", "\ufffd.png"],
    [`${"🚲".repeat(300)}.png`, `${"🚲".repeat(100)}.png`],
  ])("%j ends as its bytes say and holds nothing that hides", (given, name) => {
    expect(safeName(given, "png")).toBe(name);
  });

  it("keeps its own ending where the type has several, and where the type is not known", () => {
    expect([safeName("photo.JPEG", "jpg"), safeName("setup.exe", null), safeName("...", null)]).toEqual([
      "photo.jpeg",
      "setup.exe",
      "?",
    ]);
  });

  it("of a file that comes in is cleaned of the same", () => {
    const of = (name: string) => nameOfSource(`https://media.test/a/${encodeURIComponent(name)}?sig=1`);
    expect(of("pho\u200bto\u061c\u2028\ufeff\u202e.png")).toBe("photo.png");
    expect([of(".hidden.png"), of("list.json"), of("no ending")]).toEqual([null, null, null]);
  });
});
