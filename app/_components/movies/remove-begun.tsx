"use client";

import { X } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { removeFromContinueAction, restoreProgressAction } from "@/lib/playback/actions";
import { Button } from "../ui/button";
import { useOwnMark } from "./use-own-mark";

interface RemoveBegunProps {
  movieId: string;
  title: string;
  progress: { positionSeconds: number; durationSeconds: number; updatedAt: string };
}

/** Takes a movie out of continue watching; undone, it goes on where it stopped. */
export function RemoveBegun({ movieId, title, progress }: RemoveBegunProps) {
  const t = useTranslations("movieMenu");
  const place = useRef(progress);
  const begun = useOwnMark({
    value: true,
    save: (to) =>
      to
        ? restoreProgressAction({ movieId, ...place.current })
        : removeFromContinueAction({ movieId }),
    said: (to) => t(to ? "backInContinue" : "removedFromContinue", { title }),
  });
  return (
    <Button
      square
      tone="quiet"
      data-stop
      disabled={!begun.value}
      aria-label={t("removeNamedFromContinue", { title })}
      title={t("removeFromContinue")}
      onClick={begun.toggle}
    >
      <X aria-hidden className="size-5" />
    </Button>
  );
}
