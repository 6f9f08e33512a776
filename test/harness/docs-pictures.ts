/**
 * Takes the pictures of states that no sample inbox gets into, from the real window over invented data.
 *
 * Started by scripts/screenshots.mjs on its virtual desktop with the folder, and a part of a name to take only some.
 * Rejects at the first state that cannot be reached: a missing picture must not pass for an old one.
 */
import { savePicture } from "../../scripts/save-picture.mjs";
import { docsShots } from "./docs-shots.ts";
import { openHarness, present } from "./harness-app.ts";

const [folder = "", filter = ""] = process.argv.slice(2);
const { app, page } = await openHarness();
try {
  for (const shot of docsShots.filter(({ name }) => name.includes(filter))) {
    for (const scheme of ["light", "dark"] as const) {
      await present(page, shot, scheme);
      console.log(await savePicture(app, page, folder, shot.name, scheme));
    }
  }
} finally {
  await app.close();
}
