"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { LinkPending } from "../ui/link-pending";

interface NavLinkProps {
  href: string;
  className: string;
  children: ReactNode;
}

/** A link of the shell that knows when its page, or one below it, is open. */
export function NavLink({ href, className, children }: NavLinkProps) {
  const path = usePathname() ?? "";
  const current = path === href || (href !== "/" && path.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      data-stop
      prefetch={false}
      aria-current={current ? "page" : undefined}
      className={`relative ${className}`}
    >
      {children}
      <LinkPending />
    </Link>
  );
}
