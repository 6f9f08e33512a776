import { app, safeStorage } from "electron";
void app.whenReady().then(async () => {
  const t0 = Date.now();
  for (let i = 0; i < 20; i++) {
    const ok = await safeStorage.isAsyncEncryptionAvailable();
    console.log(Date.now() - t0, "async", ok, "sync", safeStorage.isEncryptionAvailable(), safeStorage.getSelectedStorageBackend());
    if (ok) break;
    await new Promise((r) => setTimeout(r, 200));
  }
  if (await safeStorage.isAsyncEncryptionAvailable()) {
  const c = await safeStorage.encryptStringAsync("hello"); console.log(c.toString("latin1"), await safeStorage.decryptStringAsync(c)); }
  app.quit();
});
