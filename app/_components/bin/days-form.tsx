"use client";

import { useOptimistic, useTransition } from "react";
import { useTranslations } from "use-intl";
import { changeBinDaysAction } from "@/lib/bin/actions";
import { Select } from "../ui/select";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

const choices = [1, 3, 7, 14, 30, 90, 365];

/** How many days what is deleted can be brought back; saved at once. */
export function DaysForm({ days }: { days: number }) {
  const t = useTranslations("bin");
  const { run } = useCommand();
  const [, startTransition] = useTransition();
  const [shown, show] = useOptimistic(days);
  // One that was set through the API is shown, and stays.
  const listed = [...new Set([...choices, ...(shown > 0 ? [shown] : [])])].sort((a, b) => a - b);
  return (
    <Select
      label={t("days")}
      hint={t("daysHint")}
      value={shown}
      onChange={({ target: { value } }) =>
        startTransition(() => {
          show(Number(value));
          run(
            () => changeBinDaysAction({ binDays: value }),
            () => showToast({ message: t("saved") }),
          );
        })
      }
    >
      <option value={0}>{t("noDays")}</option>
      {listed.map((count) => (
        <option key={count} value={count}>
          {t("daysChoice", { count })}
        </option>
      ))}
    </Select>
  );
}
