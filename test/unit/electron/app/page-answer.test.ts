/** What is answered under app://threadkeep/: files of the bundle with the policy, lazily loaded ones too, nothing else. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { CONTENT_SECURITY_POLICY } from "../../../../electron/app/content-policy.ts";
import { answerPage } from "../../../../electron/app/page-answer.ts";

let folder: string;
let bundle: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "page-answer-"));
  bundle = join(folder, "renderer");
  mkdirSync(join(bundle, "assets"), { recursive: true });
  writeFileSync(join(bundle, "index.html"), "<p>page</p>");
  writeFileSync(join(bundle, "assets", "settings-a1.js"), "export {};");
  writeFileSync(join(folder, "secret.js"), "secret");
  return () => rmSync(folder, { recursive: true });
});

const noPicture = () => Promise.resolve(null);
const ask = (url: string, method = "GET") => answerPage({ method, url }, bundle, noPicture);

describe("answerPage", () => {
  it.each([
    ["app://threadkeep/?locale=en", "<p>page</p>", "text/html; charset=utf-8"],
    ["app://threadkeep/assets/settings-a1.js", "export {};", "text/javascript; charset=utf-8"],
  ])("answers %s under the policy", async (url, text, type) => {
    const { statusCode, headers, data } = await ask(url);
    expect([statusCode, data.toString()]).toEqual([200, text]);
    expect(headers).toEqual({
      "Content-Type": type,
      "Content-Security-Policy": CONTENT_SECURITY_POLICY,
      "X-Content-Type-Options": "nosniff",
    });
  });

  it.each([
    ["what is missing", "app://threadkeep/assets/settings-b2.js", "GET"],
    ["what lies outside", "app://threadkeep/..%2fsecret.js", "GET"],
    ["another host", "app://other/index.html", "GET"],
    ["another method", "app://threadkeep/index.html", "POST"],
    ["a picture nobody holds", `app://threadkeep/media/${"0".repeat(32)}`, "GET"],
  ])("has nothing for %s", async (_name, url, method) => {
    expect(await ask(url, method)).toEqual({ statusCode: 404, headers: {}, data: Buffer.alloc(0) });
  });
});
