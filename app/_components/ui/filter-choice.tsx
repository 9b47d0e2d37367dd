import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

interface FilterChoiceProps {
  name: string;
  label: string;
  value?: string | undefined;
  /** One that is chosen narrows what is shown, and says so by its colour. */
  narrows?: boolean;
  onChange?: () => void;
  children: ReactNode;
}

/** A list of choices: with its name above it in the sheet, with its name in it on a desk. */
export function FilterChoice(props: FilterChoiceProps) {
  const { name, label, value = "", narrows = true, onChange, children } = props;
  return (
    <label className="grid gap-1.5">
      <span className="font-medium md:sr-only">{label}</span>
      <span className="relative grid">
        <select
          name={name}
          defaultValue={value}
          data-stop
          onChange={onChange}
          className={`h-11 w-full appearance-none rounded-lg border bg-ink ps-3.5 pe-9 transition-colors hover:border-faint ${
            narrows && value !== "" ? "border-lamp text-lamp" : "border-edge text-text"
          }`}
        >
          {children}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute inset-y-0 end-3 my-auto size-4 text-faint"
        />
      </span>
    </label>
  );
}
