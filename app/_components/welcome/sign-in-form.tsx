"use client";

import { useTranslations } from "use-intl";
import { Field } from "@/app/_components/ui/field";
import { PasswordField } from "@/app/_components/ui/password-field";
import { signInAction } from "@/lib/users/actions";
import { ActionForm } from "./action-form";

/** Name and password; `next` is where to go on to. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("signIn");
  return (
    <ActionForm action={signInAction} submit={t("submit")}>
      {({ errors, sent }) => (
        <>
          <input type="hidden" name="next" value={next} />
          <Field
            name="username"
            label={t("username")}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            defaultValue={sent.username}
            error={errors.username}
          />
          <PasswordField
            name="password"
            label={t("password")}
            autoComplete="current-password"
            required
            error={errors.password}
          />
        </>
      )}
    </ActionForm>
  );
}
