import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button-look";
import { LinkPending } from "./link-pending";

/** A link that looks like a button: for going somewhere, where a button does something. */
export function LinkButton({
  tone,
  square,
  className = "",
  children,
  ...rest
}: ComponentProps<typeof Link> & ButtonLook) {
  return (
    <Link
      prefetch={false}
      data-stop
      {...rest}
      className={`${buttonClass({ tone, square })} ${className}`}
    >
      {children}
      <LinkPending />
    </Link>
  );
}
