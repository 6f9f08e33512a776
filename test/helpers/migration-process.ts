/**
 * A process of its own that opens the cache of an older app, to be killed while it moves it.
 *
 * Arguments: the path, the key as hex, and after how many messages it kills itself.
 */
import { openDatabase } from "../../electron/db/database.ts";

const [path = "", keyHex = "", killAt = ""] = process.argv.slice(2);
openDatabase({
  path,
  key: new Uint8Array(Buffer.from(keyHex, "hex")),
  onMigration({ done }) {
    if (done >= Number(killAt)) process.kill(process.pid, "SIGKILL");
  },
});
