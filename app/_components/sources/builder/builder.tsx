"use client";

import { type FormEvent, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { nameOfAddress } from "@/lib/sources/address-name";
import { type Draft, definitionOfDraft, draftRows } from "@/lib/sources/draft";
import { previewMovies } from "@/lib/sources/preview-movies";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Notice } from "../../ui/notice";
import { FoundPreview } from "../found-preview";
import { ProblemList } from "../problem-list";
import { SourceTrial } from "../source-trial";
import { useSavedSource } from "../use-saved-source";
import { AddressStep } from "./address-step";
import { Advanced } from "./advanced";
import { fieldErrors } from "./field-errors";
import { MappingStep } from "./mapping-step";
import { useDraft } from "./use-draft";

interface BuilderProps {
  /** Of one that is changed. */
  source?: { id: string; name: string; draft: Draft; galleryId: string | undefined };
}

/** From an address to a source: the real answer, its values chosen, what comes out, tried and saved. */
export function Builder({ source }: BuilderProps) {
  const t = useTranslations("sources");
  const state = useDraft(source?.draft ?? null, source?.galleryId);
  const { draft, change, sample, problems, errors } = state;
  const [typedName, setName] = useState<string | null>(source?.name ?? null);
  const { pending, failure, save } = useSavedSource("/manage/sources");
  const rows = useMemo(() => (sample ? draftRows(sample.answer, draft) : []), [sample, draft]);
  const name = typedName ?? nameOfAddress(draft.apiUrl);
  const { byField, others } = fieldErrors({ ...errors, ...failure?.errors }, draft);

  function submit(event: FormEvent) {
    event.preventDefault();
    const definition = definitionOfDraft(draft);
    save({ id: source?.id ?? null, name, kind: "schema", definition });
  }

  const movies = previewMovies(rows, "schema");
  return (
    <div className="grid grid-cols-1 gap-8">
      <AddressStep state={state} />
      {sample && (
        <>
          <MappingStep state={{ ...state, sample }} rows={rows} errors={byField} />
          <section aria-labelledby="builder-result" className="grid grid-cols-1 gap-3">
            <h2 id="builder-result" className="text-heading">
              {t("builder.result")}
            </h2>
            <p role="status" className="text-faint">
              {t("builder.rows", { count: movies.length })}
            </p>
            <ProblemList label={t("problems")} problems={[...problems, ...others]} />
            <FoundPreview movies={movies} />
          </section>
        </>
      )}
      <Advanced draft={draft} change={change} errors={errors} />
      {(draft.fields.length > 0 || source) && (
        <>
          <section aria-labelledby="builder-trial" className="grid grid-cols-1 gap-3">
            <h2 id="builder-trial" className="text-heading">
              {t("builder.trial")}
            </h2>
            <SourceTrial
              source={() => ({
                kind: "schema",
                definition: definitionOfDraft(draft),
                galleryId: source?.galleryId,
              })}
            />
          </section>
          <form method="post" onSubmit={submit} className="grid max-w-2xl grid-cols-1 gap-4">
            <Field
              name="name"
              label={t("name")}
              value={name}
              onChange={(event) => setName(event.target.value)}
              error={failure?.errors.name}
              maxLength={100}
              required
            />
            {failure && (
              <Notice tone="danger" title={t("notSaved")} live>
                {failure.detail}
              </Notice>
            )}
            <Button type="submit" tone="primary" pending={pending} className="justify-self-start">
              {t("save")}
            </Button>
          </form>
        </>
      )}
    </div>
  );
}
