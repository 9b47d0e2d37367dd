import { CircleCheck, HardDrive, RefreshCw } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import type { ReleaseView } from "@/lib/sources/schema";
import { Badge } from "../ui/badge";
import { languageText, momentText, sizeText, workLeft } from "../words/measures";

/** When it can be watched once it is here: what is done to it, and how long that takes. */
function ReadyLabel({ release }: { release: ReleaseView }) {
  const t = useTranslations("sourceSearch");
  const locale = useLocale();
  const { ready, minutes, isTooLarge } = release;
  if (isTooLarge) {
    return (
      <span className="inline-flex items-center gap-1.5 font-medium text-danger">
        <HardDrive aria-hidden className="size-4 shrink-0" />
        {t("tooLarge")}
      </span>
    );
  }
  if (ready === "at-once") {
    return (
      <span className="inline-flex items-center gap-1.5 font-medium text-lamp">
        <CircleCheck aria-hidden className="size-4 shrink-0" />
        {t("ready.at-once")}
      </span>
    );
  }
  const time = minutes === null ? null : workLeft(minutes * 60, locale);
  return (
    <span className="inline-flex items-center gap-1.5 font-medium">
      <RefreshCw aria-hidden className="size-4 shrink-0 text-faint" />
      {time === null ? t(`ready.${ready}`) : t(`readyIn.${ready}`, { time })}
    </span>
  );
}

/** What is known of a release: how good, how large, from whom, and when it can be watched. */
export function ReleaseFacts({ release }: { release: ReleaseView }) {
  const t = useTranslations("sourceSearch");
  const locale = useLocale();
  const { quality, type, codec, audio, isHdr, languages, sizeBytes, seeds, publishedAt } = release;
  const spoken = languages.map((tag) => languageText(tag, locale) ?? tag);
  const details = [
    [type, codec, audio].filter(Boolean).join(" "),
    spoken.join(", "),
    sizeBytes === null ? null : sizeText(sizeBytes, locale),
    seeds === null ? null : t("seeds", { count: seeds }),
    publishedAt === null ? null : momentText(publishedAt, new Date(), locale),
    release.sourceName,
  ].filter((detail) => detail !== null && detail !== "");
  return (
    <div className="grid gap-1.5 text-caption">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {quality && <Badge>{quality}</Badge>}
        {isHdr && <Badge>{t("hdr")}</Badge>}
        <ReadyLabel release={release} />
      </div>
      <p className="text-faint" data-numbers>
        <bdi>{details.join(" · ")}</bdi>
      </p>
    </div>
  );
}
