"use client";

import { useTranslations } from "use-intl";
import { Field } from "@/app/_components/ui/field";
import { PasswordField } from "@/app/_components/ui/password-field";
import type { FormState } from "./action-form";

/** Name and first password of a new account. */
export function NewAccountFields({ errors, sent }: Pick<FormState, "errors" | "sent">) {
  const t = useTranslations("signIn");
  return (
    <>
      <Field
        name="username"
        label={t("username")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        required
        defaultValue={sent.username}
        error={errors.username}
      />
      <PasswordField
        name="password"
        label={t("password")}
        hint={t("passwordHint")}
        autoComplete="new-password"
        minLength={8}
        maxLength={200}
        required
        defaultValue={sent.password}
        error={errors.password}
      />
    </>
  );
}
