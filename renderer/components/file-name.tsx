/**
 * A file's name on one line. Where it is too long its middle goes: what the file is stands at its end.
 *
 * Invariant: the halves are laid out in the direction of the whole name, and no letter is torn from its marks.
 */
import { useLayoutEffect, useRef, useState } from "react";
import { cleanLine } from "../lib/bidi.ts";
import { halvesOf } from "../lib/file-words.ts";

export function FileName({ name }: { name: string }) {
  const line = useRef<HTMLSpanElement>(null);
  const [isCut, setCut] = useState(false);
  const whole = cleanLine(name);
  useLayoutEffect(() => {
    const element = line.current;
    if (element === null) return;
    const measure = () => {
      if (element.scrollWidth > element.clientWidth) setCut(true);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [whole]);
  const [head, tail] = halvesOf(whole);
  return (
    <span ref={line} className="file-name" dir="auto" title={whole} data-cut={isCut}>
      {isCut ? (
        <>
          <span className="file-name-head">{head}</span>
          <span className="file-name-tail">{tail}</span>
        </>
      ) : (
        whole
      )}
    </span>
  );
}
