/**
 * A process of its own that stores pages through the real worker and tries each again until it is stored.
 *
 * Arguments: database path, key in hex, number of pages. Prints `stored N` and `failed CODE` and goes on when it is
 * given a line, so that whoever runs it can change the disk's mind in between.
 */
import { createInterface } from "node:readline";
import { createDbClient } from "../../electron/db/client.ts";
import { failureOf } from "../../shared/errors.ts";
import { T0, listPage, newAccount } from "./test-database.ts";

const ROWS = 5;
const [path = "", keyHex = "", pages = "0"] = process.argv.slice(2);
const db = createDbClient({ workerUrl: new URL("../../electron/db/worker.ts", import.meta.url) });
await db.open({ path, key: new Uint8Array(Buffer.from(keyHex, "hex")), keyIsNew: true, now: T0 });
const accountId = await db.call("accounts.insert", newAccount());

const input = createInterface({ input: process.stdin });
const orders = input[Symbol.asyncIterator]();

async function tell(line: string): Promise<void> {
  process.stdout.write(`${line}\n`);
  await orders.next();
}

for (let index = 1; index <= Number(pages);) {
  try {
    await db.call("sync.commitConversations", listPage(accountId, index, ROWS, 900));
    await tell(`stored ${index}`);
    index += 1;
  } catch (error) {
    await tell(`failed ${failureOf(error).code}`);
  }
}
input.close();
await db.close();
