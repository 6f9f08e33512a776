/**
 * Takes the pictures of states that no sample inbox gets into, from the real window over invented data.
 *
 * Started by scripts/screenshots.mjs on its virtual desktop with the folder, and parts of names (`one,another`) to take
 * only some. Takes all it can and says at the end which states could not be reached: exits 1, since a missing picture
 * must not pass for an old one.
 */
import { savePicture } from "../../scripts/save-picture.mjs";
import { docsShots } from "./docs-shots.ts";
import { openHarness, present, redress } from "./harness-app.ts";

const [folder = "", filter = ""] = process.argv.slice(2);
const { app, page } = await openHarness();
const failures: string[] = [];
try {
  for (const shot of docsShots.filter(({ name }) => filter.split(",").some((part) => name.includes(part)))) {
    let doing = "";
    try {
      // The steps once per size: a theme changes nothing but colours.
      for (const scheme of ["light", "dark"] as const) {
        doing = `${shot.name} ${shot.size.join("x")} ${scheme}`;
        await (scheme === "light" ? present(page, shot, scheme) : redress(page, { size: shot.size, scheme }));
        console.log(await savePicture(app, page, folder, shot.name, scheme));
      }
    } catch (error) {
      failures.push(`${doing}: ${String(error).split("\n")[0]}`);
    }
  }
} finally {
  await app.close();
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;
