"use client";

import { Play, X } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { useTranslations } from "use-intl";
import type Player from "video.js/dist/types/player";
import { remember, remembered } from "../player/remembered";
import type { NextMovie } from "./facts";

const countdownSeconds = 15;

/**
 * The next movie, at the corner of the credits. It begins by itself after a while unless somebody
 * says no, once or for good; the countdown stands while the film is paused.
 */
export function NextUp({
  player,
  next,
  onPlay,
  onCancel,
}: {
  player: Player;
  next: NextMovie;
  onPlay: () => void;
  onCancel: () => void;
}) {
  const t = useTranslations("watch");
  const titleId = useId();
  const [playsItself, setPlaysItself] = useState(() => remembered("nextByItself") !== "false");
  const [left, setLeft] = useState(countdownSeconds);
  // Only what is looked at goes on: a film that ends in a hidden tab waits.
  useEffect(() => {
    if (!playsItself) return;
    const timer = setInterval(() => {
      if (player.isDisposed()) return;
      const isWaiting = player.paused() && !player.ended();
      if (!isWaiting && document.visibilityState === "visible") setLeft((seconds) => seconds - 1);
    }, 1000);
    return () => clearInterval(timer);
  }, [player, playsItself]);
  useEffect(() => {
    if (playsItself && left <= 0) onPlay();
  }, [playsItself, left, onPlay]);
  const choose = (does: boolean) => {
    setPlaysItself(does);
    setLeft(countdownSeconds);
    remember("nextByItself", String(does));
  };
  return (
    <section aria-labelledby={titleId} className="watch-next watch-own">
      {next.pictureUrl && (
        // biome-ignore lint/performance/noImgElement: stored in its sizes, nothing resizes at run time
        <img src={next.pictureUrl} alt="" className="watch-next-picture" />
      )}
      <div className="watch-next-words">
        <p className="text-caption text-faint" role="status">
          {playsItself ? t("nextIn", { seconds: Math.max(left, 0) }) : t("next")}
        </p>
        <h2 id={titleId} className="watch-next-title">
          <bdi>{next.title}</bdi>
          {next.year && <span className="text-faint"> {next.year}</span>}
        </h2>
        <div className="flex flex-wrap gap-2">
          <button type="button" className="watch-button watch-button-first" onClick={onPlay}>
            <Play aria-hidden className="size-5 fill-current" />
            {t("playNext")}
          </button>
          <button type="button" className="watch-button" onClick={onCancel}>
            <X aria-hidden className="size-5" />
            {t("watchCredits")}
          </button>
        </div>
        <label className="watch-check">
          <input
            type="checkbox"
            checked={playsItself}
            onChange={(event) => choose(event.currentTarget.checked)}
          />
          {t("nextByItself")}
        </label>
      </div>
    </section>
  );
}
