/** Scripts around packages: what goes into an installer, what is signed, what is named, what is locked. */
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findRefusal } from "../../../electron/app/updates/verify.ts";
import { outOfTime, reportIn, underWine, wineMajor } from "../../../scripts/check-windows.mjs";
import { distOptions, refuseTrialRuntime } from "../../../scripts/dist.mjs";
import { drawIcons, resources } from "../../../scripts/icons.mjs";
import { noticeOf, packagesIn } from "../../../scripts/notices.mjs";
import { writeSbom } from "../../../scripts/sbom.mjs";
import { publicKeyOf, signUpdates } from "../../../scripts/sign-updates.mjs";
import { createHash } from "node:crypto";

const folder = mkdtempSync(join(tmpdir(), "threadkeep-packaging-"));
afterAll(() => rmSync(folder, { recursive: true }));
const { privateKey } = generateKeyPairSync("ed25519");
const pem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
const updates = { THREADKEEP_UPDATE_URL: "https://updates.example.test/", THREADKEEP_UPDATE_KEY: pem };

describe("installers", () => {
  it("are never made from the registry's Electron, nor from a folder somebody named", () => {
    const runtime = (source: string) => () => refuseTrialRuntime({ source, version: "42.0.0" });
    expect(runtime("registry")).toThrow(/official Electron only/);
    expect(runtime("override")).toThrow(/ELECTRON_OVERRIDE_DIST_PATH/);
    expect(runtime("official")).not.toThrow();
  });

  it("say when they are unsigned and when they will never update", () => {
    const { args, notes, key } = distOptions({}, "win32");
    expect(notes).toHaveLength(2);
    expect(notes.join(" ")).toMatch(/Unsigned.*No updates/s);
    expect([key, args.join(" ").includes("threadkeepUpdates")]).toEqual([null, false]);
    expect(distOptions({ CSC_LINK: "x" }, "win32").notes).toHaveLength(1);
    expect(distOptions({}, "darwin").args).toContain("-c.mac.identity=-");
    expect(distOptions({ CSC_LINK: "x" }, "darwin").args).not.toContain("-c.mac.identity=-");
  });

  it("that update themselves carry the public key and nothing of the private one", () => {
    const { args } = distOptions(updates, "linux");
    expect(args).toContain(`-c.extraMetadata.threadkeepUpdates.publicKey=${publicKeyOf(privateKey)}`);
    expect(args.join(" ")).not.toContain("PRIVATE");
  });

  it("take no address without a key, no key without an address, no plain address, no other kind of key", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "pem", type: "pkcs8" });
    for (const env of [
      { THREADKEEP_UPDATE_URL: updates.THREADKEEP_UPDATE_URL },
      { THREADKEEP_UPDATE_KEY: pem },
      { ...updates, THREADKEEP_UPDATE_URL: "http://updates.example.test/" },
      { ...updates, THREADKEEP_UPDATE_KEY: rsa.toString() },
    ]) {
      expect(() => distOptions(env, "linux"), JSON.stringify(env).slice(0, 60)).toThrow(/THREADKEEP_UPDATE/);
    }
  });

  it("are signed so that the app believes them", async () => {
    const file = join(folder, "Threadkeep-2.0.0-linux-x64.AppImage");
    writeFileSync(file, "program");
    writeFileSync(join(folder, "latest-linux.yml"), "version: 2.0.0");
    expect(signUpdates(folder, "2.0.0", privateKey)).toEqual(["Threadkeep-2.0.0-linux-x64.AppImage"]);
    const sha512 = createHash("sha512").update("program").digest("base64");
    const signature = readFileSync(`${file}.sig`, "utf8");
    const candidate = { file, version: "2.0.0", sha512, size: 7, signature };
    expect(await findRefusal(candidate, "1.0.0", publicKeyOf(privateKey))).toBeNull();
  });

  it("have a shortcut with the app's own name, by which Windows finds who answers a notification", () => {
    const read = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), "utf8");
    const { productName } = JSON.parse(read("package.json")) as { productName: string };
    expect(read("electron-builder.yml")).toContain(`shortcutName: ${productName}\n`);
    expect(read("electron-builder.yml")).toContain("appId: app.threadkeep.desktop\n");
    expect(read("electron/app/desktop/identity.ts")).toContain('"app.threadkeep.desktop"');
  });
});

describe("the check of the Windows package", () => {
  it("knows how old a Wine is", () => {
    expect(["wine-10.0 (Debian 10.0~repack-6)", "wine-8.0", "sh: wine: not found", ""].map(wineMajor)).toEqual([
      10, 8, 0, 0,
    ]);
  });

  it("finds the report among what a program says, and fails without one", () => {
    expect(reportIn('ALSA lib\n{"ok":false,"version":"1","checks":[]}\nbye')).toMatchObject({ ok: false });
    expect(() => reportIn("it crashed")).toThrow(/no report/);
  });

  it("names who did not answer in time", () => {
    const ready = "threadkeep: Wine is ready\n";
    expect(outOfTime("wine: created the configuration directory\n", 300_000)).toMatch(/^Wine itself .* 300 s/);
    expect(outOfTime(ready, 300_000)).toMatch(/Windows app did not end within 300 s.*no report/);
    expect(outOfTime(`${ready}{"ok":true,"checks":[]}\n`, 300_000)).toMatch(/Windows app.*had printed its report/);
  });

  it.runIf(process.platform === "linux")(
    "gives Wine a file to write to, since under a pipe or a socket the app never starts, and leaves nothing",
    async () => {
      const script = (name: string, lines: string) =>
        writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
      script("wineserver", `echo "$1 $WINEPREFIX" > "${join(folder, "stopped")}"`);
      script(
        "wine",
        `[ "$1" = wineboot ] && exec mkdir "$WINEPREFIX"
[ -d "$WINEPREFIX" ] && [ -f /proc/self/fd/1 ] && [ -f /proc/self/fd/2 ] && echo '{"ok":true,"checks":[]}'`,
      );
      // Inside a desktop already: no second one is started.
      const env = { PATH: [folder, process.env.PATH].join(delimiter), THREADKEEP_VIRTUAL_DESKTOP: "1" };
      expect(await underWine("Threadkeep.exe", { env })).toEqual({ ok: true, checks: [] });
      const [how, prefix] = readFileSync(join(folder, "stopped"), "utf8").trim().split(" ");
      expect([how, existsSync(dirname(prefix!))]).toEqual(["-k", false]);

      script("wine", '[ "$1" = wineboot ] && echo "cannot make a prefix" && exit 1');
      await expect(underWine("Threadkeep.exe", { env })).rejects.toThrow(/no report:\ncannot make a prefix/);
    },
  );
});

describe("notices", () => {
  it("find the packages in the paths of source maps, nested and scoped ones too", () => {
    expect(
      packagesIn([
        "../../node_modules/zod/v4/index.js",
        "../../node_modules/@scope/name/a.js",
        "../../node_modules/a/node_modules/b/x.js",
        "../../electron/main.ts",
        "\u0000virtual",
      ]),
    ).toEqual(["node_modules/@scope/name", "node_modules/a/node_modules/b", "node_modules/zod"]);
  });

  it("hold the licence's own text, and refuse a package without a licence", () => {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "x", version: "1.0.0", license: "MIT" }));
    writeFileSync(join(folder, "LICENSE.md"), "Permission is hereby granted");
    expect(noticeOf(folder)).toEqual({
      name: "x",
      version: "1.0.0",
      license: "MIT",
      text: "Permission is hereby granted",
    });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "x", version: "1.0.0" }));
    expect(() => noticeOf(folder)).toThrow(/does not say/);
  });
});

describe("the list of parts", () => {
  it("names what the app stands on, with versions, in CycloneDX", async () => {
    const { bomFormat, components } = await writeSbom(join(folder, "sbom.json"));
    expect(bomFormat).toBe("CycloneDX");
    const names = components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["react", "electron", "zod", "electron-updater"]));
    expect(components.filter(({ version }) => !version)).toEqual([]);
  }, 120_000);
});

describe("icons", () => {
  it("are what the drawings give", async () => {
    const drawn = await drawIcons();
    expect(drawn.size).toBe(19);
    for (const [name, bytes] of drawn) {
      expect(Buffer.from(bytes).equals(readFileSync(join(resources, name))), `${name}: run npm run icons`).toBe(true);
    }
  }, 60_000);
});
