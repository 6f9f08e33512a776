/**
 * A file of contacts, chosen in the system's own dialog and read whole. The dialog is a port: no Electron here.
 *
 * Must not look into the file. Invariants: no more than the limit is read, whatever the file claims to be; what is no
 * ordinary file is not opened.
 */
import { open } from "node:fs/promises";
import { basename } from "node:path";
import type { ImportProblem } from "../../shared/contacts.ts";
import { MAX_IMPORT_BYTES } from "../../shared/file-limits.ts";
import type { ContactFileCalls, PickedFile } from "../ipc/services.ts";

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
  try {
    const file = await open(path, "r");
    try {
      const { size } = await file.stat().then((found) => {
        if (!found.isFile()) throw new Error("no ordinary file");
        return found;
      });
      if (size > MAX_IMPORT_BYTES) return { problem: "too_big", fileName };
      // It may have grown since: one byte over the limit tells.
      const buffer = Buffer.alloc(Math.min(size, MAX_IMPORT_BYTES) + 1);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      if (bytesRead > size) return { problem: "unreadable", fileName };
      return { fileName, bytes: new Uint8Array(buffer.subarray(0, bytesRead)) };
    } finally {
      await file.close();
    }
  } catch {
    return { problem: "unreadable", fileName };
  }
}
