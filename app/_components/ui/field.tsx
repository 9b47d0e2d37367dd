import { type ComponentProps, type ReactNode, useId } from "react";

export const controlClass =
  "w-full min-h-11 rounded-lg border border-edge bg-ink px-3.5 py-2 text-text placeholder:text-faint transition-colors hover:border-faint disabled:opacity-60 aria-invalid:border-danger";

interface FrameProps {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  children: ReactNode;
}

/** Ids of what explains a control, for `aria-describedby`. */
export function describedBy(id: string, hint: ReactNode, error: ReactNode): string | undefined {
  const ids = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : undefined;
}

/** Label above, hint and error below: around any control that has the same `id`. */
export function FieldFrame({ id, label, hint, error, children }: FrameProps) {
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-caption text-faint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-caption text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

type FieldProps = ComponentProps<"input"> & Pick<FrameProps, "label" | "hint" | "error">;

/** One line of text with its label. */
export function Field({ label, hint, error, className = "", ...input }: FieldProps) {
  const ownId = useId();
  const id = input.id ?? ownId;
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <input
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
        className={`${controlClass} ${className}`}
      />
    </FieldFrame>
  );
}
