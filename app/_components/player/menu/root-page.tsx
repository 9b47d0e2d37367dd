import { AudioLines, Captions, Gauge, PictureInPicture2, SlidersHorizontal } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { audioTracksOf } from "../audio-tracks";
import { PageItem } from "./items";
import type { PageProps } from "./menu-panel";
import { rateText } from "./words";

const icon = "size-5 flex-none text-faint";

/** Everything that can be chosen while watching, with what holds now. */
export function RootPage({ player, subtitles, versions, version, open, close }: PageProps) {
  const t = useTranslations("playerMenu");
  const locale = useLocale();
  const sounds = audioTracksOf(player);
  const rate = player.playbackRate() ?? 1;
  const isInWindow = player.isInPictureInPicture() === true;
  return (
    <div className="player-menu-body">
      {versions.length > 1 && (
        <PageItem
          icon={<SlidersHorizontal aria-hidden className={icon} />}
          value={version.name}
          onOpen={() => open("quality")}
        >
          {t("quality")}
        </PageItem>
      )}
      {sounds.length > 1 && (
        <PageItem
          icon={<AudioLines aria-hidden className={icon} />}
          value={sounds.find(({ enabled }) => enabled)?.label ?? null}
          onOpen={() => open("audio")}
        >
          {t("audio")}
        </PageItem>
      )}
      <PageItem
        icon={<Captions aria-hidden className={icon} />}
        value={subtitles.shown()?.label ?? t("off")}
        onOpen={() => open("subtitles")}
      >
        {t("subtitles")}
      </PageItem>
      <PageItem
        icon={<Gauge aria-hidden className={icon} />}
        value={rate === 1 ? t("normal") : rateText(rate, locale)}
        onOpen={() => open("speed")}
      >
        {t("speed")}
      </PageItem>
      {document.pictureInPictureEnabled && (
        <button
          type="button"
          className="player-menu-item player-menu-pip"
          onClick={() => {
            close();
            const change = isInWindow
              ? player.exitPictureInPicture()
              : player.requestPictureInPicture();
            // Some browsers refuse it: nothing happens then, and that is seen.
            Promise.resolve(change).catch(() => {});
          }}
        >
          <PictureInPicture2 aria-hidden className={icon} />
          <span className="player-menu-label">{t(isInWindow ? "backFromWindow" : "window")}</span>
        </button>
      )}
    </div>
  );
}
