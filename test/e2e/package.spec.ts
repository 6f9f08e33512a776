/** What is shipped: fuses as in the table, an archive with nothing in it that does not belong, no way in for debuggers. */
import { existsSync, readdirSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listPackage } from "@electron/asar";
import { FUSES, fuseFile, readFuses } from "../../scripts/fuses.mjs";
import { ownTarget, packedExecutable, packedResources } from "../../scripts/pack.mjs";
import { runPlain } from "./app-driver.ts";
import { expect, test } from "./fixtures.ts";

const folder = process.env["THREADKEEP_PACK_DIR"] ?? "";
const untouched = packedExecutable(folder, ownTarget);
const inspectable = process.env["THREADKEEP_ELECTRON"] ?? "";
const resources = packedResources(folder, ownTarget);

/** Everything the archive may hold. What is in none of these has no business in a customer's computer. */
const BELONGS = [
  /^package\.json$/,
  /^dist\/main\/(assets\/)?[\w-]+\.js$/,
  /^dist\/preload\/preload\.cjs$/,
  /^dist\/renderer\/index\.html$/,
  /^dist\/main\/notices\.json$/,
  /^dist\/renderer\/assets\/[\w.-]+\.(js|css|woff2|svg|png)$/,
  /^electron\/resources\/(tray\/[\w@-]+|icons\/256x256)\.png$/,
  /^node_modules\/better-sqlite3\/(package\.json|LICENSE|lib\/[\w/-]+\.js)$/,
  new RegExp(`^node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}\\.node$`),
];

const strangersIn = (files: readonly string[]) => files.filter((file) => !BELONGS.some((known) => known.test(file)));

test("the fuses of the shipped program are those of the table", async () => {
  expect(await readFuses(fuseFile(untouched))).toEqual(FUSES);
});

test("the copy these tests drive differs in the inspector's fuse alone", async () => {
  expect(await readFuses(fuseFile(inspectable))).toEqual({ ...FUSES, EnableNodeCliInspectArguments: true });
});

test("the archive holds the app and nothing else", () => {
  const files = listPackage(join(resources, "app.asar"), { isPack: false })
    .map((file) => file.replaceAll("\\", "/").slice(1))
    .filter((file) => /\.[\w]+$|LICENSE$/.test(file));
  expect(files.length).toBeGreaterThan(20);
  expect(strangersIn(files)).toEqual([]);
  const planted = [
    "dist/main/main.js.map",
    ".env",
    "electron/main.ts",
    "test/e2e/a.spec.js",
    "node_modules/zod/index.js",
  ];
  expect(strangersIn(planted), "the list itself can refuse").toEqual(planted);
});

test("outside the archive lies the database's driver for this system, and no demo app", () => {
  const loose = readdirSync(join(resources, "app.asar.unpacked"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  expect(loose).toEqual([`${process.platform}-${process.arch}.node`]);
  expect([existsSync(join(resources, "default_app.asar")), existsSync(join(resources, "app"))]).toEqual([false, false]);
});

test("no debugger gets in, and the program is no Node", async () => {
  const asked = ["--self-check", "--inspect=0", "--remote-debugging-port=0"];
  const open = await runPlain(inspectable, asked);
  expect(open.stderr, "what an open door looks like").toMatch(/Debugger listening on/);
  const shut = await runPlain(untouched, asked);
  expect(shut.stderr).not.toMatch(/(Debugger|DevTools) listening on/);
  expect(JSON.parse(shut.stdout)).toMatchObject({ ok: true });

  const asNode = await runPlain(untouched, ["--self-check"], {
    ELECTRON_RUN_AS_NODE: "1",
    NODE_OPTIONS: "--no-such-option",
  });
  expect(JSON.parse(asNode.stdout)).toMatchObject({ ok: true });
});

test("an archive that was changed is refused where the platform checks it", async () => {
  const copy = await mkdtemp(join(tmpdir(), "threadkeep-tampered-"));
  try {
    await cp(folder, copy, { recursive: true, verbatimSymlinks: true });
    const archive = join(packedResources(copy, ownTarget), "app.asar");
    const bytes = await readFile(archive);
    // The hash of a file, as the archive's own list of files has it: the list is what the program knows the hash of.
    const at = bytes.indexOf('"hash":"') + '"hash":"'.length;
    expect(at).toBeGreaterThan(16);
    bytes[at] = bytes[at] === 0x30 ? 0x31 : 0x30;
    await writeFile(archive, bytes);
    const { code, stdout } = await runPlain(packedExecutable(copy, ownTarget), ["--self-check"]);
    // Electron checks it on Windows and macOS. Should it begin to on Linux, this says so.
    if (process.platform === "linux") expect(JSON.parse(stdout)).toMatchObject({ ok: true });
    else expect({ hasFailed: code !== 0, stdout }).toEqual({ hasFailed: true, stdout: "" });
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});
