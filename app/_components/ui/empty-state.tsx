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
    <section
      className={`mx-auto grid justify-items-center gap-3 px-4 py-16 text-center ${level === 1 ? "max-w-xl" : "max-w-md"}`}
    >
      <span className="grid size-16 place-items-center rounded-full bg-surface text-lamp">
        <Icon aria-hidden className="size-7" strokeWidth={1.75} />
      </span>
      <Heading className={`text-balance ${level === 1 ? "text-title" : "text-heading"}`}>
        {title}
      </Heading>
      <p className="max-w-md text-balance text-faint">{children}</p>
      {action && (
        <div data-row className="mt-2 flex flex-wrap justify-center gap-3">
          {action}
        </div>
      )}
    </section>
  );
}
