/** The ordered list of migrations: one line each, numbered by tens, never edited once shipped. */
import { migration0010 } from "./0010-inbox.ts";
import { migration0020 } from "./0020-notifications.ts";
import { migration0030 } from "./0030-retention.ts";
import { migration0040 } from "./0040-triage.ts";

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [migration0010, migration0020, migration0030, migration0040];
