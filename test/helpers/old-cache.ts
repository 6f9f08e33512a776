/**
 * A cache as an app of before migration 100 left it, encrypted or plain, with one conversation of many texts.
 *
 * Made by the very migrations of then. The texts are told apart by their number and spread over three months.
 */
import Database from "better-sqlite3";
import { connect } from "../../electron/db/connection.ts";
import { APPLICATION_ID } from "../../electron/db/database.ts";
import { migrate } from "../../electron/db/migrate.ts";
import { MIGRATIONS } from "../../electron/db/migrations/index.ts";
import { T0 } from "./test-database.ts";

const SPREAD_MS = 91 * 86_400_000;

/** The number `texts` says how many; the word of each is `zebra<number>quartz`. */
export function writeOldCache(path: string, key: Uint8Array | null, texts: number): void {
  const database = new Database(path);
  if (key !== null) {
    database.pragma("cipher = 'chacha20'");
    database.pragma(`key = "raw:${Buffer.from(key).toString("hex")}"`);
  }
  // It is written once, and lost with the test.
  for (const pragma of ["journal_mode = WAL", "synchronous = OFF", `application_id = ${APPLICATION_ID}`]) {
    database.pragma(pragma);
  }
  const db = connect(database);
  migrate(
    db,
    MIGRATIONS.filter(({ version }) => version < 100),
  );
  db.exec(`
    INSERT INTO accounts (uid, provider, name, base_url, is_sample, created_at)
      VALUES ('old', 'agentmessage', 'Old', 'https://a.test', 0, 1);
    INSERT INTO phone_numbers (account_id, number) VALUES (1, '+15550000001');
    INSERT INTO contacts (account_id, number, provider_name) VALUES (1, '+15559990001', 'Anna');
    INSERT INTO conversations (account_id, remote_id, phone_number_id, contact_id, last_message_at, raised_at, consent,
      unread_count, read_to, swept_at) VALUES (1, 'c', 1, 1, ${T0}, 0, 'unknown', 0, 0, 0);
    INSERT INTO messages (conversation_id, remote_id, direction, body, body_state, media_count, channel, status, created_at, seen_at)
      SELECT 1, 'm' || value, 'inbound', 'Dear zebra' || value || 'quartz, see you', 'text', 0, 'sms', 'received',
        ${T0} - value * ${SPREAD_MS} / ${texts}, 0
      FROM (WITH RECURSIVE n (value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM n WHERE value + 1 < ${texts}) SELECT value FROM n);`);
  db.close();
}
