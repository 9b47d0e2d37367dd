"use client";

import { useTranslations } from "use-intl";
import { changeSeedingAction, checkFormAction } from "@/lib/settings/actions";
import { Field } from "../ui/field";
import { SavingForm } from "./saving-form";

interface SeedingFormProps {
  ratio: number | null;
  days: number | null;
}

/** How long torrents give back after they are complete. */
export function SeedingForm({ ratio, days }: SeedingFormProps) {
  const t = useTranslations("settingsForm");
  return (
    <SavingForm
      action={changeSeedingAction}
      check={(values) => checkFormAction({ form: "seeding", values })}
      submit={t("save")}
      said={t("seedingSaved")}
    >
      {(errors) => (
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <Field
            name="seedRatioLimit"
            inputMode="decimal"
            autoComplete="off"
            label={t("seedRatio")}
            hint={t("seedRatioHint")}
            defaultValue={ratio ?? ""}
            error={errors.seedRatioLimit}
          />
          <Field
            name="seedDaysLimit"
            inputMode="decimal"
            autoComplete="off"
            label={t("seedDays")}
            hint={t("seedDaysHint")}
            defaultValue={days ?? ""}
            error={errors.seedDaysLimit}
          />
        </div>
      )}
    </SavingForm>
  );
}
