/**
 * A dialog with one box and a list under it: type to narrow, arrows to move, Enter to choose.
 *
 * A combobox whose list is always open; the focus stays in the box. Knows labels and keys, not what they do.
 */
import type { KeyboardEvent } from "react";
import { useId, useRef, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { fuzzyFilter } from "../lib/fuzzy.ts";
import { Keys } from "./keys.tsx";
import "./picker.css";

export interface PickerItem {
  readonly id: string;
  readonly label: string;
  /** Drawn at the end of the row: a shortcut or a time. */
  readonly keys?: string;
  readonly hint?: string;
}

interface Props {
  readonly title: string;
  readonly label: string;
  readonly placeholder: string;
  readonly listLabel: string;
  readonly none: string;
  readonly items: readonly PickerItem[];
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}

export function Picker({ title, label, placeholder, listLabel, none, items, onChoose, onClose }: Props) {
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const shown = fuzzyFilter(items, query, (item) => item.label);
  const at = Math.min(active, shown.length - 1);

  const move = (to: number) => {
    const next = (to + shown.length) % shown.length;
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  const choose = (item: PickerItem | undefined) => {
    if (item === undefined) return;
    onClose();
    // After the dialog gave the focus back, so that a command may move it.
    requestAnimationFrame(() => requestAnimationFrame(() => onChoose(item.id)));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || shown.length === 0) return;
    if (event.key === "ArrowDown") move(at + 1);
    else if (event.key === "ArrowUp") move(at - 1);
    else if (event.key === "Enter") choose(shown[at]);
    else return;
    event.preventDefault();
  };

  return (
    <ModalOverlay
      className="overlay picker-overlay"
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="modal picker">
        <Dialog className="dialog">
          <Heading slot="title" className="visually-hidden">
            {title}
          </Heading>
          <input
            className="picker-input"
            type="text"
            role="combobox"
            aria-label={label}
            aria-expanded
            aria-autocomplete="list"
            aria-controls={`${id}-list`}
            {...(at >= 0 ? { "aria-activedescendant": `${id}-${at}` } : {})}
            placeholder={placeholder}
            value={query}
            autoFocus
            spellCheck={false}
            onChange={(event) => {
              setQuery(event.target.value);
              setActive(0);
            }}
            onKeyDown={onKeyDown}
          />
          <div
            ref={list}
            id={`${id}-list`}
            role="listbox"
            aria-label={listLabel}
            className="picker-list"
            onKeyDown={onKeyDown}
            onClick={(event) => {
              const row = (event.target as Element).closest<HTMLElement>("[data-index]");
              if (row !== null) choose(shown[Number(row.dataset["index"])]);
            }}
          >
            {shown.map((item, index) => (
              <div
                key={item.id}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === at}
                className="picker-item"
                data-index={index}
                onPointerMove={() => setActive(index)}
              >
                <span className="picker-label">{item.label}</span>
                {item.hint !== undefined && <span className="picker-hint">{item.hint}</span>}
                {item.keys !== undefined && <Keys keys={item.keys} />}
              </div>
            ))}
          </div>
          {shown.length === 0 && (
            <p className="picker-none" role="status">
              {none}
            </p>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
