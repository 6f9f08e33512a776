/** Cuts a snippet at its marks. Pure; tolerates marks that overlap, are unsorted or reach past the end. */
import { cleanText } from "./bidi.ts";

export interface MarkedPart {
  readonly text: string;
  readonly isMarked: boolean;
}

export function markedParts(snippet: string, marks: readonly (readonly [number, number])[]): readonly MarkedPart[] {
  const parts: MarkedPart[] = [];
  let at = 0;
  const push = (end: number, isMarked: boolean) => {
    // Cleaned after cutting: the offsets count the snippet as it came.
    const text = cleanText(snippet.slice(at, end));
    if (text !== "") parts.push({ text, isMarked });
    at = Math.max(at, end);
  };
  for (const [start, end] of marks.toSorted((a, b) => a[0] - b[0])) {
    if (end <= at || start >= snippet.length) continue;
    if (start > at) push(start, false);
    push(Math.min(end, snippet.length), true);
  }
  push(snippet.length, false);
  return parts;
}
