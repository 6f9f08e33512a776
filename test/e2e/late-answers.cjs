/**
 * Loaded into the main process before the app: every answer comes late, each as late as it likes.
 *
 * The database's answers keep their order, as the worker's do; those to the window overtake each other, as answers that
 * take different ways in main do. What a person does meanwhile then meets a window, and a main process, that do not know
 * yet: a race that loses on an idle computer once in a thousand runs loses here in one of a few.
 * `THREADKEEP_LATE` is the seed. Nothing but time is changed.
 */
"use strict";
const { Worker } = require("node:worker_threads");
const { ipcMain } = require("electron");

const MOST_MS = { toWindow: 250, fromDatabase: 60 };

let state = Number(process.env.THREADKEEP_LATE) >>> 0;
/** Small ones more often than long ones. */
function someMs(most) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return (state / 2 ** 32) ** 2 * most;
}

const handle = ipcMain.handle.bind(ipcMain);
ipcMain.handle = (channel, answer) =>
  handle(channel, async (...question) => {
    const outcome = await answer(...question);
    await new Promise((done) => setTimeout(done, someMs(MOST_MS.toWindow)));
    return outcome;
  });

const { on } = Worker.prototype;
Worker.prototype.on = function onLate(event, listener) {
  if (event !== "message") return on.call(this, event, listener);
  let before = Promise.resolve();
  return on.call(this, event, (message) => {
    const passed = new Promise((done) => setTimeout(done, someMs(MOST_MS.fromDatabase)));
    before = Promise.all([before, passed]).then(() => listener(message));
  });
};
