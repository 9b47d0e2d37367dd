"use client";

import { useRef } from "react";

interface RowCheckboxProps {
  /** Whose row it is. */
  label: string;
  checked: boolean;
  /** `isRange`: the shift key was held, and everything from the row that was pressed before is meant. */
  onChange: (on: boolean, isRange: boolean) => void;
  className?: string;
}

/** Chooses one row of a list. */
export function RowCheckbox({ label, checked, onChange, className = "" }: RowCheckboxProps) {
  const withShift = useRef(false);
  return (
    <label className={`grid size-11 shrink-0 cursor-pointer place-items-center ${className}`}>
      <input
        type="checkbox"
        data-stop
        checked={checked}
        // By keyboard the change does not tell of the shift key everywhere; its press does.
        onKeyDown={(event) => {
          withShift.current = event.key === " " && event.shiftKey;
        }}
        onChange={(event) => {
          const press = event.nativeEvent as Event & { shiftKey?: boolean };
          onChange(event.target.checked, press.shiftKey === true || withShift.current);
          withShift.current = false;
        }}
        aria-label={label}
        className="size-5"
      />
    </label>
  );
}
