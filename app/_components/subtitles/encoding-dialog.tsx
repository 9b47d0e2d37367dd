"use client";

import { useEffect, useId, useState, useTransition } from "react";
import { useLocale, useTranslations } from "use-intl";
import { showEncodingsAction, updateSubtitleAction } from "@/lib/subtitles/actions";
import type { EncodingsView, SubtitleView } from "@/lib/subtitles/schema";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { PanelDialog } from "../ui/panel-dialog";
import { Select } from "../ui/select";
import { Skeleton } from "../ui/skeleton";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { languageText, listText } from "../words/measures";

interface EncodingDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  subtitle: SubtitleView;
}

const namedLanguages = 3;

/** Reads a subtitle's letters otherwise: three lines of it in each likely way, before anything is saved. */
export function EncodingDialog({ open, onOpenChange, subtitle }: EncodingDialogProps) {
  const t = useTranslations("subtitles");
  const common = useTranslations("common");
  const locale = useLocale();
  const name = useId();
  const saving = useCommand();
  const [loading, startLoading] = useTransition();
  const [view, setView] = useState<EncodingsView | null>(null);
  const [chosen, setChosen] = useState(subtitle.encoding ?? "");
  const [problem, setProblem] = useState<string | null>(null);

  function show(encoding?: string) {
    startLoading(async () => {
      try {
        const id = subtitle.id;
        const outcome = await showEncodingsAction(encoding ? { id, encoding } : { id });
        if (!outcome.ok) {
          setProblem(outcome.problem.errors?.encoding ?? outcome.problem.detail);
          return;
        }
        setProblem(null);
        setView(outcome.data);
        const current = outcome.data.items.find(({ isCurrent }) => isCurrent)?.encoding;
        setChosen(encoding ?? current ?? "");
      } catch {
        setProblem(common("noAnswer"));
      }
    });
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked for when the dialog opens
  useEffect(() => {
    if (open) show();
  }, [open]);

  const shown = new Set(view?.items.map(({ encoding }) => encoding));
  const current = view?.items.find(({ isCurrent }) => isCurrent)?.encoding;
  const isReadable = view?.items.some((item) => item.encoding === chosen && item.lines.length > 0);
  const nameOf = ({ encoding, languages }: EncodingsView["others"][number]) => {
    const names = languages.slice(0, namedLanguages).map((tag) => languageText(tag, locale) ?? tag);
    return names.length > 0
      ? t("encodingFor", { encoding: encoding.toUpperCase(), languages: listText(names, locale) })
      : encoding.toUpperCase();
  };

  return (
    <PanelDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("encodingTitle")}
      description={t("encodingDetail")}
      closeLabel={t("close")}
    >
      {problem && (
        <Notice live tone="danger" title={t("encodingProblem")}>
          {problem}
        </Notice>
      )}
      {!view && !problem && <Skeleton className="h-40" />}
      {view && (
        <>
          <fieldset className="grid gap-2" aria-busy={loading}>
            <legend className="sr-only">{t("encodingTitle")}</legend>
            {view.items.map(({ encoding, lines }) => (
              <label
                key={encoding}
                className="flex cursor-pointer items-start gap-3 rounded-lg border border-line bg-ink p-3 hover:border-faint has-checked:border-lamp"
              >
                <input
                  type="radio"
                  name={name}
                  value={encoding}
                  checked={chosen === encoding}
                  onChange={() => setChosen(encoding)}
                  className="mt-1 size-5 shrink-0 accent-lamp"
                />
                <span className="grid min-w-0 gap-0.5">
                  <span className="text-caption text-faint">
                    {encoding.toUpperCase()}
                    {encoding === current ? ` · ${t("encodingNow")}` : ""}
                  </span>
                  {lines.length === 0 && <span className="text-faint">{t("encodingNot")}</span>}
                  {lines.map((line, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: three places that stay where they are
                    <span key={place} dir="auto" className="break-words">
                      {line}
                    </span>
                  ))}
                </span>
              </label>
            ))}
          </fieldset>
          <Select
            label={t("encodingOther")}
            value=""
            disabled={loading}
            onChange={(event) => show(event.target.value)}
          >
            <option value="">{t("encodingChoose")}</option>
            {view.others
              .filter(({ encoding }) => !shown.has(encoding))
              .map((other) => (
                <option key={other.encoding} value={other.encoding}>
                  {nameOf(other)}
                </option>
              ))}
          </Select>
          <div>
            <Button
              tone="primary"
              pending={saving.pending}
              disabled={
                !isReadable || (chosen === current && subtitle.isEncodingCertain) || loading
              }
              onClick={() =>
                saving.run(
                  () => updateSubtitleAction({ id: subtitle.id, encoding: chosen }),
                  () => {
                    onOpenChange(false);
                    showToast({ message: t("saved") });
                  },
                )
              }
            >
              {t(chosen === current ? "encodingKeep" : "encodingUse")}
            </Button>
          </div>
        </>
      )}
    </PanelDialog>
  );
}
