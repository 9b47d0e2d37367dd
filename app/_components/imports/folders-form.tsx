"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";
import { changeImportFoldersAction } from "@/lib/imports/actions";
import { SavingForm } from "../settings/saving-form";
import { controlClass, describedBy, FieldFrame } from "../ui/field";

interface FoldersFormProps {
  paths: readonly string[];
  /** The variable of the environment that owns them. */
  variable: string | null;
}

/** Import folders, one a line. */
export function FoldersForm({ paths, variable }: FoldersFormProps) {
  const t = useTranslations("folders");
  const id = useId();
  return (
    <SavingForm
      action={changeImportFoldersAction}
      submit={t("save")}
      said={t("saved")}
      disabled={variable !== null}
    >
      {(errors) => (
        <FieldFrame
          id={id}
          label={t("pathsLabel")}
          hint={variable ? t("owned", { variable }) : t("pathsHint")}
          error={errors.importDirs}
        >
          <textarea
            id={id}
            name="importDirs"
            rows={Math.max(3, paths.length + 1)}
            spellCheck={false}
            autoCapitalize="none"
            dir="ltr"
            disabled={variable !== null}
            defaultValue={paths.join("\n")}
            aria-invalid={errors.importDirs ? true : undefined}
            aria-describedby={describedBy(id, true, errors.importDirs)}
            className={`${controlClass} font-mono`}
          />
        </FieldFrame>
      )}
    </SavingForm>
  );
}
