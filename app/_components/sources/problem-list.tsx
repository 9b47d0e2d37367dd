import { TriangleAlert } from "lucide-react";

/** What is wrong, a line each. */
export function ProblemList({ label, problems }: { label: string; problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <ul aria-label={label} className="grid gap-2">
      {[...new Set(problems)].map((problem) => (
        <li key={problem} className="flex items-start gap-2 text-caption">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
          {problem}
        </li>
      ))}
    </ul>
  );
}
