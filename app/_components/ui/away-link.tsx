import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";

/** A link to somebody else's page, in a tab of its own. It is told nothing about where one came from. */
export function AwayLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="-my-2 inline-flex min-h-11 items-center gap-2 justify-self-start font-medium text-lamp underline-offset-4 hover:underline"
    >
      {children}
      <ExternalLink aria-hidden className="size-4 shrink-0" />
    </a>
  );
}
