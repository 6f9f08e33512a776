/**
 * The desktop's real notification server (dunst), as `dunstctl` tells it.
 *
 * The end-to-end tests run on a desktop of their own, so every notification there is the app's. What is counted is
 * relative to `since`: the server keeps its history for as long as the desktop lives.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Notice {
  readonly summary: string;
  readonly body: string;
}

interface History {
  readonly data: readonly (readonly {
    readonly summary: { readonly data: string };
    readonly body: { readonly data: string };
  }[])[];
}

const count = async (which: "displayed" | "history" | "waiting"): Promise<number> =>
  Number((await run("dunstctl", ["count", which])).stdout.trim());

/** Puts away what other tests left, and counts from here. */
export async function watchNotices() {
  await run("dunstctl", ["close-all"]);
  const before = await count("history");

  return {
    visible: async () => (await count("displayed")) + (await count("waiting")),
    /** How many were shown since, gone ones included. */
    raised: async () => (await count("displayed")) + (await count("waiting")) + (await count("history")) - before,
    /** A click on the newest one. */
    click: () => run("dunstctl", ["action", "0"]),
    /** The words of the ones that are gone, newest first. */
    async past(): Promise<Notice[]> {
      const { data } = JSON.parse((await run("dunstctl", ["history"])).stdout) as History;
      const gone = (await count("history")) - before;
      const all = data.flat().slice(0, gone);
      return all.map(({ summary, body }) => ({ summary: summary.data, body: body.data }));
    },
    putAway: () => run("dunstctl", ["close-all"]),
  };
}
