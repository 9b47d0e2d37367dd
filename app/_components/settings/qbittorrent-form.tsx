"use client";

import { ChevronRight } from "lucide-react";
import { useId } from "react";
import { useLocale, useTranslations } from "use-intl";
import {
  changeQbittorrentAction,
  checkFormAction,
  testQbittorrentAction,
} from "@/lib/settings/actions";
import { controlClass, describedBy, FieldFrame } from "../ui/field";
import { sizeText } from "../words/measures";
import { SavingForm } from "./saving-form";
import { SettingField, type SettingState } from "./setting-field";
import { useTrial } from "./test-button";

interface QbittorrentFormProps {
  url: string | null;
  username: string | null;
  /** `/remote=/local`, one pair a line. */
  pathMap: string;
  states: Record<"url" | "username" | "password" | "pathMap", SettingState>;
}

/** How qBittorrent is reached; an empty address means Vigilio's own. */
export function QbittorrentForm({ url, username, pathMap, states }: QbittorrentFormProps) {
  const t = useTranslations("settingsForm");
  const locale = useLocale();
  const mapId = useId();
  const { button, answer, forget } = useTrial(testQbittorrentAction, (told) => (
    <>
      {t("qbittorrentAnswers", { version: told.version })}
      {told.savePath && <> {t("qbittorrentSaves", { path: told.savePath })}</>}
      {told.freeBytes !== null && (
        <> {t("qbittorrentFree", { size: sizeText(told.freeBytes, locale) })}</>
      )}
    </>
  ));

  return (
    <SavingForm
      action={changeQbittorrentAction}
      submit={t("checkAndSave")}
      said={({ needsRestart }) =>
        needsRestart ? t("qbittorrentSavedRestart") : t("qbittorrentSaved")
      }
      insist={{ label: t("saveUnchecked"), when: () => true }}
      disabled={Object.values(states).every(({ variable }) => variable !== null)}
      aside={button}
      check={(values) => checkFormAction({ form: "qbittorrent", values })}
    >
      {(errors) => (
        // What was tried is no longer what stands here once somebody types.
        <div onInput={forget} className="grid grid-cols-1 gap-5">
          <SettingField
            name="qbittorrentUrl"
            type="url"
            label={t("qbittorrentUrl")}
            hint={t("qbittorrentUrlHint")}
            placeholder={t("qbittorrentUrlExample")}
            defaultValue={url ?? ""}
            state={states.url}
            error={errors.qbittorrentUrl}
          />
          <div className="grid items-start gap-5 sm:grid-cols-2">
            <SettingField
              name="qbittorrentUsername"
              label={t("qbittorrentUsername")}
              defaultValue={username ?? ""}
              state={states.username}
              error={errors.qbittorrentUsername}
            />
            <SettingField
              name="qbittorrentPassword"
              label={t("qbittorrentPassword")}
              secret
              state={states.password}
              error={errors.qbittorrentPassword}
            />
          </div>
          <details open={pathMap !== ""} className="group">
            <summary className="flex min-h-11 items-center gap-2 font-medium">
              <ChevronRight
                aria-hidden
                className="size-5 transition-transform group-open:rotate-90 rtl:rotate-180"
              />
              {t("advanced")}
            </summary>
            <FieldFrame
              id={mapId}
              label={t("pathMap")}
              hint={
                states.pathMap.variable
                  ? t("owned", { variable: states.pathMap.variable })
                  : t("pathMapHint")
              }
              error={errors.qbittorrentPathMap}
            >
              <textarea
                id={mapId}
                name="qbittorrentPathMap"
                rows={3}
                spellCheck={false}
                disabled={states.pathMap.variable !== null}
                defaultValue={pathMap}
                aria-invalid={errors.qbittorrentPathMap ? true : undefined}
                aria-describedby={describedBy(mapId, true, errors.qbittorrentPathMap)}
                className={`${controlClass} font-mono`}
              />
            </FieldFrame>
          </details>
          {answer}
        </div>
      )}
    </SavingForm>
  );
}
