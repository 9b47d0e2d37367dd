"use client";

import { useTranslations } from "use-intl";
import { changeBinDaysAction } from "@/lib/bin/actions";
import { SavingForm } from "../settings/saving-form";
import { Field } from "../ui/field";

/** How many days what is deleted can be brought back. */
export function DaysForm({ days }: { days: number }) {
  const t = useTranslations("bin");
  return (
    <SavingForm action={changeBinDaysAction} submit={t("save")} said={t("saved")}>
      {(errors) => (
        <Field
          name="binDays"
          type="number"
          inputMode="numeric"
          min={0}
          max={365}
          step={1}
          required
          autoComplete="off"
          label={t("days")}
          hint={t("daysHint")}
          defaultValue={days}
          error={errors.binDays}
          className="max-w-32"
        />
      )}
    </SavingForm>
  );
}
