/**
 * The fuses of the shipped program: the one table that the packer writes and the test reads back.
 *
 * Names as in @electron/fuses. Every fuse the program knows is named: a new Electron with a new fuse stops the
 * build until somebody decides. See docs/decisions/0012-packaging.md.
 */
export const FUSES = Object.freeze({
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
});

/**
 * What @electron/fuses wants to be given for an executable: on macOS the bundle around it.
 *
 * @param {string} executable
 */
export const fuseFile = (executable) => executable.replace(/\.app\/Contents\/MacOS\/[^/]+$/, ".app");

/**
 * Sets fuses in an Electron program.
 *
 * @param {string} binary the executable, on macOS the .app
 * @param {Readonly<Record<string, boolean>>} table
 * @param {{ strict?: boolean, adHocSign?: boolean }} [options] `strict`: every fuse must be named; `adHocSign`: macOS,
 *   where nobody signs afterwards
 */
export async function writeFuses(binary, table, { strict = true, adHocSign = false } = {}) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import("@electron/fuses");
  const byName = /** @type {Record<string, unknown>} */ (FuseV1Options);
  const config = Object.fromEntries(Object.entries(table).map(([name, value]) => [byName[name], value]));
  await flipFuses(
    binary,
    /** @type {import("@electron/fuses").FuseConfig} */ ({
      version: FuseVersion.V1,
      strictlyRequireAllFuses: strict,
      resetAdHocDarwinSignature: adHocSign,
      ...config,
    }),
  );
}

/**
 * Reads the fuses of a program.
 *
 * @param {string} binary
 * @returns {Promise<Record<string, boolean>>} by name; a fuse this table does not know appears by its number
 */
export async function readFuses(binary) {
  const { FuseV1Options, getCurrentFuseWire } = await import("@electron/fuses");
  const names = /** @type {Record<string, string>} */ (/** @type {unknown} */ (FuseV1Options));
  const wire = await getCurrentFuseWire(binary);
  return Object.fromEntries(
    Object.entries(wire)
      .filter(([key]) => /^\d+$/.test(key))
      .map(([key, state]) => [names[key] ?? key, Number(state) === "1".charCodeAt(0)]),
  );
}
