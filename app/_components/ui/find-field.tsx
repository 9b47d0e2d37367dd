"use client";

import { Search } from "lucide-react";
import { useId } from "react";
import { controlClass } from "./field";

interface FindFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  spellCheck?: boolean;
}

/** Narrows a list below it while somebody types. */
export function FindField({ label, value, onChange, spellCheck }: FindFieldProps) {
  const id = useId();
  return (
    <div className="relative">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Search
        aria-hidden
        className="pointer-events-none absolute inset-y-0 start-3.5 my-auto size-5 text-faint"
      />
      <input
        id={id}
        type="search"
        autoComplete="off"
        spellCheck={spellCheck}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${controlClass} ps-11`}
      />
    </div>
  );
}
