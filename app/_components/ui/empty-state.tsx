import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  icon: LucideIcon;
  title: ReactNode;
  /** What to do first. */
  children: ReactNode;
  action?: ReactNode;
  /** 1 where it is all that a page says. */
  level?: 1 | 2;
}

/** Where a list would be when there is nothing in it. */
export function EmptyState(props: EmptyStateProps) {
  const { icon: Icon, title, children, action, level = 2 } = props;
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <section className="mx-auto grid max-w-md justify-items-center gap-3 px-4 py-16 text-center">
      <span className="grid size-16 place-items-center rounded-full bg-surface text-lamp">
        <Icon aria-hidden className="size-7" strokeWidth={1.75} />
      </span>
      <Heading className="text-heading text-balance">{title}</Heading>
      <p className="text-pretty text-faint">{children}</p>
      {action && (
        <div data-row className="mt-2 flex flex-wrap justify-center gap-3">
          {action}
        </div>
      )}
    </section>
  );
}
