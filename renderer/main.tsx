/** Entry of the window: takes the preload's bridge and mounts the app in the language that main names. */
import { assertPresent } from "../shared/assert.ts";
import { createWindowBridgeClient } from "./bridge.ts";
import { chooseLanguage } from "../shared/languages.ts";
import { speak } from "./i18n.ts";
import { mountApp } from "./mount.tsx";

// The address carries the language, so that the first word on the screen is already in it.
speak(chooseLanguage("system", [new URLSearchParams(location.search).get("locale") ?? ""]));
mountApp(assertPresent(document.getElementById("root"), "#root"), createWindowBridgeClient());
