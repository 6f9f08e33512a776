/**
 * Loaded before any app with `-r`: puts a stopwatch into its first window and reports over stdout.
 *
 * The same for our app and for the bare window, so that what the stopwatch itself costs is in both.
 */
const { app, ipcMain, session } = require("electron");
const { join } = require("node:path");

ipcMain.on("bench:painted", (_event, at) => {
  process.stdout.write(`bench-painted:${at}\n`);
});
app.on("session-created", (created) => {
  created.registerPreloadScript({ type: "frame", filePath: join(__dirname, "probe-preload.cjs") });
});
void session;
