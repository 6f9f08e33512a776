/**
 * A strict reader of the little XML that toasts are made of, to judge what the app builds. Not for anything else.
 *
 * Refuses whatever XML 1.0 refuses in elements, attributes, texts and the five entities; knows no comments, CDATA,
 * processing instructions or namespaces, so these are refused, too.
 */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text directly inside. */
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
/** What XML 1.0 allows as a character. */
const CHARACTERS = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

function decode(text: string): string {
  if (!CHARACTERS.test(text) || text.includes("<") || text.includes("]]>")) throw new Error("a forbidden character");
  return text.replace(/&([^;&]*;)?/g, (_whole, entity: string | undefined) => {
    const name = entity?.slice(0, -1) ?? "";
    if (!Object.hasOwn(ENTITIES, name)) throw new Error(`no entity &${name}`);
    return ENTITIES[name]!;
  });
}

/** All elements in document order. @throws Error where it is not well-formed */
export function parseXml(xml: string): XmlElement[] {
  const all: XmlElement[] = [];
  const open: XmlElement[] = [];
  const token = /<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let end = 0;
  for (const match of xml.matchAll(token)) {
    end = match.index + match[0].length;
    const [, isEnd, name = "", attributes = "", isEmpty, text] = match;
    if (text !== undefined) {
      const inside = open.at(-1);
      if (inside === undefined) throw new Error("text outside of the root");
      inside.text += decode(text);
    } else if (isEnd) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes something else`);
    } else {
      if (open.length === 0 && all.length > 0) throw new Error("a second root");
      const read = [...attributes.matchAll(/([A-Za-z][\w-]*)="([^"]*)"/g)].map(([, key = "", value = ""]) => [
        key,
        decode(value),
      ]);
      const element: XmlElement = { name, attributes: Object.fromEntries(read) as Record<string, string>, text: "" };
      all.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  if (end !== xml.length || open.length > 0 || all.length === 0) throw new Error("not well-formed");
  return all;
}
