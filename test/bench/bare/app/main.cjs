/** The limit: an Electron window as bare as can be, that paints one line, and answers an echo. */
const { app, BrowserWindow, ipcMain } = require("electron");
const { join } = require("node:path");

const folder = app.commandLine.getSwitchValue("user-data-dir");
app.setPath("userData", folder);
app.setPath("sessionData", folder);
ipcMain.handle("bench:echo", (_event, payload) => payload);

void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    webPreferences: { preload: join(__dirname, "preload.cjs"), sandbox: true, contextIsolation: true },
  });
  window.once("ready-to-show", () => window.show());
  void window.loadFile(join(__dirname, "index.html"));
});
