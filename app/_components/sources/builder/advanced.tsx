"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Conversion, Draft, FieldChoice, NamedText } from "@/lib/sources/draft";
import { magnetTemplate } from "@/lib/sources/guess-fields";
import { Button } from "../../ui/button";
import { Disclosure } from "../../ui/disclosure";
import { Field } from "../../ui/field";
import { Select } from "../../ui/select";

interface AdvancedProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  /** What is wrong with headers, query and paging, in words. */
  errors: Record<string, string>;
}

interface NamedTextsProps {
  legend: string;
  hint: string;
  entries: NamedText[];
  error: string | undefined;
  onChange: (entries: NamedText[]) => void;
}

function NamedTexts({ legend, hint, entries, error, onChange }: NamedTextsProps) {
  const t = useTranslations("sources");
  const put = (at: number, part: Partial<NamedText>) =>
    onChange(entries.map((entry, index) => (index === at ? { ...entry, ...part } : entry)));
  return (
    <fieldset className="grid grid-cols-1 gap-2">
      <legend className="font-medium">{legend}</legend>
      <p className="text-caption text-faint">{hint}</p>
      {entries.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry has nothing but its place until it is named
        <div key={at} className="flex items-start gap-2">
          <div className="min-w-0 grow basis-0">
            <Field
              label={t("builder.entryName")}
              value={entry.name}
              onChange={(event) => put(at, { name: event.target.value })}
              autoComplete="off"
              spellCheck={false}
              dir="ltr"
            />
          </div>
          <div className="min-w-0 grow-2 basis-0">
            <Field
              label={t("builder.entryValue")}
              value={entry.text}
              hint={entry.isSaved && entry.text === "" ? t("indexerKeyKept") : undefined}
              onChange={(event) => put(at, { text: event.target.value })}
              autoComplete="off"
              spellCheck={false}
              dir="ltr"
            />
          </div>
          <Button
            square
            tone="quiet"
            // Beside the fields, below their labels.
            className="mt-7.5"
            aria-label={t("builder.entryRemove", { name: entry.name })}
            onClick={() => onChange(entries.filter((_, index) => index !== at))}
          >
            <X aria-hidden className="size-5" />
          </Button>
        </div>
      ))}
      {error && (
        <p role="alert" className="text-caption text-danger">
          {error}
        </p>
      )}
      <Button
        tone="quiet"
        className="justify-self-start"
        onClick={() => onChange([...entries, { name: "", text: "" }])}
      >
        <Plus aria-hidden className="size-4" />
        {t("builder.entryAdd")}
      </Button>
    </fieldset>
  );
}

const conversions = ["text", "number", "size", "date"] as const;

function FieldOptions({
  field,
  onChange,
}: {
  field: FieldChoice;
  onChange: (field: FieldChoice) => void;
}) {
  const t = useTranslations("sources");
  const name = t.has(`field.${field.key}`) ? t(`field.${field.key}`) : field.key;
  return (
    <fieldset className="grid gap-3 sm:grid-cols-3">
      <legend className="mb-2 font-medium">{name}</legend>
      <Field
        label={t("builder.path")}
        value={field.path}
        onChange={(event) => onChange({ ...field, path: event.target.value })}
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
      />
      <Select
        label={t("builder.conversion")}
        value={field.type ?? ""}
        onChange={(event) =>
          onChange({ ...field, type: (event.target.value || undefined) as Conversion | undefined })
        }
      >
        <option value="">{t("builder.asItIs")}</option>
        {conversions.map((type) => (
          <option key={type} value={type}>
            {t(`conversion.${type}`)}
          </option>
        ))}
      </Select>
      <Field
        label={t("builder.template")}
        value={field.template ?? ""}
        placeholder={field.key === "source" ? magnetTemplate : undefined}
        onChange={(event) => onChange({ ...field, template: event.target.value || undefined })}
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
      />
    </fieldset>
  );
}

const firstPaging = { parameter: "page", start: 1, step: 1, pages: 2 };

function Paging({ draft, change, errors }: AdvancedProps) {
  const t = useTranslations("sources");
  const { paging } = draft;
  const error = Object.entries(errors).find(([field]) => field.startsWith("paging"))?.[1];
  return (
    <fieldset className="grid grid-cols-1 gap-2">
      <legend className="font-medium">{t("builder.paging")}</legend>
      <p className="text-caption text-faint">{t("builder.pagingHint")}</p>
      {paging ? (
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
          <Field
            label={t("builder.pagingParameter")}
            value={paging.parameter}
            onChange={(event) => change({ paging: { ...paging, parameter: event.target.value } })}
            dir="ltr"
          />
          {(["start", "step", "pages"] as const).map((name) => (
            <Field
              key={name}
              type="number"
              label={t(`pagingPart.${name}`)}
              value={paging[name]}
              onChange={(event) =>
                change({ paging: { ...paging, [name]: event.target.valueAsNumber } })
              }
            />
          ))}
        </div>
      ) : null}
      {error && (
        <p role="alert" className="text-caption text-danger">
          {error}
        </p>
      )}
      <Button
        tone="quiet"
        className="justify-self-start"
        onClick={() => change({ paging: paging ? null : firstPaging })}
      >
        {paging ? t("builder.pagingOff") : t("builder.pagingOn")}
      </Button>
    </fieldset>
  );
}

/** What version 2 of schemas can, and few services need. */
export function Advanced({ draft, change, errors }: AdvancedProps) {
  const t = useTranslations("sources");
  const errorOf = (name: string) =>
    Object.entries(errors).find(([field]) => field === name || field.startsWith(`${name}.`))?.[1];
  return (
    <Disclosure title={t("advanced")}>
      {(["headers", "query", "constants"] as const).map((name) => (
        <NamedTexts
          key={name}
          legend={t(`extra.${name}`)}
          hint={t(`extraHint.${name}`)}
          entries={draft[name]}
          error={errorOf(name)}
          onChange={(entries) => change({ [name]: entries })}
        />
      ))}
      <Paging draft={draft} change={change} errors={errors} />
      {draft.fields.length > 0 && (
        <Disclosure title={t("builder.options")}>
          <p className="text-caption text-faint">{t("builder.optionsHint")}</p>
          {draft.fields.map((field) => (
            <FieldOptions
              key={field.key}
              field={field}
              onChange={(changed) =>
                change({
                  fields: draft.fields.map((one) => (one.key === field.key ? changed : one)),
                })
              }
            />
          ))}
        </Disclosure>
      )}
    </Disclosure>
  );
}
