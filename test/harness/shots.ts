/**
 * Pictures of every screen and state, to be looked at: each size in both themes, forced colours, large text; and what
 * `npm run test:looks` finds, over all of them.
 *
 * Run under a display: `xvfb-run -a node test/harness/shots.ts [folder] [part of a name,another part]`. Exits 1 when
 * anything was found, after having looked at everything.
 */
import { mkdir } from "node:fs/promises";
import { openHarness } from "./harness-app.ts";
import { lookAt } from "./look.ts";
import { allStates } from "./states.ts";

const [folder = "/tmp/shots", filter = ""] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const { app, page } = await openHarness();
let found = 0;
for (const state of allStates.filter(({ name }) => filter.split(",").some((part) => name.includes(part)))) {
  const findings = await lookAt(page, state, {
    isThorough: true,
    onSeen: async (look) => void (await page.screenshot({ path: `${folder}/${state.name}-${look}.png` })),
  });
  for (const finding of findings) console.log(`${state.name}-${finding}`);
  found += findings.length;
}
await app.close();
console.log(`${found} found`);
process.exitCode = found === 0 ? 0 : 1;
