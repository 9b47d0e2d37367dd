import Link from "next/link";
import type { HistoryView } from "@/lib/playback/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Poster } from "../movies/poster";
import { Badge } from "../ui/badge";
import { durationText, yearOf } from "../words/measures";
import { Moment } from "../words/moment";
import { ForgetMovie } from "./forget";

/** One sitting: which movie, when, and how far. */
export async function Sitting({ sitting }: { sitting: HistoryView }) {
  const [t, locale] = await Promise.all([words("history"), pageLocale()]);
  const { movieId, title, poster, finished, positionSeconds, lastWatchedAt } = sitting;
  const year = yearOf(sitting.releaseDate);
  return (
    <li data-row className="flex items-center gap-4 py-3">
      <Link
        href={`/movies/${movieId}`}
        prefetch={false}
        data-stop
        className="group flex min-w-0 grow items-center gap-4 rounded-lg"
      >
        <span className="w-14 shrink-0 overflow-hidden rounded-md">
          <Poster title={title} poster={poster} sizes="56px" />
        </span>
        <span className="grid min-w-0 gap-1">
          <span className="line-clamp-2 font-medium group-hover:underline">
            <bdi>{title}</bdi>
            {year && (
              <span data-numbers className="ms-2 font-normal text-faint">
                {year}
              </span>
            )}
          </span>
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-caption text-faint">
            <Moment at={lastWatchedAt} />
            {finished ? (
              <Badge tone="lamp">{t("finished")}</Badge>
            ) : (
              <span data-numbers>
                {t("stoppedAt", { time: durationText(positionSeconds, locale) })}
              </span>
            )}
          </span>
        </span>
      </Link>
      <ForgetMovie movieId={movieId} title={title} />
    </li>
  );
}
