"use client";

import { useOptimistic, useTransition } from "react";
import { useTranslations } from "use-intl";
import { changeSettingsAction } from "@/lib/settings/actions";
import { Switch } from "../ui/switch";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

/** Whether strangers see a page about this server in the place of sign-in. */
export function LandingSwitch({ value }: { value: boolean }) {
  const t = useTranslations("settingsForm");
  const [shown, show] = useOptimistic(value);
  const [, startTransition] = useTransition();
  const { run } = useCommand();
  return (
    <Switch
      label={t("landingPage")}
      hint={t("landingPageHint")}
      checked={shown}
      onCheckedChange={(landingPage) =>
        startTransition(() => {
          show(landingPage);
          run(
            () => changeSettingsAction({ landingPage }),
            () => showToast({ message: landingPage ? t("landingPageOn") : t("landingPageOff") }),
          );
        })
      }
    />
  );
}
