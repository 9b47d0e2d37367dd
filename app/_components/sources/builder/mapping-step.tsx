"use client";

import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { textOf } from "@/lib/sources/convert";
import {
  type FieldKey,
  movieKeys,
  type Route,
  type RouteFault,
  releaseKeys,
} from "@/lib/sources/leaf-path";
import type { MappedRow } from "@/lib/sources/map-rows";
import { parsePath, plainPath } from "@/lib/sources/value-path";
import { Button } from "../../ui/button";
import { AnswerTree } from "./answer-tree";
import { FieldList } from "./field-list";
import type { DraftState, Sample } from "./use-draft";

const order: FieldKey[] = [...movieKeys, ...releaseKeys];

/** What each field holds in the first row that has it. */
function examplesOf(rows: readonly MappedRow[]): Map<string, string> {
  const examples = new Map<string, string>();
  const note = (entry: MappedRow) => {
    for (const [key, value] of Object.entries(entry)) {
      const text = textOf(value);
      if (text && !examples.has(key)) examples.set(key, text.slice(0, 100));
    }
  };
  for (const row of rows.slice(0, 20)) {
    note(row);
    if (!Array.isArray(row.sources)) continue;
    for (const entry of row.sources) if (typeof entry === "object" && entry) note(entry);
  }
  return examples;
}

interface MappingStepProps {
  state: DraftState & { sample: Sample };
  rows: readonly MappedRow[];
  errors: ReadonlyMap<string, string>;
}

/**
 * The fields beside the answer: choose one, then the value that it is taken from. On a phone they
 * are two steps, and choosing leads from one to the other.
 */
export function MappingStep({ state, rows, errors }: MappingStepProps) {
  const t = useTranslations("sources");
  const { draft, sample, choose, dropField, recognise } = state;
  const chosen = new Set(draft.fields.map(({ key }) => key));
  const [picked, setPicked] = useState<FieldKey | null>(null);
  const [step, setStep] = useState<"fields" | "answer">("fields");
  const [fault, setFault] = useState<RouteFault | null>(null);
  const [said, say] = useState("");
  const current = picked ?? order.find((key) => !chosen.has(key)) ?? "title";
  const nameOf = (key: string) => (t.has(`field.${key}`) ? t(`field.${key}`) : key);

  const taken = new Map<string, string[]>();
  for (const { key, path } of draft.fields) {
    const segments = parsePath(path);
    if (typeof segments === "string") continue;
    const plain = plainPath(segments);
    taken.set(plain, [...(taken.get(plain) ?? []), nameOf(key)]);
  }
  const examples = useMemo(() => examplesOf(rows), [rows]);

  function take(route: Route) {
    const found = choose(current, route);
    setFault(found);
    if (found) return;
    say(t("builder.taken", { field: nameOf(current) }));
    const after = order.slice(order.indexOf(current) + 1);
    setPicked(after.find((key) => !chosen.has(key)) ?? current);
    setStep("fields");
  }

  return (
    <section aria-labelledby="builder-values" className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="builder-values" className="text-heading">
          {t("builder.values")}
        </h2>
        <Button tone="quiet" onClick={recognise}>
          {t("builder.recognise")}
        </Button>
      </div>
      <p className="text-pretty text-faint">
        {t("builder.valuesHint")} {sample.isCut && t("builder.cut")}
      </p>
      <div className="grid grid-cols-1 gap-6 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className={step === "answer" ? "max-md:hidden" : ""}>
          <h3 className="mb-2 font-medium">{t("builder.fields")}</h3>
          <FieldList
            fields={draft.fields}
            examples={examples}
            errors={errors}
            current={current}
            onCurrent={(key) => {
              setPicked(key);
              setFault(null);
              setStep("answer");
            }}
            onDrop={dropField}
          />
        </div>
        <div
          className={`grid grid-cols-1 content-start gap-3 ${step === "fields" ? "max-md:hidden" : ""}`}
        >
          <h3 className="font-medium">{t("builder.choose", { field: nameOf(current) })}</h3>
          <Button
            tone="plain"
            className="justify-self-start md:hidden"
            onClick={() => setStep("fields")}
          >
            {t("builder.backToFields")}
          </Button>
          {fault && (
            <p role="alert" className="text-caption text-danger">
              {t(`fault.${fault}`, { field: nameOf(current) })}
            </p>
          )}
          <AnswerTree
            key={sample.round}
            answer={sample.answer}
            label={t("builder.answer")}
            taken={taken}
            onChoose={take}
          />
        </div>
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
    </section>
  );
}
