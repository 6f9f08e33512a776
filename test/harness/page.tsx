/**
 * The real renderer over the fake bridge, for looking at it: the scenario stands in the address
 * (`?scenario=inbox`). Not shipped. `window.fake` lets a script make things happen.
 */
import { createBridgeClient } from "../../renderer/bridge.ts";
import { speak } from "../../renderer/i18n.ts";
import { createFormat } from "../../renderer/lib/format.ts";
import { mountApp } from "../../renderer/mount.tsx";
import { chooseLanguage } from "../../shared/languages.ts";
import { FAKE_NOW } from "../fakes/fake-bridge.ts";
import type { FakeBridge } from "../fakes/fake-bridge.ts";
import { scenarios } from "./scenarios.ts";

declare global {
  interface Window {
    fake: FakeBridge;
    violations: string[];
  }
}

window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});

const query = new URLSearchParams(location.search);
const spoken = chooseLanguage("system", [query.get("locale") ?? "en-US"]);
speak(spoken);
const scenario = scenarios[query.get("scenario") ?? "inbox"];
if (scenario === undefined) throw new Error(`no scenario ${query.get("scenario")}`);
window.fake = scenario(Number(query.get("rows") ?? "400"));
const stop = mountApp(document.getElementById("root")!, createBridgeClient(window.fake.bridge), {
  now: () => FAKE_NOW,
  format: createFormat({ locale: spoken.locale, timeZone: "America/Chicago" }),
});
window.addEventListener("pagehide", stop);
