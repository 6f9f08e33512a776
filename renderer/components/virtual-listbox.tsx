/**
 * A listbox of any length: draws the rows around the visible range only, with roving focus.
 *
 * Knows indexes, not what the rows are. Rows are options that carry `data-index` and `tabIndex`. Invariants: the
 * active row is always mounted, so Tab always finds it and the focus is never lost by scrolling; when the list
 * re-sorts under the focus, the focus goes with the active row.
 */
import type { KeyboardEvent, MouseEvent, ReactElement } from "react";
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";
import { Virtualizer } from "virtua";

interface Props {
  readonly label: string;
  readonly length: number;
  readonly activeIndex: number;
  /** Height hint of a row in pixels. */
  readonly rowHeight: number;
  readonly renderRow: (index: number) => ReactElement;
  readonly onActive: (index: number) => void;
  readonly onOpen: (index: number) => void;
  readonly onRange?: (first: number, last: number) => void;
  /** True: handled; otherwise Escape goes on. */
  readonly onEscape?: () => boolean;
  /** Many rows can be selected: one is taken in or out, or all from the first one to here. */
  readonly onToggle?: (index: number) => void;
  readonly onExtend?: (index: number) => void;
  /** Scrolls back to the top when it changes. */
  readonly resetKey: unknown;
}

const MAX_FOCUS_TRIES = 30;

/** The row a key leads to; null when the key means nothing here. */
function target(key: string, at: number, length: number, perPage: number): number | null {
  switch (key) {
    case "ArrowDown":
      return at + 1;
    case "ArrowUp":
      return at - 1;
    case "PageDown":
      return at + perPage;
    case "PageUp":
      return at - perPage;
    case "Home":
      return 0;
    case "End":
      return length - 1;
    default:
      return null;
  }
}

export function VirtualListbox(props: Props) {
  const { label, length, activeIndex, rowHeight, renderRow, onActive, onOpen, onRange, onEscape, resetKey } = props;
  const { onToggle, onExtend } = props;
  const list = useRef<HTMLDivElement>(null);
  const virtualizer = useRef<VirtualizerHandle>(null);
  const hasFocus = useRef(false);

  const reportRange = () => {
    const handle = virtualizer.current;
    if (handle === null || length === 0) return;
    const top = handle.scrollOffset;
    onRange?.(handle.findItemIndex(top), handle.findItemIndex(top + Math.max(handle.viewportSize, rowHeight)));
  };

  useEffect(() => {
    const handle = virtualizer.current;
    // Scrolling lays the page out at once, also to where it stands.
    if (handle !== null && handle.scrollOffset > 0) handle.scrollTo(0);
  }, [resetKey]);
  const report = useEffectEvent(reportRange);
  useEffect(() => report(), [length, resetKey]);
  const frame = useRef(0);
  /** A row that is mounted but not measured yet is hidden and refuses the focus: the list holds it meanwhile. */
  function focusActive(triesLeft: number): void {
    if (!hasFocus.current) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-index="${activeIndex}"]`);
    if (document.activeElement === row) return;
    row?.focus({ preventScroll: true });
    if (document.activeElement === row || triesLeft === 0) return;
    if (document.activeElement !== list.current) list.current?.focus({ preventScroll: true });
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => focusActive(triesLeft - 1));
  }
  // Every render: the active row may have moved to another place.
  useLayoutEffect(() => {
    focusActive(MAX_FOCUS_TRIES);
    return () => cancelAnimationFrame(frame.current);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || length === 0) return;
    if (event.key === "Enter" || event.key === " ") {
      if (!event.repeat) onOpen(activeIndex);
    } else if (event.key === "Escape") {
      if (onEscape?.() !== true) return;
    } else {
      const perPage = Math.max(1, Math.floor((virtualizer.current?.viewportSize ?? 0) / rowHeight) - 1);
      const to = target(event.key, activeIndex, length, perPage);
      if (to === null) return;
      const index = Math.max(0, Math.min(length - 1, to));
      if (event.shiftKey) onExtend?.(index);
      onActive(index);
      virtualizer.current?.scrollToIndex(index, { align: "nearest" });
    }
    event.preventDefault();
  };

  const onClick = (event: MouseEvent) => {
    const row = (event.target as Element).closest<HTMLElement>("[data-index]");
    if (row === null) return;
    const index = Number(row.dataset["index"]);
    if (event.shiftKey && onExtend !== undefined) onExtend(index);
    else if ((event.ctrlKey || event.metaKey) && onToggle !== undefined) onToggle(index);
    else onOpen(index);
    onActive(index);
  };

  return (
    <div
      ref={list}
      role="listbox"
      aria-label={label}
      className="listbox"
      {...(onToggle === undefined ? {} : { "aria-multiselectable": true })}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={(event) => {
        const isNew = !hasFocus.current;
        hasFocus.current = true;
        if (isNew && event.target === list.current) focusActive(MAX_FOCUS_TRIES);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) hasFocus.current = false;
      }}
    >
      <Virtualizer
        ref={virtualizer}
        data={{ length }}
        itemSize={rowHeight}
        bufferSize={rowHeight * 6}
        keepMounted={length === 0 ? [] : [Math.min(activeIndex, length - 1)]}
        onScroll={reportRange}
        onResize={reportRange}
      >
        {(_, index) => <div key={index}>{renderRow(index)}</div>}
      </Virtualizer>
    </div>
  );
}
