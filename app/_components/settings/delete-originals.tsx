"use client";

import { useOptimistic, useTransition } from "react";
import { useTranslations } from "use-intl";
import { changeDeleteOriginalsAction } from "@/lib/settings/actions";
import { Switch } from "../ui/switch";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

interface DeleteOriginalsProps {
  value: boolean;
  /** The variable of the environment that owns it. */
  variable: string | null;
}

/** Whether what was downloaded goes once its movie plays without it. */
export function DeleteOriginals({ value, variable }: DeleteOriginalsProps) {
  const t = useTranslations("settingsForm");
  const [shown, show] = useOptimistic(value);
  const [, startTransition] = useTransition();
  const { run } = useCommand();
  return (
    <Switch
      label={t("deleteOriginals")}
      hint={variable ? t("owned", { variable }) : t("deleteOriginalsHint")}
      checked={shown}
      disabled={variable !== null}
      onCheckedChange={(deleteOriginalFiles) =>
        startTransition(() => {
          show(deleteOriginalFiles);
          run(
            () => changeDeleteOriginalsAction({ deleteOriginalFiles }),
            () =>
              showToast({
                message: deleteOriginalFiles ? t("deleteOriginalsOn") : t("deleteOriginalsOff"),
              }),
          );
        })
      }
    />
  );
}
