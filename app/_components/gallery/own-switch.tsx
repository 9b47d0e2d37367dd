"use client";

import { useOptimistic, useTransition } from "react";
import { useTranslations } from "use-intl";
import { nameGalleryAction, publishGalleryAction } from "@/lib/galleries/actions";
import { SavingForm } from "../settings/saving-form";
import { Field } from "../ui/field";
import { Switch } from "../ui/switch";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

/** Whether anybody can see the gallery of this server. */
export function OwnSwitch({ value }: { value: boolean }) {
  const t = useTranslations("gallery");
  const [shown, show] = useOptimistic(value);
  const [, startTransition] = useTransition();
  const { run } = useCommand();
  return (
    <Switch
      label={t("own.switch")}
      hint={t("own.switchHint")}
      checked={shown}
      onCheckedChange={(galleryPublished) =>
        startTransition(() => {
          show(galleryPublished);
          run(
            () => publishGalleryAction({ galleryPublished }),
            () => showToast({ message: galleryPublished ? t("own.on") : t("own.off") }),
          );
        })
      }
    />
  );
}

/** What the gallery is called. */
export function OwnName({ value }: { value: string | null }) {
  const t = useTranslations("gallery");
  return (
    <SavingForm action={nameGalleryAction} submit={t("own.save")} said={t("own.saved")}>
      {(errors) => (
        <Field
          name="galleryName"
          label={t("own.name")}
          hint={t("own.nameHint")}
          defaultValue={value ?? ""}
          error={errors.galleryName}
          autoComplete="off"
          maxLength={100}
        />
      )}
    </SavingForm>
  );
}
