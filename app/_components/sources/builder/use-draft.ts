"use client";

import { useEffect, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { sampleAnswerAction, testSourceAction } from "@/lib/sources/actions";
import { cutAnswer } from "@/lib/sources/cut-answer";
import { type Draft, definitionOfDraft, emptyDraft, requestOf } from "@/lib/sources/draft";
import { guessFields } from "@/lib/sources/guess-fields";
import { pathOfRoute, type Route, type RouteFault } from "@/lib/sources/leaf-path";
import { fieldsOfErrors } from "../use-saved-source";

export interface Sample {
  answer: unknown;
  isCut: boolean;
  /** Counts up with each that is taken. */
  round: number;
}

const settleMs = 300;

/**
 * A schema that is being built, the answer that it is built from, and what is wrong with it.
 *
 * @param galleryId of one that was copied: it never leads into the own network.
 */
export function useDraft(initial: Draft | null, galleryId?: string) {
  const common = useTranslations("common");
  const [draft, setDraft] = useState<Draft>(initial ?? emptyDraft);
  const [sample, setSample] = useState<Sample | null>(null);
  const [problems, setProblems] = useState<string[]>([]);
  /** By field of the definition, in words. */
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [fetching, startTransition] = useTransition();

  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  function take(taken: Omit<Sample, "round">) {
    setSample((before) => ({ ...taken, round: (before?.round ?? 0) + 1 }));
    setFailure(null);
    // What a person chose stays; an answer that nobody looked at yet is recognised.
    setDraft((before) =>
      before.fields.length > 0 ? before : { ...before, fields: guessFields(taken.answer) },
    );
  }

  function fetchSample(apiUrl: string, word: string) {
    startTransition(async () => {
      const request = { apiUrl, ...requestOf(draft) };
      const outcome = await sampleAnswerAction({ request, query: word, galleryId }).catch(
        () => null,
      );
      if (outcome?.ok) {
        setErrors({});
        take(outcome.data);
        return;
      }
      const { errors: wrong, detail = common("noAnswerDetail") } = outcome?.problem ?? {};
      setErrors(wrong ? fieldsOfErrors(wrong) : {});
      setFailure(wrong ? null : detail);
    });
  }

  /** An answer that was pasted; false when it is no JSON. */
  function pasteSample(text: string): boolean {
    try {
      take(cutAnswer(JSON.parse(text)));
      return true;
    } catch {
      return false;
    }
  }

  /** Takes a field from a value, or says why it can't be. */
  function choose(key: string, route: Route): RouteFault | null {
    const found = pathOfRoute(route, key);
    if ("fault" in found) return found.fault;
    setDraft((before) => {
      const known = before.fields.find((field) => field.key === key);
      const others = before.fields.filter((field) => field.key !== key);
      // A link that was made of a hash is one by itself when another value is chosen.
      const { template: _, ...rest } = known ?? { key };
      return { ...before, fields: [...others, { ...rest, key, path: found.path }] };
    });
    return null;
  }

  const dropField = (key: string) =>
    setDraft((before) => ({
      ...before,
      fields: before.fields.filter((field) => field.key !== key),
    }));

  const recognise = () => {
    if (sample) change({ fields: guessFields(sample.answer) });
  };

  // The server says in words what is wrong, a moment after the last change.
  useEffect(() => {
    if (!sample || draft.fields.length === 0) {
      setProblems([]);
      return;
    }
    let isCurrent = true;
    const timer = window.setTimeout(async () => {
      const definition = definitionOfDraft(draft);
      const source = { kind: "schema" as const, definition, response: sample.answer };
      const outcome = await testSourceAction({ source }).catch(() => null);
      if (!isCurrent || !outcome) return;
      setProblems(outcome.ok ? outcome.data.problems : []);
      setErrors(outcome.ok ? {} : fieldsOfErrors(outcome.problem.errors ?? {}));
    }, settleMs);
    return () => {
      isCurrent = false;
      window.clearTimeout(timer);
    };
  }, [draft, sample]);

  return {
    ...{ draft, change, sample, problems, errors, failure, fetching },
    ...{ fetchSample, pasteSample, choose, dropField, recognise },
  };
}

export type DraftState = ReturnType<typeof useDraft>;
