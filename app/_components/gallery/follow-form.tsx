"use client";

import { useTranslations } from "use-intl";
import { followGalleryAction } from "@/lib/galleries/actions";
import { SavingForm } from "../settings/saving-form";
import { Field } from "../ui/field";

/** Follows the gallery at an address. */
export function FollowForm() {
  const t = useTranslations("gallery");
  return (
    <SavingForm
      action={(form) => followGalleryAction({ address: String(form.get("address") ?? "") })}
      submit={t("follow")}
      said={({ name }) => t("followed", { name })}
    >
      {(errors) => (
        <Field
          name="address"
          label={t("address")}
          hint={t("addressHint")}
          error={errors.address}
          placeholder={t("addressExample")}
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={2000}
          dir="ltr"
          required
        />
      )}
    </SavingForm>
  );
}
