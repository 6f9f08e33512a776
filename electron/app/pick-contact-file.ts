/**
 * A file of contacts, chosen in the system's own dialog, read whole and kept until it is used or dropped. The dialog is a
 * port: no Electron here. Must not look into the file.
 */
import { basename } from "node:path";
import type { ImportProblem } from "../../shared/contacts.ts";
import { MAX_IMPORT_BYTES } from "../../shared/file-limits.ts";
import type { ContactFileCalls, PickedFile } from "../ipc/services.ts";
import { readChosenFile } from "./chosen-file.ts";

/** The path a person chose; null when they went back. */
export type ChoosePath = () => Promise<string | null>;

export function createContactFile(choosePath: ChoosePath): ContactFileCalls {
  let file: PickedFile | null = null;
  return {
    async pick() {
      const picked = await pickContactFile(choosePath);
      if (picked !== null) file = "problem" in picked ? null : picked;
      return picked;
    },
    current: () => file,
    drop() {
      file = null;
    },
  };
}

const MAX_NAME_CHARS = 120;

async function pickContactFile(
  choosePath: ChoosePath,
): Promise<PickedFile | { problem: ImportProblem; fileName: string } | null> {
  const path = await choosePath();
  if (path === null) return null;
  const fileName = [...basename(path).toWellFormed()].slice(-MAX_NAME_CHARS).join("");
  const bytes = await readChosenFile(path, MAX_IMPORT_BYTES);
  if (typeof bytes === "string") return { problem: bytes === "too_large" ? "too_big" : bytes, fileName };
  return { fileName, bytes };
}
