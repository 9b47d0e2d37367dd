import { ImageIcon } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import type { PreviewMovie, PreviewRelease } from "@/lib/sources/preview-movies";
import { FoundPoster } from "../add/found-poster";
import { Badge } from "../ui/badge";
import { sizeText } from "../words/measures";

const mostMovies = 5;
const mostReleases = 3;

function Release({ release }: { release: PreviewRelease }) {
  const t = useTranslations("sources");
  const locale = useLocale();
  const { quality, type, sizeBytes, seeds, name, hasLink } = release;
  const facts = [
    type,
    sizeBytes === null ? null : sizeText(sizeBytes, locale),
    seeds === null ? null : t("seeds", { count: seeds }),
    name,
  ].filter((fact) => fact !== null);
  return (
    <li className="flex min-w-0 items-baseline gap-2 text-caption">
      {quality && <Badge>{quality}</Badge>}
      {!hasLink && <Badge tone="danger">{t("noLink")}</Badge>}
      <bdi className="min-w-0 text-faint" data-numbers>
        {facts.join(" · ")}
      </bdi>
    </li>
  );
}

function Movie({ movie }: { movie: PreviewMovie }) {
  const t = useTranslations("sources");
  const title = movie.title ?? movie.imdbId;
  const hidden = movie.releases.length - mostReleases;
  return (
    <li className="flex gap-4 rounded-xl border border-line bg-ink p-4">
      <FoundPoster title={title ?? ""} url={null} />
      <div className="grid min-w-0 grow content-start gap-2">
        <p className="font-semibold">
          {title ? <bdi>{title}</bdi> : <span className="text-danger">{t("noTitle")}</span>}
          {movie.year && (
            <span className="ms-2 font-normal text-faint" data-numbers>
              {movie.year}
            </span>
          )}
        </p>
        <p className="flex flex-wrap items-center gap-x-3 text-caption text-faint">
          <span>{movie.imdbId ?? t("noImdbId")}</span>
          {movie.hasImage && (
            <span className="inline-flex items-center gap-1">
              <ImageIcon aria-hidden className="size-3.5" />
              {t("hasPicture")}
            </span>
          )}
        </p>
        <ul className="grid gap-1.5">
          {movie.releases.slice(0, mostReleases).map((release, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of a test has no id, and never moves
            <Release key={at} release={release} />
          ))}
        </ul>
        {hidden > 0 && (
          <p className="text-caption text-faint">{t("moreReleases", { count: hidden })}</p>
        )}
      </div>
    </li>
  );
}

/** What a test found, in the look of the search. */
export function FoundPreview({ movies }: { movies: readonly PreviewMovie[] }) {
  const t = useTranslations("sources");
  const hidden = movies.length - mostMovies;
  return (
    <div className="grid grid-cols-1 gap-3">
      <ul className="grid grid-cols-1 gap-3">
        {movies.slice(0, mostMovies).map((movie) => (
          <Movie key={movie.key} movie={movie} />
        ))}
      </ul>
      {hidden > 0 && (
        <p className="text-caption text-faint">{t("moreMovies", { count: hidden })}</p>
      )}
    </div>
  );
}
