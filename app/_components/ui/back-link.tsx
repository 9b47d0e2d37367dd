import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { LinkButton } from "./link-button";

/** Up to the page that this one belongs to. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <LinkButton href={href} tone="quiet" className="-ms-3 justify-self-start">
      <ChevronLeft aria-hidden className="size-5 rtl:rotate-180" />
      {children}
    </LinkButton>
  );
}
