/**
 * Takes secrets and personal data out of text: the second net behind the log's allow-list and the support report.
 *
 * Pure but for the registered secrets, which live in memory only. Two ways: a registered secret goes in every form
 * software writes it in (plain, URL, JSON, hexadecimal, base64); what merely looks like a key, a phone number, an
 * e-mail address or dumped bytes goes by its shape. Must never throw. Invariant: longer matches are taken first, so
 * that no part of a secret stays behind.
 */
export const MASK = "[removed]";

/** Shorter ones are found by chance, and would take ordinary words out of the log. */
const MIN_SECRET = 6;
const MAX_SECRETS = 500;

export interface Redactor {
  /** From now on this value does not pass. Too short or empty ones are ignored. */
  register(secret: string): void;
  /** Registers every text in a JSON document, or the text itself when it is none. */
  registerRecord(text: string): void;
  redact(text: string): string;
}

const SHAPES: readonly (readonly [RegExp, string])[] = [
  // Bytes as Node prints them, and long runs of hexadecimal.
  [/<Buffer[^>]*>/g, MASK],
  [/\b(?:[0-9a-f]{2}[\s,:]){7,}[0-9a-f]{2}\b/gi, MASK],
  [/\b(?:\d{1,3},\s?){7,}\d{1,3}\b/g, MASK],
  [/\b[0-9a-f]{32,}\b/gi, MASK],
  // Key forms of the providers, and what stands after "Authorization".
  [/\b(?:am|sk|pk|rk|pit|SK|AC|MA)_?[A-Za-z]*_?[A-Za-z0-9-]{16,}\b/g, MASK],
  [/\b(bearer|basic|token)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${MASK}`],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, MASK],
  // E-mail addresses and phone numbers: the last two digits may stay, to tell two numbers apart.
  [/[^\s"'<>@:,;()[\]{}]+@[^\s"'<>@:,;()[\]{}]+\.[A-Za-z]{2,}/g, MASK],
  [/\+\d[\d\s().-]{5,}\d/g, MASK],
  [/(?<![\d.T:-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)/g, MASK],
];

export function createRedactor(): Redactor {
  const secrets = new Map<string, readonly string[]>();
  let forms: readonly string[] = [];
  let quoted: readonly RegExp[] = [];

  function register(secret: string): void {
    if (secret.length < MIN_SECRET || secrets.has(secret)) return;
    const oldest = secrets.keys().next().value;
    if (secrets.size >= MAX_SECRETS && oldest !== undefined) secrets.delete(oldest);
    secrets.set(secret, formsOf(secret));
    forms = [...new Set([...secrets.values()].flat())].toSorted((a, b) => b.length - a.length);
    quoted = [...secrets.keys()].flatMap((known) => quotedForm(known) ?? []);
  }

  return {
    register,
    registerRecord(text) {
      let parsed: unknown;
      try {
        parsed = JSON.parse(text);
      } catch {
        // Not a document: the text itself is the secret.
        return register(text);
      }
      if (typeof parsed !== "object" || parsed === null) return register(text);
      for (const leaf of leaves(parsed)) register(leaf);
    },
    redact(text) {
      let clean = text;
      for (const form of forms) if (clean.includes(form)) clean = clean.replaceAll(form, MASK);
      for (const form of quoted) clean = clean.replace(form, MASK);
      for (const [shape, mask] of SHAPES) clean = clean.replace(shape, mask);
      return clean;
    },
  };
}

/** Keys under which a record keeps what is public anyway and would take ordinary words out of every line. */
const PUBLIC = new Set(["uid", "provider", "name", "baseUrl"]);

function leaves(value: object): string[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (typeof inner === "string") return PUBLIC.has(name) ? [] : [inner];
    return typeof inner === "object" && inner !== null ? leaves(inner) : [];
  });
}

/** Every way `secret` is written by common software; long enough ones only. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const hex = bytes.toString("hex");
  const base64 = [0, 1, 2].flatMap((shift) => {
    const core = base64Core(bytes, shift);
    return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
  const all = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    encodeURIComponent(secret).replaceAll("%20", "+"),
    new URLSearchParams([["", secret]]).toString().slice(1),
    secret.toLowerCase(),
    hex,
    hex.toUpperCase(),
    hex.replace(/(..)(?!$)/g, "$1 "),
    ...base64,
  ];
  return all.filter((form) => form.length >= MIN_SECRET);
}

/** Finds a secret with quotes in it however often it was quoted; null where no quoting changes it. */
function quotedForm(secret: string): RegExp | null {
  if (!/["'`\\]/.test(secret)) return null;
  const pieces = secret.split(/(\\+|["'`])/).map((piece) => {
    if (piece.startsWith("\\")) return String.raw`\\{${piece.length},}`;
    return /^["'`]$/.test(piece) ? String.raw`\\*${piece}` : piece.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
  });
  return new RegExp(pieces.join(""), "g");
}

/** The base64 characters that depend on `bytes` alone when `shift` unknown bytes stand before and others follow. */
function base64Core(bytes: Buffer, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  return encoded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
}
