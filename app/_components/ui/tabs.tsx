import Link from "next/link";
import type { ReactNode } from "react";
import { LinkPending } from "./link-pending";

interface Tab {
  href: string;
  label: ReactNode;
  /** How many are behind it; shown when more than none. */
  count?: number;
}

/**
 * Pages beside each other, each with an address of its own: links in a line, so that back, reload
 * and a bookmark work.
 */
export function TabLinks({
  label,
  tabs,
  current,
}: {
  label: string;
  tabs: Tab[];
  current: string;
}) {
  return (
    <nav aria-label={label} className="scroller border-b border-line">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              prefetch={false}
              aria-current={tab.href === current ? "page" : undefined}
              className="relative -mb-px flex h-11 items-center gap-2 border-b-2 border-transparent px-3 whitespace-nowrap text-faint outline-offset-[-2px] transition-colors hover:text-text aria-[current=page]:border-lamp aria-[current=page]:font-semibold aria-[current=page]:text-text"
            >
              {tab.label}
              {tab.count ? (
                <span
                  data-numbers
                  className="rounded-full bg-raised px-2 text-caption font-normal text-text"
                >
                  {tab.count}
                </span>
              ) : null}
              <LinkPending />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
