/**
 * Loaded before any app with `-r`: hides its windows, or tells its processes, when a line on stdin asks for it.
 *
 * No debugger: an attached one keeps a hidden page awake, as no person's app is.
 */
const { app, BrowserWindow } = require("electron");
const { createInterface } = require("node:readline");

const answers = {
  hide: () => BrowserWindow.getAllWindows().forEach((window) => window.hide()),
  pids: () => undefined,
};

createInterface({ input: process.stdin }).on("line", (line) => {
  answers[line]?.();
  process.stdout.write(`bench-pids:${JSON.stringify(app.getAppMetrics().map(({ pid }) => pid))}\n`);
});
