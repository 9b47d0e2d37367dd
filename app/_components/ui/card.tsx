import type { ComponentProps } from "react";

/** A raised surface with room inside: a form, a row of a list, a group of settings. */
export function Card({ className = "", ...rest }: ComponentProps<"div">) {
  return (
    <div {...rest} className={`rounded-xl border border-line bg-surface p-4 sm:p-5 ${className}`} />
  );
}
