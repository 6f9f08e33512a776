/**
 * A process of its own that stores pages through the real worker and tries each again until it is stored.
 *
 * Arguments: database path, key in hex, number of pages. Prints `stored N` and `failed CODE` and goes on when it is
 * given a line, so that whoever runs it can change the disk's mind in between.
 */
import { createInterface } from "node:readline";
import { createDbClient } from "../../electron/db/client.ts";
import { failureOf } from "../../shared/errors.ts";
import { T0, remoteConversation } from "./test-database.ts";

const ROWS = 5;
const [path = "", keyHex = "", pages = "0"] = process.argv.slice(2);
const db = createDbClient({ workerUrl: new URL("../../electron/db/worker.ts", import.meta.url) });
await db.open({ path, key: new Uint8Array(Buffer.from(keyHex, "hex")), keyIsNew: true, now: T0 });
const account = { uid: "u", provider: "agentmessage", name: "A", baseUrl: "https://a.test", keyHint: null } as const;
const accountId = await db.call("accounts.insert", { ...account, isSample: false, now: T0 });

const input = createInterface({ input: process.stdin });
const orders = input[Symbol.asyncIterator]();

async function tell(line: string): Promise<void> {
  process.stdout.write(`${line}\n`);
  await orders.next();
}

async function store(index: number): Promise<void> {
  await db.call("sync.commitConversations", {
    accountId,
    generation: 1,
    kind: "list",
    items: Array.from({ length: ROWS }, (_, row) =>
      remoteConversation({ remoteId: `c${index}-${row}`, contactNumber: `+1${index}${row}`, preview: "x".repeat(900) }),
    ),
    rejected: [],
    pass: {
      cursor: String(index),
      newestAt: T0,
      stopBefore: null,
      pages: index,
      seen: index * ROWS,
      restarts: 0,
      startedAt: T0,
    },
    mark: null,
    now: T0,
  });
}

for (let index = 1; index <= Number(pages);) {
  try {
    await store(index);
    await tell(`stored ${index}`);
    index += 1;
  } catch (error) {
    await tell(`failed ${failureOf(error).code}`);
  }
}
input.close();
await db.close();
