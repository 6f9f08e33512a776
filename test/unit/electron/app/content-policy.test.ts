/** What the page may load and where it may go, against fuzzed addresses and a real folder. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  APP_ORIGIN,
  CONTENT_SECURITY_POLICY,
  externalLink,
  isOwnPage,
  isPermitted,
  resolveBundleFile,
} from "../../../../electron/app/content-policy.ts";

const SEED = 20260428;

/** Joins random pieces, so that fuzzing reaches past the first check. */
const pieces = (parts: readonly string[], maxLength: number) =>
  fc
    .array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 3 })), { maxLength })
    .map((list) => list.join(""));

describe("links out of the app", () => {
  it.each([
    ["https://example.test", "https://example.test/"],
    ["HTTPS://Example.TEST/a b", "https://example.test/a%20b"],
    ["http://example.test:8080/x?y=1#z", "http://example.test:8080/x?y=1#z"],
    ["mailto:someone@example.test?subject=Hello&attach=/etc/passwd", "mailto:someone@example.test"],
    ["  https://example.test/\n", "https://example.test/"],
    ["https://bücher.test/", "https://xn--bcher-kva.test/"],
    ["https:\\\\example.test\\x", "https://example.test/x"],
  ])("opens %j as %j", (text, href) => expect(externalLink(text)).toBe(href));

  it.each([
    "",
    "example.test",
    "//example.test",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "file://server/share",
    "smb://server/share",
    "ftp://example.test",
    "tel:+15551112222",
    "sms:+15551112222",
    "ms-msdt:/id",
    "vbscript:x",
    "app://threadkeep/",
    "blob:https://example.test/x",
    "view-source:https://example.test",
    "https://bank.example@evil.test",
    "https://user:word@example.test",
    "https://:word@example.test",
    "https://",
    "mailto:",
    "mailto:a@example.test,b@example.test",
    "mailto:a@example.test%0abcc:b@example.test",
  ])("refuses %j", (text) => expect(externalLink(text)).toBeNull());

  it("lets nothing else out in 10,000 invented ones", () => {
    const scheme = [
      "https:",
      "http:",
      "mailto:",
      "file:",
      "javascript:",
      "data:",
      "app:",
      "HTTPS:",
      "smb:",
      "\t",
      "\n",
    ];
    const rest = ["//", "/", "\\", "@", ":", "a.test", "u:p@", "%40", "#", "?", "[::1]", "..", " ", "\0", "xn--"];
    let opened = 0;
    fc.assert(
      fc.property(fc.constantFrom(...scheme), fc.constantFrom("", "//"), pieces([...scheme, ...rest], 6), (a, b, c) => {
        const link = externalLink(a + b + c);
        if (link === null) return;
        opened += 1;
        const url = new URL(link);
        expect(["https:", "http:", "mailto:"]).toContain(url.protocol);
        expect([url.username, url.password]).toEqual(["", ""]);
        expect(url.protocol === "mailto:" || url.hostname !== "").toBe(true);
        // What is opened is what was checked: written out again it is the same.
        expect(url.href).toBe(link);
        expect(externalLink(link)).toBe(link);
        expect(link).not.toMatch(/[\n\r\t\0]/);
      }),
      { seed: SEED, numRuns: 10_000 },
    );
    expect(opened).toBeGreaterThan(500);
  });
});

describe("files behind app://", () => {
  let parent: string;
  let root: string;

  beforeAll(() => {
    parent = realpathSync(mkdtempSync(join(tmpdir(), "content-policy-")));
    root = join(parent, "renderer");
    mkdirSync(join(root, "assets"), { recursive: true });
    mkdirSync(join(parent, "renderer-secret"));
    for (const name of ["index.html", "assets/main.js", "assets/a b.css", "assets/%2e.js"]) {
      writeFileSync(join(root, name), "inside");
    }
    for (const name of ["secret.js", "renderer-secret/secret.js", "index.html"]) {
      writeFileSync(join(parent, name), "outside");
    }
  });
  afterAll(() => rmSync(parent, { recursive: true }));

  it.each([
    ["app://threadkeep/", "index.html", "text/html; charset=utf-8"],
    ["app://threadkeep/index.html#/thread/1", "index.html", "text/html; charset=utf-8"],
    ["app://threadkeep/assets/main.js?v=1", "assets/main.js", "text/javascript; charset=utf-8"],
    ["app://threadkeep/assets/a%20b.css", "assets/a b.css", "text/css; charset=utf-8"],
    ["app://threadkeep/assets/../assets/main.js", "assets/main.js", "text/javascript; charset=utf-8"],
    ["app://threadkeep/assets/%252e.js", "assets/%2e.js", "text/javascript; charset=utf-8"],
  ])("%s is %s", (url, name, contentType) => {
    const path = join(root, name);
    expect(resolveBundleFile(root, url)).toEqual({ path, contentType });
    expect(readFileSync(path, "utf8")).toBe("inside");
  });

  it.each([
    "app://threadkeep/assets",
    "app://threadkeep/assets/main.js.map",
    "app://threadkeep/main.exe",
    "app://threadkeep/x.constructor",
    "app://threadkeep/..%2fsecret.js",
    "app://threadkeep/..%2Findex.html",
    "app://threadkeep/%2e%2e%2fsecret.js",
    "app://threadkeep/assets/..%2f..%2fsecret.js",
    "app://threadkeep/..%5csecret.js",
    "app://threadkeep/..\\secret.js",
    "app://threadkeep/assets%5c..%5c..%5csecret.js",
    "app://threadkeep/C:%5csecret.js",
    "app://threadkeep/..%2frenderer-secret%2fsecret.js",
    "app://threadkeep/index.html%00.js",
    "app://threadkeep/%00",
    "app://threadkeep/%E0%A4%A.js",
    "app://other/index.html",
    "app://threadkeep.evil.test/index.html",
    "app://threadkeep:80/index.html",
    "app://THREADKEEP/index.html",
    "app:threadkeep/index.html",
    "app:///index.html",
    "file:///etc/passwd.js",
    "https://threadkeep/index.html",
    "not a url",
    "",
  ])("%j is nothing outside and nothing unknown", (url) => {
    const file = resolveBundleFile(root, url);
    expect(file).toBeNull();
  });

  it("stays inside the folder for 20,000 invented addresses", () => {
    const parts = [
      "/",
      "//",
      "..",
      ".",
      "%2e",
      "%2E%2e",
      "%252e",
      "%2f",
      "%252f",
      "%5c",
      "\\",
      "%00",
      "\0",
      "secret.js",
    ];
    const names = [
      "assets",
      "main.js",
      "index.html",
      "renderer-secret",
      "renderer",
      "?",
      "#",
      "@",
      ":",
      "C:",
      "%c0%ae",
    ];
    const hosts = [
      "threadkeep",
      "threadkeep",
      "threadkeep",
      "threadkeep",
      "other",
      "",
      "threadkeep@evil",
      "threadkeep:1",
    ];
    const seen = { inside: 0, exists: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...hosts), pieces([...parts, ...names], 9), (host, path) => {
        const file = resolveBundleFile(root, `app://${host}/${path}`);
        if (file === null) return;
        seen.inside += 1;
        expect(file.path.startsWith(root + sep)).toBe(true);
        expect(file.path).not.toMatch(/\0|(^|\/)\.\.(\/|$)/);
        if (!existsSync(file.path) || !statSync(file.path).isFile()) return;
        seen.exists += 1;
        expect(realpathSync(file.path).startsWith(root + sep)).toBe(true);
        expect(readFileSync(file.path, "utf8")).toBe("inside");
      }),
      { seed: SEED, numRuns: 20_000 },
    );
    expect(seen.inside).toBeGreaterThan(200);
    expect(seen.exists).toBeGreaterThan(50);
  });
});

describe("our own page", () => {
  it.each([`${APP_ORIGIN}/`, `${APP_ORIGIN}/index.html#/x`, APP_ORIGIN])("is %s", (url) => {
    expect(isOwnPage(url)).toBe(true);
  });

  it.each([
    "",
    "about:blank",
    "null",
    "app://other/",
    "app://threadkeep.evil.test/",
    "app://threadkeep@evil.test/",
    "app://evil@threadkeep/",
    "app://threadkeep:1/",
    "https://threadkeep/",
    "file:///app://threadkeep/",
    "data:text/html,app://threadkeep/",
    "blob:app://threadkeep/x",
    "xapp://threadkeep/",
  ])("is not %j", (url) => expect(isOwnPage(url)).toBe(false));
});

describe("permissions", () => {
  it("are refused by every name Electron has, but for copying text", () => {
    const types = readFileSync(new URL("../../../../node_modules/electron/electron.d.ts", import.meta.url), "utf8");
    const signatures = [...types.matchAll(/setPermission(?:Check|Request)Handler\(handler: .*?permission: ([^,]+),/g)];
    expect(signatures).toHaveLength(2);
    const names = new Set(
      signatures.flatMap(([, union]) => [...union!.matchAll(/'([^']+)'/g)].map(([, name]) => name!)),
    );
    expect(names.size).toBeGreaterThan(40);
    expect([...names].filter(isPermitted)).toEqual(["clipboard-sanitized-write"]);
    expect(["", "clipboard", "CLIPBOARD-SANITIZED-WRITE", "constructor"].filter(isPermitted)).toEqual([]);
  });
});

describe("the content security policy", () => {
  const directives = new Map(
    CONTENT_SECURITY_POLICY.split("; ").map(
      (line) => [line.split(" ")[0], line.split(" ").slice(1).join(" ")] as const,
    ),
  );

  it("has each directive once, and these values", () => {
    expect(CONTENT_SECURITY_POLICY.split("; ")).toHaveLength(directives.size);
    expect(Object.fromEntries(directives)).toEqual({
      "default-src": "'none'",
      "script-src": "'self'",
      "style-src": "'self'",
      "img-src": "'self' data:",
      "font-src": "'self'",
      "connect-src": "'none'",
      "object-src": "'none'",
      "base-uri": "'none'",
      "form-action": "'none'",
      "frame-src": "'none'",
      "frame-ancestors": "'none'",
      "require-trusted-types-for": "'script'",
      "trusted-types": "'none'",
    });
  });

  it("has no way in for inline code, eval or the network", () => {
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|nonce|sha\d|https?:|\*|blob:|ws/);
  });
});
