import { Clapperboard, Play } from "lucide-react";
import Link from "next/link";
import type { HistoryView } from "@/lib/playback/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Picture } from "../movies/picture";
import { Badge } from "../ui/badge";
import { LinkButton } from "../ui/link-button";
import { durationText, yearOf } from "../words/measures";
import { Forgettable } from "./forgettable";

/** Whoever stopped sooner has hardly begun: where, to the second, tells nobody anything. */
const tellingSeconds = 60;

/** One sitting: which movie, at what time, how far, and on from there. */
export async function Sitting({ sitting, timeZone }: { sitting: HistoryView; timeZone: string }) {
  const [t, locale] = await Promise.all([words("history"), pageLocale()]);
  const { movieId, title, poster, finished, positionSeconds, lastWatchedAt } = sitting;
  const year = yearOf(sitting.releaseDate);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone });
  return (
    <Forgettable id={sitting.id} title={title}>
      <Link
        href={`/movies/${movieId}`}
        prefetch={false}
        data-stop
        className="group flex min-w-0 grow items-center gap-4 rounded-lg"
      >
        <span className="grid aspect-2/3 w-14 shrink-0 place-items-center overflow-hidden rounded-md bg-raised">
          {poster ? (
            <Picture picture={poster} sizes="56px" className="size-full" />
          ) : (
            <Clapperboard aria-hidden className="size-5 text-faint" />
          )}
        </span>
        <span className="grid min-w-0 gap-1">
          <span className="line-clamp-2 font-medium group-hover:underline">
            <bdi>{title}</bdi>
          </span>
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-caption text-faint">
            {year && <span data-numbers>{year}</span>}
            <time dateTime={lastWatchedAt}>{time.format(new Date(lastWatchedAt))}</time>
            {finished ? (
              <Badge tone="lamp">{t("finished")}</Badge>
            ) : (
              positionSeconds >= tellingSeconds && (
                <span data-numbers>
                  {t("stoppedAt", { time: durationText(positionSeconds, locale) })}
                </span>
              )
            )}
          </span>
        </span>
      </Link>
      {sitting.canResume && (
        <LinkButton
          href={`/watch/${movieId}`}
          data-stop
          aria-label={t("resumeLabel", { title })}
          className="max-sm:w-11 max-sm:px-0"
        >
          <Play aria-hidden className="size-5 fill-current" />
          <span className="max-sm:hidden">{t("resume")}</span>
        </LinkButton>
      )}
    </Forgettable>
  );
}
