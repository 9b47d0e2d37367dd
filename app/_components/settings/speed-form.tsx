"use client";

import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { SpeedWindow } from "@/lib/downloads/schema";
import { changeSpeedAction } from "@/lib/settings/actions";
import type { Settings } from "@/lib/settings/schema";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { SavingForm } from "./saving-form";
import { type DraftWindow, SpeedWindowFields } from "./speed-window-fields";

type SpeedFormProps = Pick<
  Settings,
  "downloadKibibytesPerSecond" | "uploadKibibytesPerSecond" | "speedWindows"
>;

const most = 20;
const everyDay = [1, 2, 3, 4, 5, 6, 7];

const textOf = (kibibytes: number | null) => (kibibytes === null ? "" : String(kibibytes));

/** What is no number is sent as it was typed: the server says what is wrong with it. */
function numberOf(text: string): number | string | null {
  if (text.trim() === "") return null;
  const value = Number(text.replace(",", "."));
  return Number.isFinite(value) ? value : text;
}

const draftOf = (window: SpeedWindow, key: number): DraftWindow => ({
  ...{ key, days: window.days, from: window.from, to: window.to },
  download: textOf(window.downloadKibibytesPerSecond),
  upload: textOf(window.uploadKibibytesPerSecond),
});

const sentOf = ({ days, from, to, download, upload }: DraftWindow) => ({
  ...{ days, from, to },
  downloadKibibytesPerSecond: numberOf(download),
  uploadKibibytesPerSecond: numberOf(upload),
});

/** How fast torrents may be: always, and in some hours of the week. */
export function SpeedForm(saved: SpeedFormProps) {
  const t = useTranslations("settingsForm");
  const listId = useId();
  const [windows, setWindows] = useState(() => saved.speedWindows.map(draftOf));
  const add = () =>
    setWindows((before) => [
      ...before,
      {
        key: Math.max(-1, ...before.map(({ key }) => key)) + 1,
        ...{ days: everyDay, from: "08:00", to: "23:00", download: "", upload: "" },
      },
    ]);
  return (
    <SavingForm action={changeSpeedAction} submit={t("save")} said={t("speedSaved")}>
      {(errors) => (
        <>
          <div className="grid items-start gap-5 sm:grid-cols-2">
            <Field
              name="downloadKibibytesPerSecond"
              inputMode="numeric"
              autoComplete="off"
              label={t("downloadLimit")}
              hint={t("speedHint")}
              defaultValue={textOf(saved.downloadKibibytesPerSecond)}
              error={errors.downloadKibibytesPerSecond}
            />
            <Field
              name="uploadKibibytesPerSecond"
              inputMode="numeric"
              autoComplete="off"
              label={t("uploadLimit")}
              hint={t("speedHint")}
              defaultValue={textOf(saved.uploadKibibytesPerSecond)}
              error={errors.uploadKibibytesPerSecond}
            />
          </div>
          <section aria-labelledby={listId} className="grid grid-cols-1 gap-3">
            <div>
              <h3 id={listId} className="font-medium">
                {t("byTheHour")}
              </h3>
              <p className="text-caption text-faint">{t("byTheHourHint")}</p>
            </div>
            {windows.map((window, place) => (
              <SpeedWindowFields
                key={window.key}
                place={place}
                window={window}
                errorOf={(field) => errors[`speedWindows.${place}.${field}`]}
                onChange={(change) =>
                  setWindows((before) =>
                    before.map((one) => (one.key === window.key ? { ...one, ...change } : one)),
                  )
                }
                onRemove={() =>
                  setWindows((before) => before.filter(({ key }) => key !== window.key))
                }
              />
            ))}
            {errors.speedWindows && (
              <p role="alert" className="text-caption text-danger">
                {errors.speedWindows}
              </p>
            )}
            {windows.length < most && (
              <Button onClick={add} className="w-fit max-sm:w-full">
                <Plus aria-hidden className="size-5" />
                {t("addHours")}
              </Button>
            )}
            <input type="hidden" name="speedWindows" value={JSON.stringify(windows.map(sentOf))} />
          </section>
        </>
      )}
    </SavingForm>
  );
}
