"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

export const morePanelId = "more-panel";

/**
 * What does not fit in a bar: a sheet above the bottom bar on a phone, a panel under the top bar on
 * a desk. The browser's own popover: Escape and a press beside it close it without any script.
 */
export function MorePanel({ label, children }: { label: string; children: ReactNode }) {
  const panel = useRef<HTMLElement>(null);
  const path = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: closing is what a new page causes
  useEffect(() => {
    if (panel.current?.matches(":popover-open")) panel.current.hidePopover();
  }, [path]);
  return (
    <nav
      ref={panel}
      id={morePanelId}
      popover="auto"
      aria-label={label}
      className="panel fixed inset-auto end-3 bottom-[calc(var(--bottom-bar)+0.75rem)] m-0 max-h-[70dvh] w-72 max-w-[calc(100vw-1.5rem)] overflow-y-auto p-2 text-text md:end-(--gutter) md:top-[4.5rem] md:bottom-auto"
    >
      {children}
    </nav>
  );
}
