"use client";

import { Smartphone } from "lucide-react";
import { useTranslations } from "use-intl";
import { makeSmallerAction } from "@/lib/versions/actions";
import type { SmallerHeight } from "@/lib/versions/quality";
import { CommandButton } from "../ui/command-button";

interface SmallerButtonsProps {
  versionId: string;
  /** Those that can be asked for. */
  heights: readonly SmallerHeight[];
}

/** Asks for a smaller version of a movie, for phones and slow lines. */
export function SmallerButtons({ versionId, heights }: SmallerButtonsProps) {
  const t = useTranslations("versionMenu");
  return heights.map((height) => (
    <CommandButton
      key={height}
      tone="quiet"
      label={t("makeSmallerLabel", { height })}
      command={() => makeSmallerAction({ versionId, height })}
      said={t("smallerAsked", { height })}
    >
      <Smartphone aria-hidden className="size-5" />
      {t("makeSmaller", { height })}
    </CommandButton>
  ));
}
