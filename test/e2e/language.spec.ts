/** The language is changed while the app runs: window and menu speak it at once, Arabic turns the window, a restart keeps it. */
import type { ElectronApplication, Page } from "playwright/test";
import { connect, conversations, expect, expectNoAxeViolations, test } from "./fixtures.ts";
import { choose, enter, typeInto } from "./keys.ts";

/** The words of the native menu, from the top. */
const menuWords = (electron: ElectronApplication) =>
  electron.evaluate(({ Menu }) => {
    const top = Menu.getApplicationMenu()?.items ?? [];
    return top.map(({ label, submenu }) => [label, ...(submenu?.items.map((item) => item.label) ?? [])]);
  });

const page = (shown: Page) => shown.locator("html");

test("a computer that came into another time zone shows its times there, without a restart", async ({
  app,
  server,
}) => {
  const window = await app.start();
  await connect(window, server);
  const row = conversations(window).getByRole("option").first();
  const before = await row.getAttribute("aria-label");
  const debuggee = await window.context().newCDPSession(window);
  await debuggee.send("Emulation.setTimezoneOverride", { timezoneId: "Pacific/Kiritimati" });
  // A person comes back to the window: no window manager here takes the focus away and gives it back.
  await window.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(row).not.toHaveAccessibleName(before ?? "");
  const [name, there] = await Promise.all([
    row.getAttribute("aria-label"),
    window.evaluate(() => new Date().getTimezoneOffset()),
  ]);
  expect(there).toBe(-14 * 60);
  expect(name?.split(",")[0]).toBe(before?.split(",")[0]);
});

test("Spanish and Arabic are spoken at once, by window and menu, and after a restart", async ({ app, server }) => {
  const window = await app.start();
  await connect(window, server);
  expect((await menuWords(app.electron)).flat()).toContain("Quit Threadkeep");
  await expect(page(window)).toHaveAttribute("dir", "ltr");

  await window.keyboard.press("Control+,");
  await choose(window, "Language of the app", "Español");
  const spanish = window.getByRole("combobox", { name: "Idioma de la aplicación" });
  await expect(spanish).toHaveValue("es");
  await expect(spanish).toBeFocused();
  await expect(page(window)).toHaveAttribute("lang", "es");
  await expect(window.getByRole("heading", { level: 1, name: "Ajustes" })).toBeVisible();
  await expect.poll(async () => (await menuWords(app.electron)).flat()).toContain("Salir de Threadkeep");
  await expectNoAxeViolations(window);

  await choose(window, "Idioma de la aplicación", "العربية");
  const arabic = window.getByRole("combobox", { name: "لغة التطبيق" });
  await expect(arabic).toBeFocused();
  await expect(page(window)).toHaveAttribute("lang", "ar");
  await expect(page(window)).toHaveAttribute("dir", "rtl");
  await expect.poll(async () => (await menuWords(app.electron)).flat()).toContain("إنهاء Threadkeep");
  await expectNoAxeViolations(window);

  const again = await app.restart();
  await expect(page(again)).toHaveAttribute("dir", "rtl");
  const list = again.getByRole("listbox", { name: "المحادثات" });
  await expect(list.getByRole("option").first()).toBeVisible();
  await expect(again.getByRole("status", { name: "حالة المزامنة" })).toContainText("محدّث");
  expect((await menuWords(app.electron)).flat()).toContain("إنهاء Threadkeep");

  await enter(again, "option", /./, { within: list });
  await typeInto(again, "الرسالة", "شكرًا، نراك غدًا");
  await enter(again, "button", "إرسال");
  await expect(again.getByRole("article", { name: /شكرًا، نراك غدًا/ })).toBeVisible();
  // The sidebar stands at the right, where an Arabic line begins.
  const rail = await again.getByRole("navigation", { name: "صناديق الوارد" }).boundingBox();
  const messages = await again.getByRole("log", { name: "الرسائل" }).boundingBox();
  expect(rail!.x).toBeGreaterThan(messages!.x);
  // Axe takes joined Arabic letters for a font of icons, drops them from what is seen, and then misses the rest.
  await expectNoAxeViolations(again, ["label-content-name-mismatch"]);
});
