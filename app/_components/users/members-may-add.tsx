"use client";

import { useOptimistic, useTransition } from "react";
import { useTranslations } from "use-intl";
import { changeSettingsAction } from "@/lib/settings/actions";
import { Switch } from "../ui/switch";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

/** Whether members may add movies. */
export function MembersMayAdd({ value }: { value: boolean }) {
  const t = useTranslations("people");
  const [shown, show] = useOptimistic(value);
  const [, startTransition] = useTransition();
  const { run } = useCommand();
  return (
    <Switch
      label={t("membersMayAdd")}
      hint={t("membersMayAddHint")}
      checked={shown}
      onCheckedChange={(membersMayAdd) =>
        startTransition(() => {
          show(membersMayAdd);
          run(
            () => changeSettingsAction({ membersMayAdd }),
            () =>
              showToast({ message: membersMayAdd ? t("membersMayAddOn") : t("membersMayAddOff") }),
          );
        })
      }
    />
  );
}
