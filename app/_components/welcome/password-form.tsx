"use client";

import { useTranslations } from "use-intl";
import { Field } from "@/app/_components/ui/field";
import { changePasswordAction } from "@/lib/users/actions";
import { ActionForm } from "./action-form";

/** The old password and a new one. The name is there for password managers. */
export function PasswordForm({ username }: { username: string }) {
  const t = useTranslations("password");
  return (
    <ActionForm action={changePasswordAction} submit={t("submit")}>
      {({ errors, sent }) => (
        <>
          <input type="hidden" autoComplete="username" value={username} readOnly />
          <Field
            name="currentPassword"
            type="password"
            label={t("current")}
            autoComplete="current-password"
            required
            defaultValue={sent.currentPassword}
            error={errors.currentPassword}
          />
          <Field
            name="newPassword"
            type="password"
            label={t("new")}
            hint={t("newHint")}
            autoComplete="new-password"
            minLength={8}
            maxLength={200}
            required
            defaultValue={sent.newPassword}
            error={errors.newPassword}
          />
        </>
      )}
    </ActionForm>
  );
}
