/** Entry of the window: takes the preload's bridge and mounts the app. No logic. */
import { assertPresent } from "../shared/assert.ts";
import { createWindowBridgeClient } from "./bridge.ts";
import { mountApp } from "./mount.tsx";

mountApp(assertPresent(document.getElementById("root"), "#root"), createWindowBridgeClient());
