"use client";

import { RotateCcw, SkipForward, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type Player from "video.js/dist/types/player";
import { clockText } from "./note-text";
import { otherPlace } from "./when-over";

/** As long as it takes to read and to decide; then it is out of the way. */
const shownSeconds = 12;
/** Who begins this early began at the beginning. */
const beginningSeconds = 5;
/** A seek further away than this is one, and not the player's own way to where it begins. */
const elsewhereSeconds = 30;

/** For a moment after a film begins in its middle: start over, or go on where one was before. */
export function StartOffer({
  player,
  startSeconds,
  earlierPlaces,
}: {
  player: Player;
  startSeconds: number;
  earlierPlaces: readonly number[];
}) {
  const t = useTranslations("watch");
  const [isShown, setIsShown] = useState(true);
  const place = otherPlace(startSeconds, earlierPlaces);
  const isResumed = startSeconds > beginningSeconds;
  useEffect(() => {
    const passed = { seconds: 0 };
    // Counted while it plays: whoever begins in pause has time.
    const timer = setInterval(() => {
      if (!player.isDisposed() && !player.paused()) passed.seconds += 1;
      if (passed.seconds >= shownSeconds) setIsShown(false);
    }, 1000);
    // Who goes elsewhere by other means has decided.
    const onSeeked = () => {
      const seconds = player.currentTime() ?? startSeconds;
      if (Math.abs(seconds - startSeconds) > elsewhereSeconds) setIsShown(false);
    };
    player.on("seeked", onSeeked);
    return () => {
      clearInterval(timer);
      if (!player.isDisposed()) player.off("seeked", onSeeked);
    };
  }, [player, startSeconds]);
  if (!isShown || (!isResumed && place === null)) return null;
  const goTo = (seconds: number) => {
    setIsShown(false);
    player.currentTime(seconds);
    player.play()?.catch(() => {});
  };
  return (
    <div className="watch-start watch-own">
      {isResumed && (
        <button type="button" className="watch-button" onClick={() => goTo(0)}>
          <RotateCcw aria-hidden className="size-5" />
          {t("startOver")}
        </button>
      )}
      {place !== null && (
        <button type="button" className="watch-button" onClick={() => goTo(place)}>
          <SkipForward aria-hidden className="size-5 rtl:-scale-x-100" />
          {t("continueInstead", { time: clockText(place) })}
        </button>
      )}
      <button
        type="button"
        className="watch-button watch-button-square"
        aria-label={t("close")}
        onClick={() => setIsShown(false)}
      >
        <X aria-hidden className="size-5" />
      </button>
    </div>
  );
}
