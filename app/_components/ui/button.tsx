import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button-look";
import { Spinner } from "./spinner";

type ButtonProps = ComponentProps<"button"> &
  ButtonLook & {
    /** Work is going on: the button keeps its size, shows it, and cannot be pressed again. */
    pending?: boolean;
  };

export function Button({
  tone,
  square,
  pending = false,
  type = "button",
  className = "",
  disabled,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      className={`${buttonClass({ tone, square })} ${className}`}
    >
      {pending && <Spinner className="absolute" />}
      <span className={`inline-flex items-center gap-2 ${pending ? "opacity-0" : ""}`}>
        {children}
      </span>
    </button>
  );
}
