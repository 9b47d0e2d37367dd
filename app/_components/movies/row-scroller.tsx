"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";

/**
 * Scrolls sideways by finger, wheel and arrow keys; a mouse gets a button at each end that has
 * more. The buttons are for the mouse alone: to others the row is whole as it is.
 */
export function RowScroller({ children }: { children: ReactNode }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState({ before: false, after: false });

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    // Without links to go through, the keyboard needs the row itself to scroll it.
    if (!box.querySelector("a[href], button")) box.tabIndex = 0;
    const measure = () => {
      // Negative where the language runs from right to left.
      const position = Math.abs(box.scrollLeft);
      const before = position > 8;
      const after = position + box.clientWidth < box.scrollWidth - 8;
      setMore((known) =>
        known.before === before && known.after === after ? known : { before, after },
      );
    };
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    // What is in it grows while the page stands.
    if (box.firstElementChild) observer.observe(box.firstElementChild);
    box.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", measure);
    };
  }, []);

  function scroll(direction: 1 | -1) {
    const box = scroller.current;
    if (!box) return;
    const sign = getComputedStyle(box).direction === "rtl" ? -direction : direction;
    box.scrollBy({ left: sign * box.clientWidth * 0.8, behavior: "smooth" });
  }

  const arrow = (direction: 1 | -1, shown: boolean) => {
    const Icon = direction === 1 ? ChevronRight : ChevronLeft;
    return (
      <button
        type="button"
        tabIndex={-1}
        aria-hidden
        onClick={() => scroll(direction)}
        className={`absolute inset-y-0 hidden w-(--gutter) min-w-10 place-items-center from-ink to-transparent transition-opacity pointer-fine:grid ${
          direction === 1 ? "end-0 bg-linear-to-l" : "start-0 bg-linear-to-r"
        } ${shown ? "opacity-0 group-hover/row:opacity-100" : "pointer-events-none opacity-0"}`}
      >
        <Icon className="size-8 rtl:rotate-180" />
      </button>
    );
  };

  return (
    <div className="group/row relative">
      <div ref={scroller} className="scroller">
        {children}
      </div>
      {arrow(-1, more.before)}
      {arrow(1, more.after)}
    </div>
  );
}
