"use client";

import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import type { FieldChoice } from "@/lib/sources/draft";
import { type FieldKey, movieKeys, releaseKeys } from "@/lib/sources/leaf-path";

interface FieldListProps {
  fields: readonly FieldChoice[];
  /** What each field holds in the first row that has it. */
  examples: ReadonlyMap<string, string>;
  /** In words, by field. */
  errors: ReadonlyMap<string, string>;
  current: FieldKey;
  onCurrent: (key: FieldKey) => void;
  onDrop: (key: string) => void;
}

interface GroupProps extends FieldListProps {
  label: string;
  keys: readonly FieldKey[];
}

function Group({ label, keys, fields, examples, errors, current, onCurrent, onDrop }: GroupProps) {
  const t = useTranslations("sources");
  return (
    <div className="grid gap-2">
      <h4 className="text-caption font-semibold text-faint">{label}</h4>
      <ul aria-label={label} className="divide-y divide-line rounded-xl border border-line bg-ink">
        {keys.map((key) => {
          const name = t(`field.${key}`);
          const chosen = fields.find((field) => field.key === key);
          const error = errors.get(key);
          const isCurrent = key === current;
          return (
            <li key={key} className="flex items-center">
              <button
                type="button"
                aria-pressed={isCurrent}
                onClick={() => onCurrent(key)}
                className={`grid min-h-12 min-w-0 grow gap-0.5 border-s-4 px-3 py-2 text-start -outline-offset-2 transition-colors hover:bg-raised ${isCurrent ? "border-lamp bg-raised" : "border-transparent"}`}
              >
                <span className="font-medium">{name}</span>
                {chosen ? (
                  <span className="grid min-w-0 text-caption text-faint">
                    <bdi className="truncate">{examples.get(key) ?? t("builder.noExample")}</bdi>
                    <code dir="ltr" className="truncate text-start">
                      {chosen.path}
                    </code>
                  </span>
                ) : (
                  <span className="text-caption text-faint">{t(`fieldHint.${key}`)}</span>
                )}
                {error && <span className="text-caption text-danger">{error}</span>}
              </button>
              {chosen && (
                <button
                  type="button"
                  aria-label={t("builder.clear", { field: name })}
                  onClick={() => onDrop(key)}
                  className="grid size-11 shrink-0 place-items-center rounded-lg text-faint hover:bg-raised hover:text-text"
                >
                  <X aria-hidden className="size-4" />
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The fields of a movie and of its releases, with where each is taken from. */
export function FieldList(props: FieldListProps) {
  const t = useTranslations("sources");
  return (
    <div className="grid grid-cols-1 gap-4">
      <Group {...props} label={t("builder.movieFields")} keys={movieKeys} />
      <Group {...props} label={t("builder.releaseFields")} keys={releaseKeys} />
    </div>
  );
}
