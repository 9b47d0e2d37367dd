import { Check, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** One of several, of which one holds. */
export function ChoiceItem({
  isChosen,
  note,
  onChoose,
  children,
}: {
  isChosen: boolean;
  /** Said beside it: a size. */
  note?: string | null;
  onChoose(): void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={isChosen}
      className="player-menu-item"
      onClick={onChoose}
    >
      <Check aria-hidden className="player-menu-check size-5" />
      <span dir="auto" className="player-menu-label">
        {children}
      </span>
      {note && (
        <span data-numbers className="player-menu-note">
          {note}
        </span>
      )}
    </button>
  );
}

/** What leads to another page, with what holds there now. */
export function PageItem({
  icon,
  value,
  onOpen,
  children,
}: {
  icon: ReactNode;
  value?: string | null;
  onOpen(): void;
  children: ReactNode;
}) {
  return (
    <button type="button" className="player-menu-item" onClick={onOpen}>
      {icon}
      <span className="player-menu-label">{children}</span>
      {value && (
        <span dir="auto" data-numbers className="player-menu-note">
          {value}
        </span>
      )}
      <ChevronRight aria-hidden className="size-5 flex-none text-faint rtl:-scale-x-100" />
    </button>
  );
}
