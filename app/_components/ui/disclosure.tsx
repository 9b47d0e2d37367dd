import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

/** What most people never need: closed until it is asked for, by the browser's own means. */
export function Disclosure({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <details className="group/details rounded-xl border border-line px-4">
      <summary className="flex min-h-11 list-none items-center justify-between gap-3 font-medium [&::-webkit-details-marker]:hidden">
        {title}
        <ChevronDown
          aria-hidden
          className="size-5 shrink-0 text-faint transition-transform group-open/details:rotate-180"
        />
      </summary>
      <div className="grid grid-cols-1 gap-6 pt-2 pb-4">{children}</div>
    </details>
  );
}
