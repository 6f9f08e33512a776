/** Five ways in which a download is not our update, each refused by its own name; the genuine one passes. */
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findRefusal, isNewer, signedText } from "../../../../../electron/app/updates/verify.ts";

const folder = mkdtempSync(join(tmpdir(), "threadkeep-verify-"));
afterAll(() => rmSync(folder, { recursive: true }));

const keys = generateKeyPairSync("ed25519");
const others = generateKeyPairSync("ed25519");
const publicKey = keys.publicKey.export({ format: "der", type: "spki" }).toString("base64");
const sha512 = (bytes: Buffer) => createHash("sha512").update(bytes).digest("base64");
const signed = (version: string, hash: string, key = keys.privateKey) =>
  sign(null, Buffer.from(signedText(version, hash)), key).toString("base64");

const bytes = Buffer.from("the new version of the program");
const file = join(folder, "new.AppImage");
writeFileSync(file, bytes);
const genuine = {
  file,
  version: "1.3.0",
  sha512: sha512(bytes),
  size: bytes.length,
  signature: signed("1.3.0", sha512(bytes)),
};
const judge = (change: Partial<typeof genuine>, key = publicKey) =>
  findRefusal({ ...genuine, ...change }, "1.2.9", key);

/** Another file in its place, honest or not about its size. */
function other(content: string) {
  const path = join(folder, "other.AppImage");
  writeFileSync(path, content);
  return path;
}

describe("findRefusal", () => {
  it("takes the genuine update", async () => {
    expect(await judge({})).toBeNull();
    expect(await judge({ signature: `${genuine.signature}\n` }), "a file ends with a line break").toBeNull();
  });

  it("refuses a wrong file, also one the list was changed for", async () => {
    const evil = Buffer.from("another program of equal size!".padEnd(bytes.length).slice(0, bytes.length));
    expect(await judge({ file: other(evil.toString()) })).toBe("wrong_file");
    expect(await judge({ file: other(evil.toString()), sha512: sha512(evil) })).toBe("wrong_signature");
  });

  it("refuses the signature of another version", async () => {
    expect(await judge({ version: "1.4.0" })).toBe("wrong_signature");
    expect(await judge({ signature: signed("1.2.8", genuine.sha512) })).toBe("wrong_signature");
  });

  it("refuses the signature of another key, and keys and signatures that are none", async () => {
    expect(await judge({ signature: signed("1.3.0", genuine.sha512, others.privateKey) })).toBe("wrong_signature");
    const otherKey = others.publicKey.export({ format: "der", type: "spki" }).toString("base64");
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "der", type: "spki" });
    for (const key of [otherKey, "", "nonsense", rsa.toString("base64")]) {
      expect(await judge({}, key)).toBe("wrong_signature");
    }
    for (const signature of ["", "nonsense", genuine.signature.slice(4)]) {
      expect(await judge({ signature })).toBe("wrong_signature");
    }
  });

  it("refuses a truncated file", async () => {
    expect(await judge({ file: other(bytes.subarray(0, 10).toString()) })).toBe("truncated");
  });

  it("refuses an older version and the same one, however well signed", async () => {
    for (const version of ["1.2.8", "1.2.9", "0.9.9"]) {
      expect(await judge({ version, signature: signed(version, genuine.sha512) })).toBe("older");
    }
  });
});

describe("isNewer", () => {
  it("compares numbers, not letters", () => {
    expect(isNewer("1.10.0", "1.9.9")).toBe(true);
    expect(isNewer("2.0.0", "10.0.0")).toBe(false);
  });

  it("takes no version but a plain one", () => {
    for (const odd of [
      "",
      "2",
      "2.0",
      "2.0.0-beta.1",
      "2.0.0+x",
      "v2.0.0",
      " 2.0.0",
      "2.0.0\n",
      "9999999.0.0",
      "NaN.0.0",
    ]) {
      expect(isNewer(odd, "1.0.0"), odd).toBe(false);
    }
  });
});
