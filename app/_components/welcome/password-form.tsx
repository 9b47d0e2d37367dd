"use client";

import { useTranslations } from "use-intl";
import { PasswordField } from "@/app/_components/ui/password-field";
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
          <PasswordField
            name="currentPassword"
            label={t("current")}
            autoComplete="current-password"
            required
            defaultValue={sent.currentPassword}
            error={errors.currentPassword}
          />
          <PasswordField
            name="newPassword"
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
