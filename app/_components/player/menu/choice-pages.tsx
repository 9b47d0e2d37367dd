import { useLocale, useTranslations } from "use-intl";
import { audioTracksOf } from "../audio-tracks";
import { ChoiceItem } from "./items";
import type { PageProps } from "./menu-panel";
import { rateText } from "./words";

const rates = [0.5, 0.75, 1, 1.25, 1.5, 2];

/** The versions that this browser plays. */
export function QualityPage({ versions, version, play }: PageProps) {
  const t = useTranslations("playerMenu");
  return (
    <div role="menu" aria-label={t("quality")} className="player-menu-body">
      {versions.map((one) => (
        <ChoiceItem
          key={one.id}
          isChosen={one.id === version.id}
          note={one.size}
          onChoose={() => one.id !== version.id && play(one)}
        >
          {one.name}
        </ChoiceItem>
      ))}
    </div>
  );
}

/** The sound tracks of what plays. */
export function AudioPage({ player }: PageProps) {
  const t = useTranslations("playerMenu");
  return (
    <div role="menu" aria-label={t("audio")} className="player-menu-body">
      {audioTracksOf(player).map((track, at) => (
        <ChoiceItem
          key={track.id || track.label}
          isChosen={track.enabled}
          onChoose={() => {
            track.enabled = true;
          }}
        >
          {track.label || t("track", { number: at + 1 })}
        </ChoiceItem>
      ))}
    </div>
  );
}

/** How fast the film is played. */
export function SpeedPage({ player }: PageProps) {
  const t = useTranslations("playerMenu");
  const locale = useLocale();
  const now = player.playbackRate() ?? 1;
  return (
    <div role="menu" aria-label={t("speed")} className="player-menu-body">
      {rates.map((rate) => (
        <ChoiceItem
          key={rate}
          isChosen={rate === now}
          onChoose={() => void player.playbackRate(rate)}
        >
          {rate === 1 ? t("normal") : rateText(rate, locale)}
        </ChoiceItem>
      ))}
    </div>
  );
}
