"use client";

import { Switch as Primitive } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";

type SwitchProps = ComponentProps<typeof Primitive.Root> & { label: ReactNode; hint?: ReactNode };

/** On or off, taking effect at once or with its form; the label is a part of the target. */
export function Switch({ label, hint, ...root }: SwitchProps) {
  const ownId = useId();
  const id = root.id ?? ownId;
  return (
    <div className="flex min-h-11 items-center justify-between gap-4">
      <label htmlFor={id} className="grid grow py-2">
        <span className="font-medium">{label}</span>
        {hint && (
          <span id={`${id}-hint`} className="text-caption text-faint">
            {hint}
          </span>
        )}
      </label>
      <Primitive.Root
        {...root}
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="h-7 w-12 shrink-0 rounded-full border border-edge bg-ink p-0.5 transition-colors data-[state=checked]:border-lamp data-[state=checked]:bg-lamp"
      >
        <Primitive.Thumb className="block size-5.5 rounded-full bg-faint transition-transform data-[state=checked]:translate-x-5 data-[state=checked]:bg-lamp-ink rtl:data-[state=checked]:-translate-x-5" />
      </Primitive.Root>
    </div>
  );
}
