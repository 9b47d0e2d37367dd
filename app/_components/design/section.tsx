import type { ReactNode } from "react";

interface SectionProps {
  id: string;
  title: string;
  /** When it is used, and when not. */
  description: string;
  children: ReactNode;
}

/** A subject of the design page, with an address of its own. */
export function Section({ id, title, description, children }: SectionProps) {
  return (
    <section
      aria-labelledby={id}
      className="grid min-w-0 grid-cols-1 gap-4 not-first:border-t not-first:border-line not-first:pt-8"
    >
      <div className="grid gap-1">
        <h2 id={id} className="scroll-mt-32 text-heading lg:scroll-mt-24">
          {title}
        </h2>
        <p className="max-w-2xl text-pretty text-faint">{description}</p>
      </div>
      {children}
    </section>
  );
}

/** One state of a piece, with its name below it. */
export function State({ name, children }: { name: string; children: ReactNode }) {
  return (
    <figure className="grid min-w-0 grid-cols-1 content-start gap-2">
      <div className="min-w-0">{children}</div>
      <figcaption className="text-caption text-faint">{name}</figcaption>
    </figure>
  );
}
