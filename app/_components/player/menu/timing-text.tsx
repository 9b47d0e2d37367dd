import { useLocale, useTranslations } from "use-intl";
import type { Timing } from "@/lib/subtitles/timing";
import type { SubtitleTracks } from "../subtitle-tracks";
import { signedDelay, speedPart } from "./words";

/** By how much a subtitle is moved now, large. */
export function TimingText({ timing }: { timing: Timing }) {
  const t = useTranslations("playerMenu");
  const locale = useLocale();
  const { offsetMs, speed } = timing;
  return (
    <output aria-live="polite" data-numbers className="player-menu-timing">
      <strong>{signedDelay(offsetMs, locale)}</strong>
      <span>
        {t(offsetMs === 0 ? "asItCame" : offsetMs > 0 ? "later" : "earlier")}
        {speed !== 1 &&
          ` · ${t(speed > 1 ? "faster" : "slower", { part: speedPart(speed, locale) })}`}
      </span>
    </output>
  );
}

/** For whom it is moved, and whether that is saved. */
export function TimingSaved({
  subtitles,
  id,
  mayMend,
}: {
  subtitles: SubtitleTracks;
  id: string;
  mayMend: boolean;
}) {
  const t = useTranslations("playerMenu");
  const state = subtitles.timingState(id);
  const words = {
    untouched: mayMend ? "forEverybody" : "onlyHere",
    saving: "saving",
    saved: "saved",
    failed: "notSaved",
    kept: "kept",
  } as const;
  return (
    <p role="status" className="player-menu-hint">
      {t(words[state])}
    </p>
  );
}
