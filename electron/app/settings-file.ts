/**
 * The settings file: ciphertext of secrets and the window's place, through electron-store.
 *
 * Must never hold a secret in the clear, a message or a number. Invariant: a damaged file is set aside under a
 * new name, never wiped, and the app starts with a fresh one.
 */
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import Store from "electron-store";
import type { CiphertextFile } from "./secrets.ts";

export interface WindowPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

interface Contents {
  secrets: Record<string, string>;
  window: WindowPlace | null;
}

const NAME = "threadkeep";

export interface SettingsFile {
  readonly ciphertext: CiphertextFile;
  window(): WindowPlace | null;
  setWindow(place: WindowPlace): void;
}

export function openSettingsFile(folder: string, now: number): SettingsFile {
  const store = openStore(folder, now);
  return {
    ciphertext: {
      get: () => store.get("secrets"),
      set: (all) => store.set("secrets", { ...all }),
    },
    window: () => store.get("window"),
    setWindow: (place) => store.set("window", place),
  };
}

function openStore(folder: string, now: number): Store<Contents> {
  try {
    return createStore(folder);
  } catch {
    // Not JSON, or not of our shape: keep it for whoever wants to look, and begin again.
    const path = join(folder, `${NAME}.json`);
    if (existsSync(path)) renameSync(path, `${path}.set-aside-${new Date(now).toISOString().replace(/[:.]/g, "-")}`);
    return createStore(folder);
  }
}

function createStore(folder: string): Store<Contents> {
  const store = new Store<Contents>({
    cwd: folder,
    name: NAME,
    clearInvalidConfig: false,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
    defaults: { secrets: {}, window: null },
    schema: {
      secrets: { type: "object", additionalProperties: { type: "string" } },
      window: {
        type: ["object", "null"],
        properties: {
          x: { type: "number" },
          y: { type: "number" },
          width: { type: "number" },
          height: { type: "number" },
          maximized: { type: "boolean" },
        },
        required: ["x", "y", "width", "height", "maximized"],
      },
    },
  });
  // Reading is what finds a damaged file.
  store.get("secrets");
  return store;
}
