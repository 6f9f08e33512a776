/**
 * Where log lines go: a short memory for the support report, and a file that never grows past its cap.
 *
 * Lines are kept in memory until `open` says where to write, because a session without a keyring must write nothing.
 * Two files at most, the current one and the one before. Must not throw and must not block: writing is asynchronous
 * and a disk that refuses costs log lines, nothing else.
 */
import { appendFile, mkdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";

const NAME = "threadkeep.log";
const OLD_NAME = "threadkeep.old.log";
const KEPT_LINES = 1_000;
const DEFAULT_MAX_BYTES = 512 * 1024;

export interface LogFile {
  write(line: string): void;
  /** From now on lines are also written to `folder`, those held in memory first. Once only. */
  open(folder: string): void;
  /** The last lines, oldest first. */
  tail(count: number): readonly string[];
  /** Resolves when everything so far is on disk, or was refused. */
  flush(): Promise<void>;
}

export function createLogFile({ maxBytes = DEFAULT_MAX_BYTES }: { maxBytes?: number } = {}): LogFile {
  let memory: string[] = [];
  let waiting: string[] = [];
  let folder: string | null = null;
  let size: number | null = null;
  let writing: Promise<void> = Promise.resolve();
  let isScheduled = false;

  function schedule(): void {
    if (folder === null || isScheduled) return;
    isScheduled = true;
    writing = writing.then(async () => {
      isScheduled = false;
      try {
        await writeOut(folder!);
      } catch {
        // A full or read-only disk: the lines stay in memory for the report, and the next ones try again.
        size = null;
      }
    });
  }

  async function writeOut(into: string): Promise<void> {
    const lines = waiting;
    waiting = [];
    if (lines.length === 0) return;
    const path = join(into, NAME);
    if (size === null) {
      await mkdir(into, { recursive: true, mode: 0o700 });
      size = await sizeOf(path);
    }
    for (const text of inPieces(lines, maxBytes)) {
      const bytes = Buffer.byteLength(text);
      if (size > 0 && size + bytes > maxBytes) {
        await rename(path, join(into, OLD_NAME));
        size = 0;
      }
      await appendFile(path, text, { mode: 0o600 });
      size += bytes;
    }
  }

  return {
    write(line) {
      memory.push(line);
      if (memory.length > 2 * KEPT_LINES) memory = memory.slice(-KEPT_LINES);
      waiting.push(line);
      // Nowhere to write yet: what is older than the memory is forgotten.
      if (folder === null && waiting.length > 2 * KEPT_LINES) waiting = waiting.slice(-KEPT_LINES);
      schedule();
    },
    open(into) {
      if (folder !== null) return;
      folder = into;
      schedule();
    },
    tail: (count) => memory.slice(-count),
    async flush() {
      // A write may be scheduled while another is awaited.
      for (let last: Promise<void> | null = null; last !== writing; await last) last = writing;
    },
  };
}

/** Whole lines joined to texts of at most `maxBytes`; a longer line stands alone, cut. */
function inPieces(lines: readonly string[], maxBytes: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const line of lines) {
    const text = `${Buffer.from(line)
      .subarray(0, maxBytes - 1)
      .toString()}\n`;
    if (piece !== "" && Buffer.byteLength(piece) + Buffer.byteLength(text) > maxBytes) {
      pieces.push(piece);
      piece = "";
    }
    piece += text;
  }
  return piece === "" ? pieces : [...pieces, piece];
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
    throw error;
  }
}
