"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { controlClass, describedBy, type Field, FieldFrame } from "./field";

/** A password, which can be looked at while it is typed: once, and blind, goes wrong too often. */
export function PasswordField({
  label,
  hint,
  error,
  className = "",
  ...input
}: Omit<ComponentProps<typeof Field>, "type">) {
  const t = useTranslations("common");
  const ownId = useId();
  const id = input.id ?? ownId;
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <div className="relative">
        <input
          {...input}
          id={id}
          type={shown ? "text" : "password"}
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, hint, error)}
          className={`${controlClass} pe-12 ${className}`}
        />
        <button
          type="button"
          aria-pressed={shown}
          aria-label={t("showTyped")}
          title={t("showTyped")}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0 end-0 grid w-11 place-items-center rounded-lg text-faint transition-colors hover:text-text"
        >
          <Icon aria-hidden className="size-5" />
        </button>
      </div>
    </FieldFrame>
  );
}
