"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { addSourceAction, changeSourceAction } from "@/lib/sources/actions";
import { showToast } from "../ui/toast";

export type SourceToSave = {
  /** Of one that is changed; null for a new one. */
  id: string | null;
  name: string;
} & Definition;

type Definition =
  | { kind: "schema"; definition: unknown }
  | { kind: "torznab"; definition: { url: string; apiKey?: string; categories?: number[] } };

export interface SaveFailure {
  detail: string;
  /** In words, by field: `name`, `url`, `parsers.2.value`. */
  errors: Record<string, string>;
}

/** Fields by their names in a definition, whether a source is added, changed or tried. */
export function fieldsOfErrors(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([field, text]) => [
      field.replace(/^(source\.|change\.|request\.)?(definition(\.|$))?/, "") || "definition",
      text,
    ]),
  );
}

/** Saves a source and goes on to `next`; what is wrong with it is given by field. */
export function useSavedSource(next: string) {
  const t = useTranslations("sources");
  const common = useTranslations("common");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [failure, setFailure] = useState<SaveFailure | null>(null);

  function save({ id, name, ...source }: SourceToSave): void {
    startTransition(async () => {
      const outcome = await (id === null
        ? addSourceAction({ ...source, name })
        : changeSourceAction({ id, change: { name, definition: source.definition } })
      ).catch(() => null);
      if (outcome?.ok) {
        setFailure(null);
        showToast({ message: t("saved", { name }) });
        router.push(next);
        router.refresh();
        return;
      }
      setFailure({
        detail: outcome?.problem.detail ?? common("noAnswerDetail"),
        errors: fieldsOfErrors(outcome?.problem.errors ?? {}),
      });
    });
  }

  return { pending, failure, setFailure, save };
}
