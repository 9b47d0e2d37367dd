"use client";

import { useEffect, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { updateSubtitleAction } from "@/lib/subtitles/actions";
import type { SubtitleView } from "@/lib/subtitles/schema";
import { Button } from "../ui/button";
import { PanelDialog } from "../ui/panel-dialog";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { delayText } from "./delay-text";

interface DelayDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  subtitle: SubtitleView;
  name: string;
}

const stepsMs = [-5000, -500, -100, 100, 500, 5000];
/** An hour, as the API takes it. */
const mostMs = 3_600_000;

/** Moves a subtitle against the film, in steps; for everybody who watches. */
export function DelayDialog({ open, onOpenChange, subtitle, name }: DelayDialogProps) {
  const t = useTranslations("subtitles");
  const locale = useLocale();
  const { pending, run } = useCommand();
  const [offsetMs, setOffsetMs] = useState(subtitle.offsetMs);
  useEffect(() => {
    if (open) setOffsetMs(subtitle.offsetMs);
  }, [open, subtitle.offsetMs]);

  const time = delayText(Math.abs(offsetMs), locale);
  const said =
    offsetMs === 0 ? t("inTime") : t(offsetMs > 0 ? "shownLater" : "shownEarlier", { time });
  const move = (byMs: number) =>
    setOffsetMs((now) => Math.max(-mostMs, Math.min(mostMs, now + byMs)));
  return (
    <PanelDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("delayTitle", { name })}
      description={t("delayDetail")}
      closeLabel={t("close")}
    >
      <output data-numbers aria-live="polite" className="text-heading">
        {said}
      </output>
      <div className="grid grid-cols-3 gap-2 sm:grid-cols-6">
        {stepsMs.map((step) => {
          const size = delayText(Math.abs(step), locale);
          return (
            <Button
              key={step}
              onClick={() => move(step)}
              aria-label={t(step > 0 ? "stepLater" : "stepEarlier", { time: size })}
              className="px-2 whitespace-nowrap"
            >
              {step > 0 ? "+" : "−"}
              {size}
            </Button>
          );
        })}
      </div>
      <div className="flex flex-wrap gap-3">
        <Button
          tone="primary"
          pending={pending}
          disabled={offsetMs === subtitle.offsetMs}
          onClick={() =>
            run(
              () => updateSubtitleAction({ id: subtitle.id, offsetMs }),
              () => {
                onOpenChange(false);
                showToast({ message: t("saved") });
              },
            )
          }
        >
          {t("save")}
        </Button>
        {offsetMs !== 0 && (
          <Button tone="quiet" onClick={() => setOffsetMs(0)}>
            {t("noDelay")}
          </Button>
        )}
      </div>
    </PanelDialog>
  );
}
