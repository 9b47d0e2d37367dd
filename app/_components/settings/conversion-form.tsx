"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "use-intl";
import { changeConversionAction, checkFormAction } from "@/lib/settings/actions";
import type { Settings } from "@/lib/settings/schema";
import { Field } from "../ui/field";
import { Select } from "../ui/select";
import { Switch } from "../ui/switch";
import { SavingForm } from "./saving-form";

type Values = Pick<
  Settings,
  | "modernCodecs"
  | "greatestHeight"
  | "keepSurround"
  | "clearVoice"
  | "pictureQuality"
  | "encoderPreset"
  | "encoderThreads"
  | "hardwareEncoding"
>;

const heights = [2160, 1080, 720, 480];
const presets: Values["encoderPreset"][] = [
  ...(["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow"] as const),
];

const advanced = ["pictureQuality", "encoderPreset", "encoderThreads", "hardwareEncoding"];

/** How films are converted. What hardly anybody touches lies behind *Advanced*. */
export function ConversionForm({ values }: { values: Values }) {
  const t = useTranslations("settingsForm");
  const { greatestHeight } = values;
  // One that was set through the API is shown, and stays.
  const isOwn = greatestHeight !== null && !heights.includes(greatestHeight);
  return (
    <SavingForm
      action={changeConversionAction}
      check={(values) => checkFormAction({ form: "conversion", values })}
      submit={t("save")}
      said={t("conversionSaved")}
    >
      {(errors) => (
        <>
          <Select
            name="modernCodecs"
            label={t("modernCodecs")}
            hint={t("modernCodecsHint")}
            defaultValue={values.modernCodecs}
            error={errors.modernCodecs}
          >
            {(["convert", "keep", "both"] as const).map((choice) => (
              <option key={choice} value={choice}>
                {t(`modernCodecsChoice.${choice}`)}
              </option>
            ))}
          </Select>
          <Select
            name="greatestHeight"
            label={t("greatestHeight")}
            hint={t("greatestHeightHint")}
            defaultValue={greatestHeight ?? ""}
            error={errors.greatestHeight}
          >
            <option value="">{t("noGreatestHeight")}</option>
            {[...heights, ...(isOwn ? [greatestHeight] : [])].map((height) => (
              <option key={height} value={height}>
                {t("lines", { height: String(height) })}
              </option>
            ))}
          </Select>
          <Switch
            name="keepSurround"
            label={t("keepSurround")}
            hint={t("keepSurroundHint")}
            defaultChecked={values.keepSurround}
          />
          <Switch
            name="clearVoice"
            label={t("clearVoice")}
            hint={t("clearVoiceHint")}
            defaultChecked={values.clearVoice}
          />
          <details open={advanced.some((name) => errors[name]) || undefined} className="group">
            <summary className="flex min-h-11 cursor-pointer items-center gap-2 font-medium">
              <ChevronRight
                aria-hidden
                className="size-5 transition-transform group-open:rotate-90 rtl:rotate-180"
              />
              {t("advanced")}
            </summary>
            <Advanced values={values} errors={errors} />
          </details>
        </>
      )}
    </SavingForm>
  );
}

function Advanced({ values, errors }: { values: Values; errors: Record<string, string> }) {
  const t = useTranslations("settingsForm");
  return (
    <div className="grid items-start gap-5 pt-2 sm:grid-cols-2">
      <Field
        name="pictureQuality"
        inputMode="numeric"
        autoComplete="off"
        label={t("pictureQuality")}
        hint={t("pictureQualityHint")}
        defaultValue={values.pictureQuality}
        error={errors.pictureQuality}
      />
      <Select
        name="encoderPreset"
        label={t("encoderPreset")}
        hint={t("encoderPresetHint")}
        defaultValue={values.encoderPreset}
        error={errors.encoderPreset}
      >
        {presets.map((preset) => (
          <option key={preset} value={preset}>
            {t(`encoderPresetName.${preset}`)}
          </option>
        ))}
      </Select>
      <Field
        name="encoderThreads"
        inputMode="numeric"
        autoComplete="off"
        label={t("encoderThreads")}
        hint={t("encoderThreadsHint")}
        defaultValue={values.encoderThreads ?? ""}
        error={errors.encoderThreads}
      />
      <Select
        name="hardwareEncoding"
        label={t("hardwareEncoding")}
        hint={t("hardwareEncodingHint")}
        defaultValue={values.hardwareEncoding}
        error={errors.hardwareEncoding}
      >
        {(["auto", "off"] as const).map((choice) => (
          <option key={choice} value={choice}>
            {t(`hardwareEncodingChoice.${choice}`)}
          </option>
        ))}
      </Select>
    </div>
  );
}
