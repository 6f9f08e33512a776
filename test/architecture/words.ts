/**
 * Finds words that stand in the source instead of the catalogue, for the architecture test.
 *
 * Looks where words reach a person: text between tags, attributes and properties that are read or heard, the window's
 * title. What is inside a call is left alone (`t("…")` names a key). A single letter, a symbol or the app's own name is
 * not a word.
 */
import { parseSync } from "vite";
import type { Module } from "./modules.ts";

type Node = Readonly<Record<string, unknown>>;

const SPOKEN_ATTRIBUTES = new Set([
  "alt",
  "aria-description",
  "aria-label",
  "aria-placeholder",
  "aria-roledescription",
  "aria-valuetext",
  "body",
  "description",
  "errorMessage",
  "hint",
  "label",
  "listLabel",
  "none",
  "placeholder",
  "summary",
  "text",
  "title",
]);
const SPOKEN_PROPERTIES = new Set([
  "body",
  "buttonLabel",
  "description",
  "hint",
  "label",
  "message",
  "placeholder",
  "sublabel",
  "text",
  "title",
  "toolTip",
]);
/** Where main and the window put words before people. Providers spell their own fields; support reports are English. */
const PLACES = /^(renderer\/|electron\/(app|notify)\/)/;
const WORD = /\p{L}{2,}/u;
const NAME = "Threadkeep";

export function checkWords(modules: readonly Pick<Module, "path" | "text">[]): string[] {
  return modules
    .filter(({ path }) => PLACES.test(path))
    .flatMap(({ path, text }) => {
      const found: string[] = [];
      const complain = (words: string) => found.push(`${path} says “${words.trim().slice(0, 60)}” itself`);
      visit(parseSync(path, text).program, (node) => {
        switch (node["type"]) {
          case "JSXText":
            return isWord(node["value"]) ? complain(String(node["value"])) : undefined;
          case "JSXAttribute":
            if (SPOKEN_ATTRIBUTES.has(attributeName(node))) spoken(node["value"]).forEach(complain);
            return;
          case "JSXElement":
          case "JSXFragment":
            for (const child of list(node["children"])) {
              if (child["type"] === "JSXExpressionContainer") spoken(child).forEach(complain);
            }
            return;
          case "Property":
            if (SPOKEN_PROPERTIES.has(propertyName(node))) spoken(node["value"]).forEach(complain);
            return;
          case "AssignmentExpression":
            if (isTitle(node["left"])) spoken(node["right"]).forEach(complain);
            return;
          default:
        }
      });
      return found;
    });
}

/** Words a page says before any script ran: between tags and in attributes. */
export function checkPageWords(path: string, html: string): string[] {
  const bare = html.replace(/<!--[\s\S]*?-->/g, "").replace(/<!doctype[^>]*>/i, "");
  const said = [...bare.matchAll(/>([^<]*)</g), ...bare.matchAll(/\s(?:title|alt|aria-label|placeholder)="([^"]*)"/g)];
  return said.flatMap(([, words = ""]) => (isWord(words) ? [`${path} says “${words.trim()}” itself`] : []));
}

/** The literal texts an expression may come to, without those inside calls, functions and other elements. */
function spoken(value: unknown): string[] {
  if (!isNode(value)) return [];
  switch (value["type"]) {
    case "Literal":
      return isWord(value["value"]) ? [String(value["value"])] : [];
    case "TemplateLiteral":
      return list(value["quasis"]).flatMap((quasi) => {
        const cooked = (quasi["value"] as { cooked?: unknown } | undefined)?.cooked;
        return isWord(cooked) ? [String(cooked)] : [];
      });
    case "ConditionalExpression":
      return [...spoken(value["consequent"]), ...spoken(value["alternate"])];
    case "LogicalExpression":
    case "BinaryExpression":
      return value["operator"] === "===" || value["operator"] === "!=="
        ? []
        : [...spoken(value["left"]), ...spoken(value["right"])];
    case "JSXExpressionContainer":
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return spoken(value["expression"]);
    default:
      return [];
  }
}

const isWord = (value: unknown): boolean =>
  typeof value === "string" &&
  WORD.test(value.replaceAll(NAME, "")) &&
  !/^\p{Ll}[\p{L}\d]*([-_.:/][\p{L}\d]+)+$/u.test(value);

function attributeName(node: Node): string {
  const name = node["name"];
  return isNode(name) && typeof name["name"] === "string" ? name["name"] : "";
}

function propertyName(node: Node): string {
  const key = node["key"];
  if (!isNode(key) || node["computed"] === true) return "";
  const name = key["name"] ?? key["value"];
  return typeof name === "string" ? name : "";
}

function isTitle(node: unknown): boolean {
  if (!isNode(node) || node["type"] !== "MemberExpression") return false;
  const { object, property } = node;
  return isNode(object) && object["name"] === "document" && isNode(property) && property["name"] === "title";
}

const list = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}

function visit(value: unknown, enter: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, enter);
  else if (isNode(value)) {
    if (typeof value["type"] === "string") enter(value);
    for (const child of Object.values(value)) if (typeof child === "object") visit(child, enter);
  }
}
