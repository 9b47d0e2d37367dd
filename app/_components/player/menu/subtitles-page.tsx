import { AudioWaveform, Timer, Type } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { isAsItCame } from "@/lib/subtitles/timing";
import { ChoiceItem } from "./items";
import type { PageName, PageProps } from "./menu-panel";
import { signedDelay } from "./words";

const icon = "size-5 flex-none";

/** The subtitles of what plays, and what can be done with them. */
export function SubtitlesPage({ subtitles, open }: PageProps) {
  const t = useTranslations("playerMenu");
  const locale = useLocale();
  const shown = subtitles.shown();
  const list = subtitles.list();
  const timing = shown && subtitles.timing(shown.id);
  const isMoved = timing !== null && !isAsItCame(timing);
  const tool = (page: PageName, symbol: React.ReactNode, label: string, value?: string) => (
    <button
      type="button"
      className="player-menu-tool"
      disabled={page !== "look" && !shown}
      onClick={() => open(page)}
    >
      {symbol}
      <span>{label}</span>
      {value && (
        <span data-numbers className="player-menu-value">
          {value}
        </span>
      )}
    </button>
  );
  return (
    <>
      <div role="menu" aria-label={t("subtitles")} className="player-menu-body">
        {list.length === 0 && <p className="player-menu-hint">{t("noSubtitles")}</p>}
        {list.length > 0 && (
          <ChoiceItem isChosen={!shown} onChoose={() => subtitles.pick(null)}>
            {t("off")}
          </ChoiceItem>
        )}
        {list.map(({ id, label }) => (
          <ChoiceItem key={id} isChosen={id === shown?.id} onChoose={() => subtitles.pick(id)}>
            {label}
          </ChoiceItem>
        ))}
      </div>
      {list.length > 0 && (
        <div className="player-menu-tools">
          {tool("look", <Type aria-hidden className={icon} />, t("look"))}
          {tool(
            "delay",
            <Timer aria-hidden className={icon} />,
            t("delay"),
            isMoved ? signedDelay(timing.offsetMs, locale) : undefined,
          )}
          {tool("sync", <AudioWaveform aria-hidden className={icon} />, t("syncShort"))}
        </div>
      )}
    </>
  );
}
