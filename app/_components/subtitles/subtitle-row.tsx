import type { SubtitleView } from "@/lib/subtitles/schema";
import { pageLocale, words } from "@/lib/web/words";
import { speedPart } from "../player/menu/words";
import { Badge } from "../ui/badge";
import { languageText } from "../words/measures";
import { delayText } from "./delay-text";
import { SubtitleActions } from "./subtitle-actions";

interface SubtitleRowProps {
  subtitle: SubtitleView;
  languages: { code: string; name: string }[];
  mayChange: boolean;
}

/** One subtitle: its language, what sets it apart, how it was read, and why it can't be used. */
export async function SubtitleRow({ subtitle, languages, mayChange }: SubtitleRowProps) {
  const [t, player, locale] = await Promise.all([
    words("subtitles"),
    words("playerMenu"),
    pageLocale(),
  ]);
  const isUsable = subtitle.url !== null;
  const language = languageText(subtitle.language, locale) ?? t("languageUnknown");
  const facts = [
    t(`source.${subtitle.source}`),
    isUsable && t("lines", { count: subtitle.cueCount }),
    isUsable && subtitle.encoding?.toUpperCase(),
    subtitle.offsetMs !== 0 &&
      t(subtitle.offsetMs > 0 ? "later" : "earlier", {
        time: delayText(Math.abs(subtitle.offsetMs), locale),
      }),
    subtitle.speed !== 1 &&
      player(subtitle.speed > 1 ? "faster" : "slower", {
        part: speedPart(subtitle.speed, locale),
      }),
  ].filter(Boolean);
  return (
    <li className="flex items-start gap-2 py-3 ps-4 pe-2">
      <div className="grid min-w-0 grow gap-0.5">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={`font-semibold ${isUsable ? "" : "text-faint"}`}>{language}</span>
          {subtitle.forced && <Badge tone="faint">{t("forced")}</Badge>}
          {subtitle.hearingImpaired && <Badge tone="faint">{t("hearingImpaired")}</Badge>}
          {subtitle.machineTranslated && <Badge tone="faint">{t("machineTranslated")}</Badge>}
          {!isUsable && <Badge tone="danger">{t("unusable")}</Badge>}
        </div>
        {subtitle.label && (
          <p dir="auto" className="truncate">
            {subtitle.label}
          </p>
        )}
        <p data-numbers className="text-caption text-faint">
          {facts.join(" · ")}
        </p>
        {subtitle.detail && <p className="text-caption text-faint">{subtitle.detail}</p>}
        {isUsable && !subtitle.isEncodingCertain && (
          <p className="text-caption text-lamp">{t("doubt")}</p>
        )}
      </div>
      {mayChange && <SubtitleActions subtitle={subtitle} name={language} languages={languages} />}
    </li>
  );
}
