"use client";

import { useRouter } from "next/navigation";
import { useId, useState, useTransition } from "react";
import { useLocale, useTranslations } from "use-intl";
import { uploadSubtitleAction } from "@/lib/subtitles/actions";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { FileDrop } from "../ui/file-drop";
import { Notice } from "../ui/notice";
import { PanelDialog } from "../ui/panel-dialog";
import { showToast } from "../ui/toast";
import { languageText } from "../words/measures";
import { LanguageSelect } from "./language-select";

interface UploadDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  versionId: string;
  languages: { code: string; name: string }[];
}

interface Problem {
  title: string;
  detail?: string;
  errors?: Record<string, string>;
}

const accepted = ".srt,.vtt,.ass,.ssa,.sub,.smi,.sami,.ttml,.dfxp,.mpl,.txt,.gz";

/** Takes a subtitle file of one's own; its language is told from the text unless it is said. */
export function UploadDialog({ open, onOpenChange, versionId, languages }: UploadDialogProps) {
  const t = useTranslations("subtitles");
  const common = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();
  const id = useId();
  const [pending, startTransition] = useTransition();
  const [file, setFile] = useState<File | null>(null);
  // Kept here and not in the form, which is emptied after each try.
  const [language, setLanguage] = useState("");
  const [label, setLabel] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);

  function submit() {
    const form = new FormData();
    form.set("versionId", versionId);
    form.set("language", language);
    form.set("label", label);
    if (file) form.set("file", file);
    startTransition(async () => {
      try {
        const outcome = await uploadSubtitleAction(form);
        if (!outcome.ok) {
          setProblem(outcome.problem);
          return;
        }
        const name = languageText(outcome.data.language, locale);
        setProblem(null);
        setFile(null);
        setLanguage("");
        setLabel("");
        onOpenChange(false);
        showToast({ message: name ? t("uploaded", { language: name }) : t("uploadedUnknown") });
        router.refresh();
      } catch {
        setProblem({ title: common("noAnswer"), detail: common("noAnswerDetail") });
      }
    });
  }

  const errors = problem?.errors ?? {};
  return (
    <PanelDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("uploadTitle")}
      description={t("uploadDetail")}
      closeLabel={t("close")}
    >
      <form action={submit} className="grid gap-4">
        <FileDrop
          id={id}
          name="file"
          accept={accepted}
          label={t("file")}
          hint={t("fileHint")}
          removeLabel={t("fileRemove")}
          error={errors.file}
          file={file}
          onFile={setFile}
        />
        <LanguageSelect
          name="language"
          label={t("language")}
          hint={t("languageHint")}
          languages={languages}
          none={t("languageFromText")}
          value={language}
          onChange={(event) => setLanguage(event.target.value)}
          error={errors.language}
        />
        <Field
          name="label"
          label={t("label")}
          hint={t("labelHint")}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
          maxLength={100}
          autoComplete="off"
          dir="auto"
          error={errors.label}
        />
        {problem && Object.keys(errors).length === 0 && (
          <Notice live tone="danger" title={problem.title}>
            {problem.detail}
          </Notice>
        )}
        <div>
          <Button type="submit" tone="primary" pending={pending} disabled={!file}>
            {t("uploadSubmit")}
          </Button>
        </div>
      </form>
    </PanelDialog>
  );
}
