/**
 * Reads a file a person chose in the system's dialog, whole or not at all. No Electron here.
 *
 * Must not look into it. Invariants: no more than the limit is read, whatever a file claims to be; what is no ordinary file
 * is not opened (a pipe would be waited for, for ever).
 */
import { open, stat } from "node:fs/promises";

/** @returns what is wrong where it cannot be read whole within `maxBytes` */
export async function readChosenFile(
  path: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | "too_large" | "unreadable"> {
  try {
    if (!(await stat(path)).isFile()) return "unreadable";
    const file = await open(path, "r");
    try {
      const found = await file.stat();
      if (found.size > maxBytes) return "too_large";
      // It may have grown since: one byte over the limit tells.
      const buffer = Buffer.alloc(Math.min(found.size, maxBytes) + 1);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      return bytesRead > found.size ? "unreadable" : new Uint8Array(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    return "unreadable";
  }
}
