/**
 * The catalogue taken apart for its tests: keys, plural forms, variables, and how the source uses them.
 *
 * Each check answers with complaints, so that planted faults can be judged by the very code that judges the real files.
 */
import { parseSync } from "vite";

export type Flat = ReadonlyMap<string, string>;

type Node = Readonly<Record<string, unknown>>;

/** `shown` stands beside `count` where a number is written in a way of its own. */
const NUMBERS = new Set(["count", "shown"]);
const FORM = /_(zero|one|two|few|many|other)$/;

/** `{ a: { b: "x" } }` as `a.b` -> `x`. @throws Error for anything that is not words */
export function flatten(words: unknown, trail = ""): Map<string, string> {
  if (typeof words === "string") return new Map([[trail, words]]);
  if (typeof words !== "object" || words === null || Array.isArray(words)) throw new Error(`${trail} is no words`);
  return new Map(
    Object.entries(words).flatMap(([name, inner]) => [...flatten(inner, trail === "" ? name : `${trail}.${name}`)]),
  );
}

export const variablesOf = (words: string): Set<string> =>
  new Set([...words.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = ""]) => name));

/** The key a plural form belongs to; `too_many` alone, with no `too_other` beside it, is a key of its own. */
const baseOf = (flat: Flat, key: string): string =>
  FORM.test(key) && flat.has(key.replace(FORM, "_other")) ? key.replace(FORM, "") : key;
const isForm = (flat: Flat, key: string): boolean => baseOf(flat, key) !== key;
export const baseKeys = (flat: Flat): Set<string> => new Set([...flat.keys()].map((key) => baseOf(flat, key)));

/** Every variable a key can hold, over all its plural forms. */
function variables(flat: Flat): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const [key, words] of flat) {
    const base = baseOf(flat, key);
    all.set(base, new Set([...(all.get(base) ?? []), ...variablesOf(words), ...(isForm(flat, key) ? ["count"] : [])]));
  }
  return all;
}

/** What one language lacks or has too much of, next to English. */
export function compareLanguages(english: Flat, other: Flat, language: string): string[] {
  const complaints: string[] = [];
  const theirs = baseKeys(other);
  const ours = baseKeys(english);
  for (const key of ours) if (!theirs.has(key)) complaints.push(`${language} lacks ${key}`);
  for (const key of theirs) if (!ours.has(key)) complaints.push(`${language} has ${key}, which English lacks`);
  const wanted = variables(english);
  for (const [key, words] of other) {
    const base = baseOf(other, key);
    const known = wanted.get(base);
    if (known === undefined) continue;
    const used = variablesOf(words);
    for (const name of used) if (!known.has(name)) complaints.push(`${language} ${key} shows an unknown {{${name}}}`);
    // "One", "two" and "none" may be words of their own.
    for (const name of known) {
      if (!used.has(name) && !(NUMBERS.has(name) && isForm(other, key)))
        complaints.push(`${language} ${key} lacks {{${name}}}`);
    }
  }
  return complaints;
}

/** Forms a language needs and lacks, forms it never uses, and numbers that would not be seen. */
export function checkPlurals(flat: Flat, language: string): string[] {
  const needed = new Set<string>(new Intl.PluralRules(language).resolvedOptions().pluralCategories);
  const forms = new Map<string, Set<string>>();
  for (const key of flat.keys()) {
    const form = FORM.exec(key)?.[1];
    const base = baseOf(flat, key);
    if (form !== undefined && base !== key) forms.set(base, new Set([...(forms.get(base) ?? []), form]));
  }
  // Forms that stand for many numbers must show which.
  const counting = language === "ar" ? ["few", "many", "other"] : ["many", "other"];
  return [...forms].flatMap(([base, have]) => [
    ...[...needed].flatMap((form) => (have.has(form) ? [] : [`${language} ${base} lacks the form ${form}`])),
    ...[...have].flatMap((form) => (needed.has(form) ? [] : [`${language} ${base} has the unused form ${form}`])),
    ...counting.flatMap((form) => {
      const words = flat.get(`${base}_${form}`);
      return words === undefined || variablesOf(words).size > 0 ? [] : [`${language} ${base}_${form} hides its number`];
    }),
  ]);
}

export function checkWriting(flat: Flat, language: string): string[] {
  return [...flat].flatMap(([key, words]) => {
    if (key === "common.separator") return [];
    const faults = [
      words.trim() === "" ? "is empty" : null,
      words !== words.trim() || / {2}/.test(words) ? "has stray spaces" : null,
      /<[a-z/]/i.test(words) || /&\w+;/.test(words) ? "holds markup" : null,
      (words.match(/\{\{|\}\}/g)?.length ?? 0) !== 2 * (words.match(/\{\{\w+\}\}/g)?.length ?? 0)
        ? "has a broken variable"
        : null,
      language !== "en" && / (?:[.,;:?!])(?: |$)/.test(words) ? "has a space before a mark" : null,
      language === "ar" && /[,;?](?: |$)/.test(words.replace(/\{\{\w+\}\}/g, "")) ? "uses a Latin mark" : null,
    ];
    return faults.flatMap((fault) => (fault === null ? [] : [`${language} ${key} ${fault}`]));
  });
}

/** `retryOf` names the very button that reads `retry`: who says what they see must be understood. */
export function checkNames(flat: Flat, language: string): string[] {
  return [...flat].flatMap(([key, words]) => {
    const seen = key.endsWith("Of") ? flat.get(key.slice(0, -"Of".length)) : undefined;
    if (seen === undefined || words.toLocaleLowerCase(language).includes(seen.toLocaleLowerCase(language))) return [];
    return [`${language} ${key} does not hold “${seen}”, which is what is seen`];
  });
}

/** Every text of the source that may name a key: plain, or as a pattern with `…` for what is filled in. */
export function keysInSource(sources: ReadonlyMap<string, string>): { plain: Set<string>; patterns: RegExp[] } {
  const plain = new Set<string>();
  const patterns = new Map<string, RegExp>();
  for (const [path, text] of sources) {
    visit(parseSync(path, text).program, (node) => {
      if (node["type"] === "Literal" && typeof node["value"] === "string") plain.add(node["value"]);
      if (node["type"] !== "TemplateLiteral") return;
      const parts = (node["quasis"] as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
      // The area at least must be written out, or everything would count as used.
      if (!/^[a-z][A-Za-z]*\./.test(parts[0] ?? "") || parts.some((part) => !/^[\w.]*$/.test(part))) return;
      patterns.set(
        parts.join("\0"),
        new RegExp(`^${parts.map((part) => part.replaceAll(".", "\\.")).join("[\\w]+")}$`),
      );
    });
  }
  return { plain, patterns: [...patterns.values()] };
}

/** Keys nobody asks for. */
export function checkUnused(english: Flat, sources: ReadonlyMap<string, string>): string[] {
  const { plain, patterns } = keysInSource(sources);
  return [...baseKeys(english)].flatMap((key) =>
    plain.has(key) || patterns.some((pattern) => pattern.test(key)) ? [] : [`${key} is not used`],
  );
}

/** Calls of `t` that leave a variable out, name one that the words lack, or name no key at all. */
export function checkCalls(english: Flat, sources: ReadonlyMap<string, string>): string[] {
  const wanted = variables(english);
  const complaints: string[] = [];
  for (const [path, text] of sources) {
    visit(parseSync(path, text).program, (node) => {
      const callee = node["callee"] as Node | undefined;
      if (node["type"] !== "CallExpression" || callee?.["name"] !== "t") return;
      const [first, second] = node["arguments"] as Node[];
      if (first?.["type"] !== "Literal" || typeof first["value"] !== "string") return;
      const key = first["value"];
      const known = wanted.get(key);
      if (known === undefined) return void complaints.push(`${path} asks for ${key}, which English lacks`);
      if (second !== undefined && second["type"] !== "ObjectExpression") return;
      const properties = (second?.["properties"] ?? []) as Node[];
      if (properties.some(({ type }) => type !== "Property")) return;
      const given = new Set(properties.map((property) => String((property["key"] as Node)["name"])));
      for (const name of known) if (!given.has(name)) complaints.push(`${path} leaves {{${name}}} of ${key} out`);
      for (const name of given) if (!known.has(name)) complaints.push(`${path} gives ${key} a {{${name}}} it lacks`);
    });
  }
  return complaints;
}

function visit(value: unknown, enter: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, enter);
  else if (typeof value === "object" && value !== null) {
    const node = value as Node;
    if (typeof node["type"] === "string") enter(node);
    for (const child of Object.values(node)) if (typeof child === "object") visit(child, enter);
  }
}
