import { Bookmark } from "lucide-react";

interface ListToggleProps {
  title: string;
  label: string;
  inList: boolean;
  /** On the page of the list itself a finger needs it, too: to tidy up. */
  forFingers?: boolean;
}

/**
 * On a card: shown when it is pointed at or has the focus. A finger has no pointing: elsewhere than
 * on the list a long press shows it. What it does is done for all cards by `CardDetails`.
 */
export function ListToggle({ title, label, inList, forFingers = false }: ListToggleProps) {
  return (
    <button
      type="button"
      data-list-toggle={title}
      aria-pressed={inList}
      aria-label={label}
      className={`group/mark absolute end-1 top-1 size-11 place-items-center rounded-lg transition-opacity ${
        forFingers
          ? "grid pointer-fine:opacity-0 pointer-fine:group-hover:opacity-100 pointer-fine:focus-visible:opacity-100"
          : "hidden opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-fine:grid"
      }`}
    >
      <span className="grid size-8 place-items-center rounded-lg bg-ink/85 text-text group-aria-pressed/mark:text-lamp">
        <Bookmark aria-hidden className="size-4.5 group-aria-pressed/mark:fill-current" />
      </span>
    </button>
  );
}
