"use client";

import { Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { Field } from "../ui/field";

/** Hours of the week as they are being written. */
export interface DraftWindow {
  key: number;
  days: number[];
  from: string;
  to: string;
  download: string;
  upload: string;
}

interface SpeedWindowFieldsProps {
  place: number;
  window: DraftWindow;
  /** By the name of a field of the setting. */
  errorOf: (field: string) => string | undefined;
  onChange: (change: Partial<DraftWindow>) => void;
  onRemove: () => void;
}

/** The first Monday of 2024 was its first day. */
const dayName = (day: number, locale: string, weekday: "short" | "long") =>
  new Intl.DateTimeFormat(locale, { weekday, timeZone: "UTC" }).format(Date.UTC(2024, 0, day));

/** Days, hours and limits of one window. */
export function SpeedWindowFields(props: SpeedWindowFieldsProps) {
  const { place, window, errorOf, onChange, onRemove } = props;
  const t = useTranslations("settingsForm");
  const locale = useLocale();
  const name = t("hoursLabel", { number: place + 1 });
  const daysError = errorOf("days");
  return (
    <fieldset className="grid grid-cols-1 gap-4 rounded-xl border border-line p-4">
      <legend className="sr-only">{name}</legend>
      <div className="flex items-start justify-between gap-3">
        <div className="flex flex-wrap gap-1.5">
          {[1, 2, 3, 4, 5, 6, 7].map((day) => (
            <label
              key={day}
              className="grid min-h-11 min-w-11 cursor-pointer place-items-center rounded-lg border border-edge px-2 text-caption text-faint transition-colors has-checked:border-lamp has-checked:bg-raised has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-lamp"
            >
              <input
                type="checkbox"
                className="sr-only"
                checked={window.days.includes(day)}
                aria-label={dayName(day, locale, "long")}
                onChange={(event) =>
                  onChange({
                    days: event.target.checked
                      ? [...window.days, day].toSorted((a, b) => a - b)
                      : window.days.filter((one) => one !== day),
                  })
                }
              />
              {dayName(day, locale, "short")}
            </label>
          ))}
        </div>
        <Button square tone="quiet" aria-label={t("removeHours", { name })} onClick={onRemove}>
          <Trash2 aria-hidden className="size-5" />
        </Button>
      </div>
      {daysError && (
        <p role="alert" className="text-caption text-danger">
          {daysError}
        </p>
      )}
      <div className="grid grid-cols-2 items-start gap-4 sm:grid-cols-4">
        <Field
          type="time"
          label={t("hoursFrom")}
          value={window.from}
          onChange={(event) => onChange({ from: event.target.value })}
          error={errorOf("from")}
        />
        <Field
          type="time"
          label={t("hoursTo")}
          value={window.to}
          onChange={(event) => onChange({ to: event.target.value })}
          error={errorOf("to")}
        />
        <Field
          inputMode="numeric"
          autoComplete="off"
          label={t("downloadLimitShort")}
          placeholder={t("noSpeedLimit")}
          value={window.download}
          onChange={(event) => onChange({ download: event.target.value })}
          error={errorOf("downloadKibibytesPerSecond")}
        />
        <Field
          inputMode="numeric"
          autoComplete="off"
          label={t("uploadLimitShort")}
          placeholder={t("noSpeedLimit")}
          value={window.upload}
          onChange={(event) => onChange({ upload: event.target.value })}
          error={errorOf("uploadKibibytesPerSecond")}
        />
      </div>
    </fieldset>
  );
}
