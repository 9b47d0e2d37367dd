import { Bookmark } from "lucide-react";

interface ListToggleProps {
  title: string;
  label: string;
  inList: boolean;
}

/**
 * On a card: shown when it is pointed at or has the focus. A finger has no pointing: there a long
 * press shows it. What it does is done for all cards by `CardDetails`.
 */
export function ListToggle({ title, label, inList }: ListToggleProps) {
  return (
    <button
      type="button"
      data-list-toggle={title}
      aria-pressed={inList}
      aria-label={label}
      className="group/mark absolute end-1 top-1 hidden size-11 place-items-center rounded-lg opacity-0 transition-opacity group-hover:opacity-100 focus-visible:opacity-100 pointer-fine:grid"
    >
      <span className="grid size-8 place-items-center rounded-lg bg-ink/85 text-text group-aria-pressed/mark:text-lamp">
        <Bookmark aria-hidden className="size-4.5 group-aria-pressed/mark:fill-current" />
      </span>
    </button>
  );
}
