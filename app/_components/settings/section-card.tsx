import type { ReactNode } from "react";
import { Card } from "../ui/card";

interface SectionCardProps {
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
}

/** One subject of a section: what it is for, then its form or list. */
export function SectionCard({ title, description, children }: SectionCardProps) {
  return (
    <section>
      <Card className="grid grid-cols-1 gap-5">
        <div className="grid gap-1">
          <h2 className="text-heading">{title}</h2>
          {description && <p className="text-pretty text-faint">{description}</p>}
        </div>
        {children}
      </Card>
    </section>
  );
}
