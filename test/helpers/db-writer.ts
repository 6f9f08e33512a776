/**
 * A process of its own that stores page after page through the real worker, to be killed at any moment.
 *
 * Arguments: database path, key in hex. Prints the number of each page once it is stored; never ends by itself.
 */
import type { AccountId } from "../../shared/domain.ts";
import { createDbClient } from "../../electron/db/client.ts";
import { T0, remoteConversation } from "./test-database.ts";

const [path = "", keyHex = ""] = process.argv.slice(2);
const db = createDbClient({ workerUrl: new URL("../../electron/db/worker.ts", import.meta.url) });
await db.open({ path, key: new Uint8Array(Buffer.from(keyHex, "hex")), keyIsNew: true, now: T0 });
const accountId: AccountId = await db.call("accounts.insert", {
  uid: "u",
  provider: "agentmessage",
  name: "A",
  baseUrl: "https://a.test",
  keyHint: null,
  isSample: false,
  now: T0,
});

for (let index = 1; ; index += 1) {
  await db.call("sync.commitConversations", {
    accountId,
    generation: 1,
    kind: "list",
    items: [remoteConversation({ remoteId: `c${index}`, contactNumber: `+1${index}` })],
    rejected: [],
    pass: {
      cursor: String(index),
      newestAt: T0,
      stopBefore: null,
      pages: index,
      seen: index,
      restarts: 0,
      startedAt: T0,
    },
    mark: null,
    now: T0,
  });
  process.stdout.write(`${index}\n`);
}
