"use client";

import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { withScheme } from "@/lib/sources/address-name";
import { hasPlaceholder, placeholder, withPlaceholder, wordParts } from "@/lib/sources/search-word";
import { Button } from "../../ui/button";
import { controlClass, Field, FieldFrame } from "../../ui/field";
import { Notice } from "../../ui/notice";
import { Select } from "../../ui/select";
import type { DraftState } from "./use-draft";

/** The address with what is searched for shown in it. */
function MarkedAddress({ apiUrl }: { apiUrl: string }) {
  const [before = "", after] = apiUrl.split(placeholder);
  return (
    <code dir="ltr" className="block text-caption break-all text-faint">
      {before}
      {after !== undefined && (
        <>
          <mark className="rounded bg-raised px-1 text-lamp">{placeholder}</mark>
          {after}
        </>
      )}
    </code>
  );
}

/** Where the service is asked, and what of its address was searched for; or an answer as a sample. */
export function AddressStep({ state }: { state: DraftState }) {
  const t = useTranslations("sources");
  const { draft, change, errors, failure, fetching, sample } = state;
  const [address, setAddress] = useState(draft.apiUrl);
  const [chosen, setChosen] = useState(0);
  const [typedWord, setWord] = useState<string | null>(null);
  const [isPasting, setPasting] = useState(false);
  const [pasteError, setPasteError] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);

  // With it among the parameters, the address has no other place for it.
  const inQuery = draft.query.some(({ text }) => hasPlaceholder(text));
  const isSearched = inQuery || hasPlaceholder(draft.apiUrl);
  const parts = inQuery ? [] : wordParts(withScheme(address));
  const part = parts[chosen] ?? parts[0];
  const word = typedWord ?? part?.word ?? "";

  /** The address that an address and a choice among its words make. */
  function settle(text: string, at: number) {
    const full = withScheme(text);
    const found = wordParts(full);
    const taken = inQuery ? undefined : (found[at] ?? found[0]);
    setAddress(text);
    setChosen(at);
    setMissing(false);
    change({ apiUrl: taken ? withPlaceholder(full, taken) : full });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isSearched) {
      setMissing(true);
      return;
    }
    state.fetchSample(draft.apiUrl, word);
  }

  return (
    <section className="grid grid-cols-1 gap-4" aria-labelledby="builder-address">
      <h2 id="builder-address" className="text-heading">
        {t("builder.address")}
      </h2>
      <form method="post" onSubmit={submit} className="grid grid-cols-1 gap-4">
        <Field
          name="address"
          label={t("builder.url")}
          hint={t("builder.urlHint")}
          value={address}
          onChange={(event) => {
            setWord(null);
            settle(event.target.value, 0);
          }}
          error={isMissing ? t("builder.noWord") : errors.apiUrl}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          maxLength={2000}
          required
        />
        {isSearched && (
          <>
            <MarkedAddress apiUrl={draft.apiUrl} />
            <div className="flex flex-wrap gap-4">
              {parts.length > 1 && (
                <div className="grow basis-56">
                  <Select
                    label={t("builder.part")}
                    value={chosen}
                    onChange={(event) => {
                      setWord(null);
                      settle(address, Number(event.target.value));
                    }}
                  >
                    {parts.map(({ start, word: one }, at) => (
                      <option key={start} value={at}>
                        {one === "" ? t("builder.emptyPart") : one}
                      </option>
                    ))}
                  </Select>
                </div>
              )}
              <div className="grow basis-56">
                <Field
                  name="word"
                  label={t("builder.word")}
                  value={word}
                  onChange={(event) => setWord(event.target.value)}
                  error={errors.query}
                  autoComplete="off"
                  maxLength={200}
                  required
                />
              </div>
            </div>
          </>
        )}
        {failure && (
          <Notice tone="danger" title={t("builder.noAnswer")} live>
            {failure}
          </Notice>
        )}
        <div className="flex flex-wrap gap-3">
          <Button type="submit" tone={sample ? "plain" : "primary"} pending={fetching}>
            {sample ? t("builder.fetchAgain") : t("builder.fetch")}
          </Button>
          <Button tone="quiet" aria-expanded={isPasting} onClick={() => setPasting(!isPasting)}>
            {t("builder.paste")}
          </Button>
        </div>
      </form>
      {isPasting && (
        <FieldFrame
          id="sample"
          label={t("builder.sample")}
          hint={t("builder.sampleHint")}
          error={pasteError}
        >
          <textarea
            id="sample"
            rows={6}
            spellCheck={false}
            dir="ltr"
            aria-invalid={pasteError ? true : undefined}
            aria-describedby={pasteError ? "sample-hint sample-error" : "sample-hint"}
            className={`${controlClass} font-mono text-caption`}
            onChange={(event) => {
              const text = event.target.value.trim();
              if (text === "") setPasteError(null);
              else setPasteError(state.pasteSample(text) ? null : t("builder.sampleWrong"));
            }}
          />
        </FieldFrame>
      )}
    </section>
  );
}
