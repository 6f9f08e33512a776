/** The redactor and the log over it: a secret in any shape, under any field, leaves no trace. */
import { inspect } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLog } from "../../../../electron/log.ts";
import { createRedactor, MASK } from "../../../../electron/support/redactor.ts";

const SEED = 20261121;
const RUNS = 5_000;

/** The twelve ways in which a secret gets into the hands of a logger. */
const SHAPES: Record<string, (secret: string) => unknown> = {
  header: (secret) => `Authorization: Bearer ${secret}`,
  error: (secret) => new Error(`refused for ${secret}`),
  cause: (secret) => new Error("refused", { cause: new Error(secret) }),
  url: (secret) => new URL(`https://api.example.test/v1?key=${encodeURIComponent(secret)}`),
  map: (secret) => new Map([["key", secret]]),
  headers: (secret) => new Headers({ authorization: encodeURIComponent(secret) }),
  json: (secret) => JSON.stringify({ credentials: { apiKey: secret } }),
  buffer: (secret) => Buffer.from(secret),
  bytes: (secret) => new Uint8Array(Buffer.from(secret)),
  array: (secret) => ["x", [secret]],
  base64: (secret) => `Basic ${Buffer.from(`user:${secret}`).toString("base64")}`,
  hex: (secret) => `dump ${Buffer.from(secret).toString("hex")}`,
};

/** As a careless caller turns any of them into a text. */
const WRITTEN: readonly ((value: unknown) => unknown)[] = [
  (value) => value,
  String,
  (value) => inspect(value, { depth: 5 }),
  (value) => JSON.stringify(value) ?? "",
  (value) => `${"x".repeat(190)}${inspect(value)}`,
];

const FIELDS = ["code", "reason", "name", "host", "requestId", "body", "headers"] as const;

const secretText = fc
  .array(fc.constantFrom(...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789/+=~ é%"'.split("")), {
    minLength: 20,
    maxLength: 40,
  })
  .map((characters) => `am_live_${characters.join("")}`);

/** Any ten characters in a row of it, plain or encoded, is a leak. */
function leaks(line: string, secret: string): boolean {
  const hay = line.replace(/[\s,<>]/g, "");
  const forms = [
    secret.slice(8),
    encodeURIComponent(secret.slice(8)),
    Buffer.from(secret).toString("hex").slice(16),
    ...[0, 1, 2].map((shift) =>
      Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)])
        .toString("base64")
        .slice(6, -4),
    ),
  ];
  return forms.some((form) => {
    for (let at = 0; at + 10 <= form.length; at += 1) {
      const piece = form.slice(at, at + 10).replace(/[\s,<>]/g, "");
      if (piece.length >= 8 && (hay.includes(piece) || line.includes(form.slice(at, at + 10)))) return true;
    }
    return false;
  });
}

function countLeaks(redact: (secret: string) => (text: string) => string): number {
  let found = 0;
  fc.assert(
    fc.property(
      secretText,
      fc.constantFrom(...Object.keys(SHAPES)),
      fc.constantFrom(...WRITTEN),
      fc.constantFrom(...FIELDS),
      (secret, shape, write, field) => {
        const lines: string[] = [];
        const log = createLog(
          (line) => lines.push(line),
          () => 0,
          redact(secret),
        );
        log.warn("event", { [field]: write(SHAPES[shape]!(secret)) });
        expect(lines).toHaveLength(1);
        if (leaks(lines[0]!, secret)) found += 1;
      },
    ),
    { seed: SEED, numRuns: RUNS },
  );
  return found;
}

// Two seconds of work alone, more on a computer with much else to do.
describe("the log over the redactor", { timeout: 60_000 }, () => {
  it(`lets no registered secret out in ${RUNS} runs over ${Object.keys(SHAPES).length} shapes`, () => {
    const found = countLeaks((secret) => {
      const redactor = createRedactor();
      redactor.registerRecord(JSON.stringify({ name: "Front desk", credentials: { apiKey: secret } }));
      return redactor.redact;
    });
    expect(found).toBe(0);
  });

  it("would be caught without it", () => {
    expect(countLeaks(() => (text) => text)).toBeGreaterThan(RUNS / 10);
  });

  it("would be caught if only the plain form were known", () => {
    expect(countLeaks((secret) => (text) => text.replaceAll(secret, MASK))).toBeGreaterThan(RUNS / 50);
  });
});

describe("createRedactor", () => {
  const { redact } = createRedactor();

  it.each([
    "+1 (555) 123-4567",
    "+15551234567",
    "555-123-4567",
    "(555) 123-4567",
    "dana.reyes@example.test",
    "Bearer abcdef0123456789",
    "am_live_0123456789abcdef01234",
    "ACdeadbeefdeadbeefdeadbeefdeadbeef",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
    "<Buffer 61 6d 5f 6c 69 76 65>",
    "61 6d 5f 6c 69 76 65 5f 61 62",
    "97,109,95,108,105,118,101,95,97",
  ])("takes %j by its shape", (text) => {
    const clean = redact(`before ${text} after`);
    expect(clean).toContain(MASK);
    expect(clean).toMatch(/^before .* after$/);
    expect(clean).not.toMatch(/\d{4}|@|6d|109/);
  });

  it.each([
    '{"at":"2026-04-28T12:00:00.000Z","level":"info","event":"stage","stage":"ready"}',
    "schema version 40, 12345678 bytes, 0.1.0",
    "accounts 2, conversations 100000, 42.0.0",
    "api.agentmsg.io",
  ])("leaves %j alone", (text) => expect(redact(text)).toBe(text));

  it("ignores what is too short to be a secret, and public fields of a record", () => {
    const redactor = createRedactor();
    redactor.register("abc");
    redactor.registerRecord(JSON.stringify({ provider: "agentmessage", name: "Front desk", key: "open sesame" }));
    expect(redactor.redact("abc agentmessage Front desk open sesame")).toBe(`abc agentmessage Front desk ${MASK}`);
  });

  it("registers a plain text as it is", () => {
    const redactor = createRedactor();
    redactor.registerRecord("open sesame");
    redactor.registerRecord('"quoted word"');
    expect(redactor.redact("say open sesame now")).toBe(`say ${MASK} now`);
    expect(redactor.redact('say "quoted word" now')).toBe(`say ${MASK} now`);
  });
});
