/**
 * The sections of the settings on one page, with a list of them beside it that jumps and shows where one is.
 *
 * One page, so that everything can be found by scrolling and by the system's search. Invariant: a jump moves the
 * focus too, so that a keyboard and a screen reader go on from there.
 */
import type { ReactNode } from "react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { t } from "../i18n.ts";
import { useNav, useStores } from "../stores/context.tsx";
import type { SettingsSection } from "../stores/nav-store.ts";
import { useTurn } from "./in-turn.tsx";
import "./settings-sections.css";

export interface SettingsPart {
  readonly id: SettingsSection;
  readonly title: string;
  readonly children: ReactNode;
}

export function SettingsSections({ parts }: { readonly parts: readonly SettingsPart[] }) {
  // All headings at once, and what stands under the first: the rest is below the window's edge.
  const isWhole = useTurn();
  const body = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  /** Where the last jump ended: the last sections are too short to reach the top, and stand for themselves until one scrolls. */
  const jumpedTo = useRef<number | null>(null);
  const headings = () => [...(body.current?.querySelectorAll("h2") ?? [])];

  useEffect(() => {
    const scroller = body.current?.closest(".page");
    if (scroller === null || scroller === undefined) return;
    const look = () => {
      if (scroller.scrollTop === jumpedTo.current) return;
      jumpedTo.current = null;
      const top = scroller.getBoundingClientRect().top + scroller.clientHeight / 3;
      const isAtEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
      const above = headings().filter((heading) => heading.getBoundingClientRect().top <= top).length;
      setCurrent(isAtEnd && scroller.scrollTop > 0 ? headings().length - 1 : Math.max(0, above - 1));
    };
    scroller.addEventListener("scroll", look, { passive: true });
    // A form that opens moves what is below it without any scrolling.
    const growth = new ResizeObserver(look);
    if (body.current !== null) growth.observe(body.current);
    return () => {
      scroller.removeEventListener("scroll", look);
      growth.disconnect();
    };
  }, []);

  const wanted = useNav((state) => state.wantsSection);
  const { nav } = useStores();
  const goToWanted = useEffectEvent((id: SettingsSection) => {
    nav.sectionReached();
    jump(parts.findIndex((part) => part.id === id));
  });
  useEffect(() => {
    if (wanted !== null && isWhole) goToWanted(wanted);
  }, [wanted, isWhole]);

  function jump(index: number): void {
    const heading = headings()[index];
    heading?.scrollIntoView({ block: "start" });
    jumpedTo.current = heading?.closest(".page")?.scrollTop ?? null;
    heading?.focus({ preventScroll: true });
    setCurrent(index);
  }

  return (
    <div className="settings-frame">
      <nav className="settings-nav" aria-label={t("settings.sections.label")}>
        {parts.map(({ title }, index) => (
          <button
            key={title}
            type="button"
            aria-current={index === current ? "location" : undefined}
            onClick={() => jump(index)}
          >
            {title}
          </button>
        ))}
      </nav>
      <div className="settings-parts" ref={body}>
        {parts.map((part, index) => (
          <Part key={part.title} title={part.title}>
            {(index === 0 || isWhole) && part.children}
          </Part>
        ))}
      </div>
    </div>
  );
}

/** No landmark: its cards are, and some have its name. */
function Part({ title, children }: Pick<SettingsPart, "title" | "children">) {
  return (
    <div className="settings-part">
      <h2 tabIndex={-1}>{title}</h2>
      {children}
    </div>
  );
}
