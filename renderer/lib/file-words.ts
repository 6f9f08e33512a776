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

/** Why a file was not taken, and what to do. */
export function problemSentence(name: string, problem: FileProblem, rules: FileRules, format: Format): string {
  const max = problem === "over_count" ? format.count(rules.maxCount) : byteSize(rules.maxBytes, format.count);
  return t(`attachments.problem.${problem}`, { name: cleanLine(name), types: fileTypesLine(rules), max });
}
