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
    show: (scene: { scenario: string; rows: number; locale: string }) => void;
    violations: string[];
  }
}

window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});

/** What stands there goes, and this comes in its place: quicker than a new page, and what is compiled stays so. */
let stop = () => {};
window.show = ({ scenario, rows, locale }) => {
  const create = scenarios[scenario];
  if (create === undefined) throw new Error(`no scenario ${scenario}`);
  stop();
  window.violations = [];
  const spoken = chooseLanguage("system", [locale]);
  speak(spoken);
  window.fake = create(rows);
  stop = mountApp(document.getElementById("root")!, createBridgeClient(window.fake.bridge), {
    now: () => FAKE_NOW,
    format: createFormat({ locale: spoken.locale, timeZone: "America/Chicago" }),
  });
};

const query = new URLSearchParams(location.search);
window.show({
  scenario: query.get("scenario") ?? "inbox",
  rows: Number(query.get("rows") ?? "400"),
  locale: query.get("locale") ?? "en-US",
});
window.addEventListener("pagehide", () => stop());
