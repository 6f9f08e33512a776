/**
 * A process of its own that stores page after page through the real worker, to be killed at any moment.
 *
 * Arguments: database path, key in hex. Prints the number of each page once it is stored; never ends by itself.
 */
import { createDbClient } from "../../electron/db/client.ts";
import { T0, listPage, newAccount } from "./test-database.ts";

const [path = "", keyHex = ""] = process.argv.slice(2);
const db = createDbClient({ workerUrl: new URL("../../electron/db/worker.ts", import.meta.url) });
await db.open({ path, key: new Uint8Array(Buffer.from(keyHex, "hex")), keyIsNew: true, now: T0 });
const accountId = await db.call("accounts.insert", newAccount());

for (let index = 1; ; index += 1) {
  await db.call("sync.commitConversations", listPage(accountId, index, 1));
  process.stdout.write(`${index}\n`);
}
