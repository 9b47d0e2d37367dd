"use client";

import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { fetchSchemaTextAction } from "@/lib/sources/actions";
import { nameOfAddress, withScheme } from "@/lib/sources/address-name";
import { readText } from "@/lib/sources/schema-text";
import { Button } from "../ui/button";
import { controlClass, describedBy, Field, FieldFrame } from "../ui/field";
import { FileDrop } from "../ui/file-drop";
import { Notice } from "../ui/notice";
import { SourceTrial } from "./source-trial";
import { fieldsOfErrors, useSavedSource } from "./use-saved-source";

interface SchemaFormProps {
  /** Of one that is changed. */
  source?: { id: string; name: string; text: string; galleryId: string | undefined };
  next: string;
  /** Beside the buttons: a way on without it. */
  aside?: ReactNode;
}

const longestText = 100_000;

/** What a pasted schema calls itself, or where it asks. */
function suggestedName(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  if ("name" in value && typeof value.name === "string") return value.name.slice(0, 100);
  return "apiUrl" in value && typeof value.apiUrl === "string" ? nameOfAddress(value.apiUrl) : "";
}

/** A search schema as text: pasted, from an address or from a file; tried, then saved. */
export function SchemaForm({ source, next, aside }: SchemaFormProps) {
  const t = useTranslations("sources");
  const common = useTranslations("common");
  const [text, setText] = useState(source?.text ?? "");
  const [typedName, setName] = useState<string | null>(source?.name ?? null);
  const [url, setUrl] = useState("");
  const [urlError, setUrlError] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [fetching, startTransition] = useTransition();
  const { pending, failure, setFailure, save } = useSavedSource(next);
  const read = readText(text);
  const name = typedName ?? (read.isRead ? suggestedName(read.value) : "");

  function take(next: string) {
    setText(next);
    setWrong({});
    setFailure(null);
  }

  async function takeFile(chosen: File | null) {
    setFile(chosen);
    if (chosen) take(await chosen.slice(0, longestText).text());
  }

  function fetchText() {
    startTransition(async () => {
      const outcome = await fetchSchemaTextAction({ url: withScheme(url) }).catch(() => null);
      if (outcome?.ok) take(outcome.data);
      const said = outcome && !outcome.ok ? outcome.problem : null;
      setUrlError(
        outcome?.ok ? null : (said?.errors?.url ?? said?.detail ?? common("noAnswerDetail")),
      );
    });
  }

  /** Its value, or null after saying why there is none. */
  function value(): unknown {
    if (read.isRead) return read.value;
    setWrong({ definition: t("notJson", { line: read.line }) });
    return null;
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setWrong({});
    const definition = value();
    if (definition !== null) save({ id: source?.id ?? null, name, kind: "schema", definition });
  }

  const { name: nameError, ...fields } = { ...failure?.errors, ...wrong };
  const lines = Object.entries(fields).map(([field, said]) => {
    const line = read.isRead ? read.lineOf(field === "definition" ? "" : field) : null;
    if (field === "definition") return said;
    return line === null
      ? t("wrongField", { field, detail: said })
      : t("wrongLine", { line, field, detail: said });
  });
  const error = lines.length > 0 ? lines.join("\n") : null;
  return (
    <div className="grid grid-cols-1 gap-6">
      <form method="post" onSubmit={submit} className="grid grid-cols-1 gap-5">
        <FieldFrame
          id="schema"
          label={t("schema")}
          hint={t("schemaHint")}
          error={error && <span className="whitespace-pre-line">{error}</span>}
        >
          <textarea
            id="schema"
            name="schema"
            value={text}
            onChange={(event) => take(event.target.value)}
            aria-invalid={error ? true : undefined}
            aria-describedby={describedBy("schema", t("schemaHint"), error)}
            rows={source ? 18 : 8}
            spellCheck={false}
            autoComplete="off"
            maxLength={longestText}
            dir="ltr"
            required
            className={`${controlClass} font-mono text-caption`}
          />
        </FieldFrame>
        {!source && (
          <>
            <div className="flex flex-wrap items-end gap-3">
              <div className="grow basis-56">
                <Field
                  label={t("schemaUrl")}
                  value={url}
                  onChange={(event) => setUrl(event.target.value)}
                  onKeyDown={(event) => {
                    if (event.key !== "Enter") return;
                    event.preventDefault();
                    fetchText();
                  }}
                  error={urlError}
                  inputMode="url"
                  autoComplete="off"
                  spellCheck={false}
                  dir="ltr"
                />
              </div>
              <Button pending={fetching} disabled={url.trim() === ""} onClick={fetchText}>
                {t("fetch")}
              </Button>
            </div>
            <FileDrop
              id="schema-file"
              name="file"
              accept=".json,.txt,application/json"
              label={t("schemaFile")}
              hint={t("schemaFileHint")}
              removeLabel={t("schemaFileRemove")}
              file={file}
              onFile={takeFile}
            />
          </>
        )}
        <Field
          name="name"
          label={t("name")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={nameError}
          maxLength={100}
          required
        />
        {failure && Object.keys(failure.errors).length === 0 && (
          <Notice tone="danger" title={t("notSaved")} live>
            {failure.detail}
          </Notice>
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" tone="primary" pending={pending}>
            {t("save")}
          </Button>
          {aside}
        </div>
      </form>
      <section aria-label={t("trialTitle")} className="grid gap-3 border-t border-line pt-5">
        {text.trim() === "" ? (
          <p className="text-caption text-faint">{t("trialLater")}</p>
        ) : (
          <SourceTrial
            source={() => {
              setWrong({});
              const definition = value();
              return definition === null
                ? null
                : { kind: "schema", definition, galleryId: source?.galleryId };
            }}
            onErrors={(errors) => setWrong(fieldsOfErrors(errors))}
          />
        )}
      </section>
    </div>
  );
}
