import { CircleAlert, CircleCheck } from "lucide-react";

interface CheckListProps {
  checks: { name: string; label: string; ok: boolean; detail: string }[];
}

/** Services with whether they run, and what to do about those that do not. */
export function CheckList({ checks }: CheckListProps) {
  return (
    <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
      {checks.map(({ name, label, ok, detail }) => {
        const Icon = ok ? CircleCheck : CircleAlert;
        return (
          <li key={name} className="flex items-start gap-3 p-4">
            <Icon
              aria-hidden
              className={`mt-0.5 size-5 shrink-0 ${ok ? "text-lamp" : "text-danger"}`}
            />
            <div className="grid gap-0.5">
              <p className="font-medium">{label}</p>
              <p className={`text-caption ${ok ? "text-faint" : "text-danger"}`}>{detail}</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
