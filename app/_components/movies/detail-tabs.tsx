"use client";

import { Tabs } from "radix-ui";
import type { ReactNode } from "react";

interface DetailTab {
  id: string;
  label: string;
  /** How many are behind it; shown when more than none. */
  count?: number | undefined;
  content: ReactNode;
}

interface DetailTabsProps {
  label: string;
  tabs: readonly DetailTab[];
  /** The one that is open at first, where there is such a one. */
  open?: string | string[] | undefined;
}

/**
 * What few need of a movie, one part at a time: versions, subtitles, files, how it came to be. What is
 * open stays so while the page follows what happens.
 */
export function DetailTabs({ label, tabs, open }: DetailTabsProps) {
  const first = tabs.find(({ id }) => id === open) ?? tabs[0];
  return (
    <Tabs.Root
      id="parts"
      defaultValue={first?.id}
      className="grid min-w-0 grid-cols-1 content-start gap-5"
    >
      <div className="scroller border-b border-line max-lg:-mx-(--gutter) max-lg:px-(--gutter)">
        <Tabs.List aria-label={label} data-row className="flex w-max min-w-full gap-1">
          {tabs.map(({ id, label: name, count }) => (
            <Tabs.Trigger
              key={id}
              value={id}
              data-stop
              className="-mb-px flex h-11 items-center gap-2 border-b-2 border-transparent px-2.5 sm:px-3 whitespace-nowrap text-faint outline-offset-[-2px] transition-colors first:-ms-2.5 sm:first:-ms-3 hover:text-text data-[state=active]:border-lamp data-[state=active]:font-semibold data-[state=active]:text-text"
            >
              {name}
              {count ? (
                <span
                  data-numbers
                  className="rounded-full bg-raised px-2 text-caption font-normal text-text"
                >
                  {count}
                </span>
              ) : null}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </div>
      {tabs.map(({ id, content }) => (
        <Tabs.Content key={id} value={id} className="min-w-0 outline-offset-8">
          {content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
