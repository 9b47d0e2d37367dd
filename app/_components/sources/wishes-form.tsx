"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { changeSearchWishesAction, checkFormAction } from "@/lib/settings/actions";
import type { Settings } from "@/lib/settings/schema";
import { SavingForm } from "../settings/saving-form";
import { LanguageSelect } from "../subtitles/language-select";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Select } from "../ui/select";
import { languageText } from "../words/measures";

type Values = Pick<
  Settings,
  "searchGreatestHeight" | "searchGreatestGigabytes" | "searchLanguages" | "searchAvoidedCodecs"
>;

interface WishesFormProps {
  values: Values;
  languages: { code: string; name: string }[];
}

const heights = [2160, 1080, 720, 480] as const;
const codecs = ["h264", "hevc", "av1", "vp9", "mpeg4", "mpeg2", "vc1"] as const;

/** What is offered first among the releases of a search. Nothing is hidden by it. */
export function WishesForm({ values, languages }: WishesFormProps) {
  const t = useTranslations("sources");
  return (
    <SavingForm
      action={changeSearchWishesAction}
      check={(values) => checkFormAction({ form: "searchWishes", values })}
      submit={t("save")}
      said={t("wishes.saved")}
    >
      {(errors) => (
        <>
          <div className="grid items-start gap-5 sm:grid-cols-2">
            <Select
              name="searchGreatestHeight"
              label={t("wishes.height")}
              hint={t("wishes.heightHint")}
              defaultValue={values.searchGreatestHeight ?? ""}
              error={errors.searchGreatestHeight}
            >
              <option value="">{t("wishes.anyHeight")}</option>
              {heights.map((height) => (
                <option key={height} value={height}>
                  {t(`wishes.heights.${height}`)}
                </option>
              ))}
            </Select>
            <Field
              name="searchGreatestGigabytes"
              inputMode="decimal"
              autoComplete="off"
              label={t("wishes.gigabytes")}
              hint={t("wishes.gigabytesHint")}
              defaultValue={values.searchGreatestGigabytes ?? ""}
              error={errors.searchGreatestGigabytes}
            />
          </div>
          <WantedLanguages
            saved={values.searchLanguages}
            languages={languages}
            error={errors.searchLanguages}
          />
          <AvoidedCodecs saved={values.searchAvoidedCodecs} error={errors.searchAvoidedCodecs} />
        </>
      )}
    </SavingForm>
  );
}

interface WantedLanguagesProps {
  saved: readonly string[];
  languages: WishesFormProps["languages"];
  error: string | undefined;
}

function WantedLanguages({ saved, languages, error }: WantedLanguagesProps) {
  const t = useTranslations("sources");
  const locale = useLocale();
  const [chosen, choose] = useState(saved);
  const nameOf = (code: string) =>
    languages.find((one) => one.code === code)?.name ?? languageText(code, locale) ?? code;
  return (
    <div className="grid grid-cols-1 gap-3">
      <input type="hidden" name="searchLanguages" value={chosen.join(",")} />
      <LanguageSelect
        label={t("wishes.languages")}
        hint={t("wishes.languagesHint")}
        languages={languages.filter(({ code }) => !chosen.includes(code))}
        none={t("wishes.addLanguage")}
        value=""
        disabled={chosen.length >= 20}
        onChange={(event) => choose([...chosen, event.target.value])}
        error={error}
      />
      {chosen.length > 0 && (
        <ul aria-label={t("wishes.languages")} className="flex flex-wrap gap-2">
          {chosen.map((code) => (
            <li
              key={code}
              className="flex items-center rounded-lg border border-line bg-ink ps-3.5 font-medium"
            >
              {nameOf(code)}
              <Button
                square
                tone="quiet"
                aria-label={t("wishes.removeLanguage", { language: nameOf(code) })}
                onClick={() => choose(chosen.filter((one) => one !== code))}
              >
                <X aria-hidden className="size-5" />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function AvoidedCodecs({ saved, error }: { saved: readonly string[]; error: string | undefined }) {
  const t = useTranslations("sources");
  const [chosen, choose] = useState(saved);
  return (
    <fieldset aria-describedby="avoided-hint" className="grid grid-cols-1 gap-1">
      <legend className="font-medium">{t("wishes.codecs")}</legend>
      <p id="avoided-hint" className="text-caption text-faint">
        {t("wishes.codecsHint")}
      </p>
      <input type="hidden" name="searchAvoidedCodecs" value={chosen.join(",")} />
      <div className="grid gap-x-4 sm:grid-cols-2">
        {codecs.map((codec) => (
          <label key={codec} className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              checked={chosen.includes(codec)}
              onChange={({ target }) =>
                choose(target.checked ? [...chosen, codec] : chosen.filter((one) => one !== codec))
              }
              className="size-5 shrink-0"
            />
            {t(`wishes.codec.${codec}`)}
          </label>
        ))}
      </div>
      {error && (
        <p role="alert" className="text-caption text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
