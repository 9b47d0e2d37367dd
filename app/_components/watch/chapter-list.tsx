"use client";

import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import type Player from "video.js/dist/types/player";
import { chapterAt } from "@/lib/versions/chapters";
import type { NamedChapter } from "./chapter-marks";
import { clockText } from "./note-text";
import { Sheet } from "./sheet";

/** The chapters of a film, the one that is on marked; a press goes there. */
export function ChapterList({
  container,
  player,
  chapters,
  onClose,
}: {
  container: HTMLElement;
  player: Player;
  chapters: readonly NamedChapter[];
  onClose: () => void;
}) {
  const t = useTranslations("watch");
  const current = useRef<HTMLButtonElement>(null);
  const at = chapterAt(chapters, player.currentTime() ?? 0);
  useEffect(() => {
    current.current?.scrollIntoView({ block: "center" });
  }, []);
  return (
    <Sheet
      container={container}
      title={t("chapters")}
      description={t("chaptersDescription")}
      onClose={onClose}
    >
      <ol className="grid">
        {chapters.map(({ startSeconds, name }, index) => (
          <li key={startSeconds}>
            <button
              ref={index === at ? current : undefined}
              type="button"
              aria-current={index === at ? "true" : undefined}
              className="watch-chapter"
              onClick={() => {
                player.currentTime(startSeconds);
                onClose();
              }}
            >
              <bdi className="min-w-0 grow truncate">{name}</bdi>
              <span className="text-faint tabular-nums">{clockText(startSeconds)}</span>
            </button>
          </li>
        ))}
      </ol>
    </Sheet>
  );
}
