import type { ReactNode } from "react";

interface PageHeadingProps {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}

/** The one h1 of a page, with what can be done on the whole of it. */
export function PageHeading({ title, description, actions }: PageHeadingProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="grid max-w-2xl gap-2">
        <h1 className="text-title">{title}</h1>
        {description && <p className="text-balance text-faint">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
