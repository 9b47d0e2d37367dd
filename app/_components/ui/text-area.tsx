import { type ComponentProps, type ReactNode, useId } from "react";
import { controlClass, describedBy, FieldFrame } from "./field";

type TextAreaProps = ComponentProps<"textarea"> & {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
};

/** Several lines of text with their label. */
export function TextArea({ label, hint, error, className = "", rows = 4, ...area }: TextAreaProps) {
  const ownId = useId();
  const id = area.id ?? ownId;
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <textarea
        {...area}
        id={id}
        rows={rows}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
        className={`${controlClass} ${className}`}
      />
    </FieldFrame>
  );
}
