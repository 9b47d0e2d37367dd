"use client";

import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { askAbilitiesAction } from "@/lib/sources/actions";
import { nameOfAddress, withScheme } from "@/lib/sources/address-name";
import { Button } from "../ui/button";
import { Disclosure } from "../ui/disclosure";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { SourceTrial } from "./source-trial";
import { fieldsOfErrors, useSavedSource } from "./use-saved-source";

type Abilities = Extract<Awaited<ReturnType<typeof askAbilitiesAction>>, { ok: true }>["data"];

interface IndexerFormProps {
  /** Of one that is changed. */
  source?: { id: string; name: string; url: string; categories: number[]; isKeySet: boolean };
  /** Where to go once it is saved. */
  next: string;
  /** Beside the buttons: a way on without it. */
  aside?: ReactNode;
}

/** An indexer of Jackett, Prowlarr or a tracker: address and key, asked at once what it can. */
export function IndexerForm({ source, next, aside }: IndexerFormProps) {
  const t = useTranslations("sources");
  const common = useTranslations("common");
  const [url, setUrl] = useState(source?.url ?? "");
  const [apiKey, setKey] = useState("");
  const [categories, setCategories] = useState((source?.categories ?? [2000]).join(", "));
  const [typedName, setName] = useState<string | null>(source?.name ?? null);
  const [abilities, setAbilities] = useState<Abilities | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [asking, startTransition] = useTransition();
  const { pending, failure, setFailure, save } = useSavedSource(next);
  const name = typedName ?? nameOfAddress(url);
  const errors = failure?.errors ?? {};

  const definition = () => ({
    url: withScheme(url),
    ...(apiKey.trim() ? { apiKey: apiKey.trim() } : {}),
    categories: categories
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number),
  });
  /** What was found out is of what was typed then. */
  function forget() {
    setAbilities(null);
    setRefusal(null);
  }
  const keep = () =>
    save({ id: source?.id ?? null, name, kind: "torznab", definition: definition() });
  // The key of one that is changed is on the server: it is tried below, by a search.
  const isReady = abilities !== null || (source !== undefined && apiKey === "");

  function ask() {
    startTransition(async () => {
      const outcome = await askAbilitiesAction({ definition: definition() }).catch(() => null);
      setAbilities(outcome?.ok ? outcome.data : null);
      if (outcome?.ok) {
        setFailure(null);
        setRefusal(null);
        return;
      }
      const { detail = common("noAnswerDetail"), errors: wrong } = outcome?.problem ?? {};
      setFailure(wrong ? { detail, errors: fieldsOfErrors(wrong) } : null);
      setRefusal(wrong ? null : detail);
    });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady) keep();
    else ask();
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <form method="post" onSubmit={submit} className="grid grid-cols-1 gap-5">
        <Field
          name="url"
          label={t("indexerUrl")}
          hint={t("indexerUrlHint")}
          value={url}
          onChange={(event) => {
            setUrl(event.target.value);
            forget();
          }}
          error={errors.url}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          required
        />
        <Field
          name="apiKey"
          label={t("indexerKey")}
          hint={source?.isKeySet ? t("indexerKeyKept") : t("indexerKeyHint")}
          value={apiKey}
          onChange={(event) => {
            setKey(event.target.value);
            forget();
          }}
          error={errors.apiKey}
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
        />
        <Field
          name="name"
          label={t("name")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors.name}
          maxLength={100}
          required={isReady}
        />
        <Disclosure title={t("advanced")}>
          <Field
            name="categories"
            label={t("categories")}
            hint={t("categoriesHint")}
            value={categories}
            onChange={(event) => setCategories(event.target.value)}
            error={Object.entries(errors).find(([field]) => field.startsWith("categories"))?.[1]}
            autoComplete="off"
            dir="ltr"
          />
        </Disclosure>
        <div aria-live="polite" className="grid gap-3 empty:hidden">
          {abilities && (
            <Notice title={t("indexerAnswers", { name: abilities.title ?? name })}>
              {abilities.takesIds ? t("takesIds") : t("takesWords")}{" "}
              {abilities.categories.length === 0
                ? t("noCategories")
                : t("hasCategories", { names: abilities.categories.slice(0, 8).join(", ") })}
            </Notice>
          )}
          {refusal && (
            <Notice tone="danger" title={t("indexerRefuses")}>
              {refusal}
            </Notice>
          )}
          {failure && Object.keys(errors).length === 0 && (
            <Notice tone="danger" title={t("notSaved")}>
              {failure.detail}
            </Notice>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" tone="primary" pending={isReady ? pending : asking}>
            {isReady ? t("save") : t("check")}
          </Button>
          {!isReady && refusal !== null && (
            <Button pending={pending} onClick={keep}>
              {t("saveUnchecked")}
            </Button>
          )}
          {aside}
        </div>
      </form>
      {isReady && (
        <section aria-label={t("trialTitle")} className="border-t border-line pt-5">
          <SourceTrial
            source={() => ({ kind: "torznab", definition: definition(), sourceId: source?.id })}
            onErrors={(wrong) => setFailure({ detail: "", errors: fieldsOfErrors(wrong) })}
          />
        </section>
      )}
    </div>
  );
}
