"use client";

import { useTranslations } from "use-intl";
import { updateUserAction } from "@/lib/users/actions";
import type { UserView } from "@/lib/users/schema";
import { SavingForm } from "../settings/saving-form";
import { Button } from "../ui/button";
import { Field } from "../ui/field";

interface NewPasswordFormProps {
  person: UserView;
  onClose: () => void;
}

/** A password for somebody who lost theirs; they have to change it when they sign in. */
export function NewPasswordForm({ person: { id, username }, onClose }: NewPasswordFormProps) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  return (
    <div className="rounded-lg border border-line bg-ink p-4">
      <SavingForm
        action={async (form) => {
          const result = await updateUserAction({ id, password: String(form.get("password")) });
          if (result.ok) onClose();
          return result;
        }}
        submit={t("setPassword")}
        said={t("passwordSaid", { username })}
        aside={<Button onClick={onClose}>{common("cancel")}</Button>}
      >
        {(errors) => (
          <Field
            name="password"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            minLength={8}
            maxLength={200}
            required
            label={t("passwordFor", { username })}
            hint={t("passwordHint")}
            error={errors.password}
          />
        )}
      </SavingForm>
    </div>
  );
}
