/** What is said of files that go out with a reply. Pure. */
import type { AttachmentItem, FileProblem } from "../../shared/attachments.ts";
import type { FileRules } from "../../shared/file-types.ts";
import { FILE_TYPES } from "../../shared/file-types.ts";
import { t } from "../i18n.ts";
import { cleanLine } from "./bidi.ts";
import { byteSize } from "./byte-size.ts";
import type { Format } from "./format.ts";

/** "JPG, PNG, PDF". */
export const fileTypesLine = ({ types }: FileRules): string =>
  types.map((type) => FILE_TYPES[type].label).join(t("common.separator"));

/** For whoever hears the screen: what it is, its name, its size. */
export const fileName = ({ name, kind, sizeBytes }: AttachmentItem, format: Format): string =>
  t("attachments.name", { kind: t(`media.${kind}`), name: cleanLine(name), size: byteSize(sizeBytes, format.count) });

/** Letters of a name's end that stay in sight: an ending of usual length, and what tells "plan 2" from "plan 3". */
const TAIL_LETTERS = 10;
const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** A name in two, for where its middle does not fit: what may be shortened, and what stays. A short one stays as a whole. */
export function halvesOf(name: string): readonly [head: string, tail: string] {
  const all = Array.from(letters.segment(name), ({ segment }) => segment);
  const at = all.length > TAIL_LETTERS + 1 ? all.length - TAIL_LETTERS : 0;
  return [all.slice(0, at).join(""), all.slice(at).join("")];
}

/** Why a file was not taken, and what to do. */
export function problemSentence(name: string, problem: FileProblem, rules: FileRules, format: Format): string {
  const max = problem === "over_count" ? format.count(rules.maxCount) : byteSize(rules.maxBytes, format.count);
  return t(`attachments.problem.${problem}`, { name: cleanLine(name), types: fileTypesLine(rules), max });
}
