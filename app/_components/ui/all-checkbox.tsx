"use client";

import type { ReactNode } from "react";

interface AllCheckboxProps {
  /** How many rows are chosen, of how many that can be. */
  chosen: number;
  of: number;
  onChange: (on: boolean) => void;
  /** Said by its name alone, where the column says it to the eye. */
  hiddenLabel?: string;
  className?: string;
  /** What stands beside it. */
  children?: ReactNode;
}

/** Chooses all rows of a list, or none; it stands in between where some are chosen. */
export function AllCheckbox(props: AllCheckboxProps) {
  const { chosen, of, onChange, hiddenLabel, className = "", children } = props;
  return (
    <label className={className || "flex min-h-11 w-fit items-center gap-3 pe-2 select-none"}>
      <input
        type="checkbox"
        data-stop
        checked={chosen > 0 && chosen === of}
        ref={(box) => {
          if (box) box.indeterminate = chosen > 0 && chosen < of;
        }}
        onChange={(event) => onChange(event.target.checked)}
        aria-label={hiddenLabel}
        className="size-5"
      />
      {children}
    </label>
  );
}
