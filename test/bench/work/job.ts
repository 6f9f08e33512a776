/**
 * A piece of work in a process of its own: JSON in as the first argument, one line of JSON out.
 *
 * The processes run on Electron's own Node, so that driver and engine are those of the app.
 */

export function input<T>(): T {
  return JSON.parse(process.argv[2] ?? "{}") as T;
}

const MARK = "bench-result:";

export function output(result: object): void {
  process.stdout.write(`${MARK}${JSON.stringify(result)}\n`);
}

/** What a job's output says, or null when it said nothing. */
export function findResult<T>(text: string): T | null {
  const line = text.split("\n").find((each) => each.startsWith(MARK));
  return line === undefined ? null : (JSON.parse(line.slice(MARK.length)) as T);
}
