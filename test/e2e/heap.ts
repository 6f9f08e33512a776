/** The memory of the app's window as V8 writes it down, searched for a text. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppDriver } from "./app-driver.ts";
import { secretForms } from "./secret-scan.ts";

/** How often `secret` stands in the heap of every page of the app, in any of the forms a heap keeps texts in. */
export async function countInHeap(app: AppDriver, secret: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "threadkeep-heap-"));
  try {
    const count = await app.electron.evaluate(async ({ webContents }, base) => {
      const pages = webContents.getAllWebContents();
      for (const [index, contents] of pages.entries()) await contents.takeHeapSnapshot(`${base}/${index}`);
      return pages.length;
    }, folder);
    if (count === 0) throw new Error("there is no page to look into");
    let hits = 0;
    for (let index = 0; index < count; index += 1) hits += countIn(await readFile(join(folder, String(index))), secret);
    return hits;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function countIn(heap: Buffer, secret: string): number {
  if (heap.length < 500_000) throw new Error("this is no heap of a page");
  let hits = 0;
  for (const [form, bytes] of secretForms(secret)) {
    if (form.includes("utf16") || form.startsWith("HEX")) continue;
    for (let at = heap.indexOf(bytes); at >= 0; at = heap.indexOf(bytes, at + 1)) hits += 1;
  }
  return hits;
}
