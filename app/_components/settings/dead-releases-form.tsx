"use client";

import { useTranslations } from "use-intl";
import { changeDeadReleasesAction } from "@/lib/settings/actions";
import type { Settings } from "@/lib/settings/schema";
import { Field } from "../ui/field";
import { Switch } from "../ui/switch";
import { SavingForm } from "./saving-form";

type DeadReleasesFormProps = Pick<
  Settings,
  "deadMetadataMinutes" | "deadNoSeedsHours" | "replaceDeadReleases"
>;

/** When a release counts as dead, and what is done then. */
export function DeadReleasesForm(saved: DeadReleasesFormProps) {
  const t = useTranslations("settingsForm");
  return (
    <SavingForm action={changeDeadReleasesAction} submit={t("save")} said={t("deadSaved")}>
      {(errors) => (
        <>
          <div className="grid items-start gap-5 sm:grid-cols-2">
            <Field
              name="deadMetadataMinutes"
              inputMode="numeric"
              autoComplete="off"
              label={t("deadMetadata")}
              hint={t("deadMetadataHint")}
              defaultValue={saved.deadMetadataMinutes ?? ""}
              error={errors.deadMetadataMinutes}
            />
            <Field
              name="deadNoSeedsHours"
              inputMode="decimal"
              autoComplete="off"
              label={t("deadNoSeeds")}
              hint={t("deadNoSeedsHint")}
              defaultValue={saved.deadNoSeedsHours ?? ""}
              error={errors.deadNoSeedsHours}
            />
          </div>
          <Switch
            name="replaceDeadReleases"
            label={t("replaceDead")}
            hint={t("replaceDeadHint")}
            defaultChecked={saved.replaceDeadReleases}
          />
        </>
      )}
    </SavingForm>
  );
}
