/** The scanner finds what it claims to find, and nothing where there is nothing. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listFiles, scanForSecret } from "../../e2e/secret-scan.ts";

const SECRET = "am_live_Ünïcode/+key~0123456789";

const planted: Record<string, (secret: string) => Buffer> = {
  "plain text": (secret) => Buffer.from(`before ${secret} after`),
  "UTF-16 little endian": (secret) => Buffer.from(`x${secret}x`, "utf16le"),
  "UTF-16 at an odd offset": (secret) =>
    Buffer.concat([Buffer.from([1]), Buffer.from(secret, "utf16le"), Buffer.from([2])]),
  "UTF-16 big endian": (secret) => Buffer.from(secret, "utf16le").swap16(),
  hexadecimal: (secret) => Buffer.from(Buffer.from(`..${secret}..`).toString("hex")),
  HEXADECIMAL: (secret) => Buffer.from(Buffer.from(`..${secret}..`).toString("hex").toUpperCase()),
  "hexadecimal of UTF-16": (secret) => Buffer.from(Buffer.from(secret, "utf16le").toString("hex")),
  "base64 alone": (secret) => Buffer.from(Buffer.from(secret).toString("base64")),
  "base64 one byte in": (secret) => Buffer.from(Buffer.from(`a${secret}zz`).toString("base64")),
  "base64 two bytes in": (secret) => Buffer.from(Buffer.from(`ab${secret}z`).toString("base64")),
  "base64 of a JSON record": (secret) => Buffer.from(Buffer.from(`{"k":"${secret}","n":1}`).toString("base64")),
  "base64 of UTF-16": (secret) => Buffer.from(Buffer.from(secret, "utf16le").toString("base64")),
  "URL-safe base64": (secret) => Buffer.from(Buffer.from(`??>${secret}`).toString("base64url")),
  "URL encoding": (secret) => Buffer.from(`?key=${encodeURIComponent(secret)}&x`),
};

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "secret-scan-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("scanForSecret", () => {
  it.each(Object.entries(planted))("finds the secret as %s, deep in a folder", async (_form, encode) => {
    await mkdir(join(folder, "Local Storage", "leveldb"), { recursive: true });
    const file = join(folder, "Local Storage", "leveldb", "000003.log");
    const noise = Buffer.alloc(70_001, 0xa5);
    await writeFile(file, Buffer.concat([noise, encode(SECRET), noise]));
    expect((await scanForSecret(folder, SECRET)).map((hit) => hit.file)).toContain(file);
  });

  it("finds nothing where there is nothing, though it reads every file", async () => {
    await writeFile(join(folder, "a"), SECRET.slice(0, -1));
    await writeFile(join(folder, ".hidden"), SECRET.slice(1));
    await writeFile(join(folder, "empty"), "");
    expect(await scanForSecret(folder, SECRET)).toEqual([]);
    expect(await listFiles(folder)).toHaveLength(3);
  });

  it("refuses a secret too short to mean anything", async () => {
    await expect(scanForSecret(folder, "abc")).rejects.toThrow("short");
  });

  it("fails on a folder that is not there, instead of finding nothing in it", async () => {
    await expect(scanForSecret(join(folder, "nowhere"), SECRET)).rejects.toThrow("ENOENT");
  });
});
