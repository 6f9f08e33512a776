/** A bare Electron main that shows the harness page under the app's own security policy. Not shipped. */
const { app, BrowserWindow, net, protocol } = require("electron");
const { join, normalize } = require("node:path");
const { pathToFileURL } = require("node:url");

const root = join(__dirname, "../../.cache/harness");
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

protocol.registerSchemesAsPrivileged([{ scheme: "app", privileges: { standard: true, secure: true } }]);

void app.whenReady().then(() => {
  protocol.handle("app", async (request) => {
    const file = normalize(join(root, new URL(request.url).pathname));
    if (!file.startsWith(root)) return new Response(null, { status: 404 });
    const answer = await net.fetch(pathToFileURL(file).href);
    const headers = new Headers(answer.headers);
    headers.set("Content-Security-Policy", POLICY);
    return new Response(answer.body, { headers });
  });
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    useContentSize: true,
    webPreferences: { sandbox: true },
  });
  void window.loadURL("app://harness/index.html");
});
