"use client";

import { useTranslations } from "use-intl";
import { updateSubtitleAction } from "@/lib/subtitles/actions";
import type { SubtitleView } from "@/lib/subtitles/schema";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { PanelDialog } from "../ui/panel-dialog";
import { Switch } from "../ui/switch";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { LanguageSelect } from "./language-select";

interface EditDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  subtitle: SubtitleView;
  languages: { code: string; name: string }[];
}

/** Corrects what was told, or found out, of a subtitle: its language, its name, what it is for. */
export function EditDialog({ open, onOpenChange, subtitle, languages }: EditDialogProps) {
  const t = useTranslations("subtitles");
  const { pending, run } = useCommand();

  function save(form: FormData) {
    const label = String(form.get("label") ?? "").trim();
    run(
      () =>
        updateSubtitleAction({
          id: subtitle.id,
          language: String(form.get("language")),
          label: label === "" ? null : label,
          forced: form.has("forced"),
          hearingImpaired: form.has("hearingImpaired"),
        }),
      () => {
        onOpenChange(false);
        showToast({ message: t("saved") });
      },
    );
  }

  return (
    <PanelDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("editTitle")}
      description={t("editDetail")}
      closeLabel={t("close")}
    >
      <form action={save} className="grid gap-4">
        <LanguageSelect
          name="language"
          label={t("language")}
          languages={languages}
          current={subtitle.language}
          none={subtitle.language === "und" ? t("languageUnknown") : undefined}
          defaultValue={subtitle.language}
        />
        <Field
          name="label"
          label={t("label")}
          hint={t("labelHint")}
          defaultValue={subtitle.label ?? ""}
          maxLength={100}
          autoComplete="off"
          dir="auto"
        />
        <Switch
          name="forced"
          label={t("forcedLabel")}
          hint={t("forcedHint")}
          defaultChecked={subtitle.forced}
        />
        <Switch
          name="hearingImpaired"
          label={t("hearingImpairedLabel")}
          hint={t("hearingImpairedHint")}
          defaultChecked={subtitle.hearingImpaired}
        />
        <div>
          <Button type="submit" tone="primary" pending={pending}>
            {t("save")}
          </Button>
        </div>
      </form>
    </PanelDialog>
  );
}
