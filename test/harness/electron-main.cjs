/** A bare Electron main that shows the harness page under the app's own security policy. Not shipped. */
const { app, BrowserWindow, nativeImage, net, protocol } = require("electron");
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
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/media/")) {
      return new Response(drawPicture(pathname.endsWith("3") ? [300, 640] : [960, 640]), {
        headers: { "Content-Type": "image/png" },
      });
    }
    const file = normalize(join(root, pathname));
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

/** Hills under an evening sky: something to look at where a customer's picture would be. */
function drawPicture([width, height]) {
  const pixels = Buffer.alloc(width * height * 4, 255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const far = height * (0.6 + 0.06 * Math.sin(x / 90));
      const near = height * (0.76 + 0.08 * Math.sin(x / 140 + 2));
      const sky = y / height;
      const [r, g, b] =
        y > near ? [38, 62, 58] : y > far ? [74, 104, 112] : [250 - 60 * sky, 170 + 40 * sky, 110 + 110 * sky];
      pixels.set([b, g, r, 255], (y * width + x) * 4);
    }
  }
  return nativeImage.createFromBitmap(pixels, { width, height }).toPNG();
}
