"use client";

import { useTranslations } from "use-intl";
import { LinkButton } from "@/app/_components/ui/link-button";
import { Select } from "@/app/_components/ui/select";
import { saveSubtitleLanguagesAction } from "@/lib/settings/actions";
import { ActionForm } from "./action-form";

const places = ["first", "second", "third"] as const;

interface LanguagesFormProps {
  languages: { code: string; name: string }[];
  chosen: string[];
  skipTo: string;
}

/** Up to three subtitle languages, best first. */
export function LanguagesForm({ languages, chosen, skipTo }: LanguagesFormProps) {
  const t = useTranslations("setup");
  return (
    <ActionForm
      action={saveSubtitleLanguagesAction}
      submit={t("continue")}
      aside={<LinkButton href={skipTo}>{t("skip")}</LinkButton>}
    >
      {({ errors, sent }) =>
        places.map((place, index) => (
          <Select
            key={place}
            name={place}
            label={t(`language.${place}`)}
            defaultValue={sent[place] ?? chosen[index] ?? ""}
            error={errors[place]}
          >
            <option value="">{t("language.none")}</option>
            {languages.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        ))
      }
    </ActionForm>
  );
}
