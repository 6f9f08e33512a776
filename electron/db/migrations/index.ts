/** The ordered list of migrations: one line each, numbered by tens, never edited once shipped. */
import { migration0010 } from "./0010-inbox.ts";
import { migration0020 } from "./0020-notifications.ts";
import { migration0030 } from "./0030-retention.ts";
import { migration0040 } from "./0040-triage.ts";
import { migration0050 } from "./0050-search-and-contacts.ts";
import { migration0060 } from "./0060-media.ts";
import { migration0070 } from "./0070-composer.ts";
import { migration0090 } from "./0090-feed.ts";
import { migration0100 } from "./0100-text-parts.ts";
import { migration0110 } from "./0110-attachments.ts";

export interface Migration {
  readonly version: number;
  readonly sql: string;
  /** What it does with every message, which takes long in a large cache: after `sql`, some thousands at a time. */
  readonly messages?: {
    /** Of those with ids in (?1, ?2]. */
    readonly some: string;
    /** Once all are through. */
    readonly after: string;
  };
}

export const MIGRATIONS: readonly Migration[] = [
  migration0010,
  migration0020,
  migration0030,
  migration0040,
  migration0050,
  migration0060,
  migration0070,
  migration0090,
  migration0100,
  migration0110,
];
