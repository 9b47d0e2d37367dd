import { useTranslations } from "use-intl";
import type { FoundKey } from "@/lib/galleries/keys";
import type { KeyChoice } from "@/lib/galleries/schema";

interface KeyChoicesProps {
  keys: readonly FoundKey[];
  choices: Readonly<Record<string, KeyChoice>>;
  onChoose: (place: string, choice: KeyChoice) => void;
  /** By `keys.<place>`. */
  errors: Readonly<Record<string, string>>;
}

/** Asks about each value that looks like a key; nothing is chosen for the person. */
export function KeyChoices({ keys, choices, onChoose, errors }: KeyChoicesProps) {
  const t = useTranslations("gallery");
  return (
    <fieldset className="grid grid-cols-1 gap-4 rounded-xl border border-danger/50 bg-ink p-4">
      <legend className="px-1 font-medium">{t("keys.title")}</legend>
      <p className="text-caption text-faint">{t("keys.description")}</p>
      {keys.map(({ place, kind, name, hint, isRemovable }) => {
        const error = errors[`keys.${place}`];
        const options = isRemovable ? (["remove", "publish"] as const) : (["publish"] as const);
        return (
          <fieldset
            key={place}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${place}-error` : undefined}
            className="grid gap-1"
          >
            <legend className="break-all">
              <bdi>{t(`keys.kind.${kind}`, { name })}</bdi>{" "}
              <code className="text-caption text-faint">{hint}</code>
            </legend>
            {!isRemovable && <p className="text-caption text-faint">{t("keys.needed")}</p>}
            <div className="flex flex-wrap gap-x-6">
              {options.map((option) => (
                <label key={option} className="flex min-h-11 items-center gap-3">
                  <input
                    type="radio"
                    name={`key ${place}`}
                    checked={choices[place] === option}
                    onChange={() => onChoose(place, option)}
                    className="size-5 shrink-0 accent-lamp"
                  />
                  {t(`keys.${option}`)}
                </label>
              ))}
            </div>
            {error && (
              <p id={`${place}-error`} role="alert" className="text-caption text-danger">
                {error}
              </p>
            )}
          </fieldset>
        );
      })}
    </fieldset>
  );
}
