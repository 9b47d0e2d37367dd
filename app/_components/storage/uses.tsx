import Link from "next/link";
import type { StorageView, UseKind } from "@/lib/storage/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Card } from "../ui/card";
import { sizeText } from "../words/measures";

/** Where one can do something about it. */
const places: Partial<Record<UseKind, string>> = {
  films: "/manage/movies?sort=size&order=desc",
  downloading: "/manage/downloads",
  seeding: "/manage/downloads",
  bin: "/manage/bin",
  backups: "/manage/settings/backups",
};

/** What takes nothing is no news; films are what all of it is about. */
const isWorthTelling = ({ kind, sizeBytes }: StorageView["uses"][number]) =>
  sizeBytes > 0 || kind === "films";

/** What of Vigilio's takes how much. */
export async function Uses({ uses }: { uses: StorageView["uses"] }) {
  const [t, locale] = await Promise.all([words("storage"), pageLocale()]);
  const most = Math.max(1, ...uses.map(({ sizeBytes }) => sizeBytes));
  return (
    <Card className="grid content-start gap-3">
      <h2 className="text-heading">{t("usesTitle")}</h2>
      <ul data-numbers className="grid gap-1">
        {uses.filter(isWorthTelling).map(({ kind, sizeBytes, count }) => {
          const place = places[kind];
          const name = t(`use.${kind}`);
          return (
            <li key={kind} className="relative flex min-h-11 items-center gap-3">
              <span className="min-w-0 grow">
                {place ? (
                  <Link
                    href={place}
                    prefetch={false}
                    data-stop
                    className="inline-flex min-h-11 items-center underline-offset-4 hover:underline"
                  >
                    {name}
                  </Link>
                ) : (
                  name
                )}
                {count !== null && count > 0 && (
                  <span className="ms-2 text-caption text-faint">{t("pieces", { count })}</span>
                )}
              </span>
              <span className="text-faint">{sizeText(sizeBytes, locale)}</span>
              <Share value={sizeBytes / most} />
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

/** The films that take most. */
export async function Largest({ movies }: { movies: StorageView["largest"] }) {
  const [t, locale] = await Promise.all([words("storage"), pageLocale()]);
  const most = Math.max(1, ...movies.map(({ sizeBytes }) => sizeBytes));
  return (
    <Card className="grid content-start gap-3">
      <h2 className="text-heading">{t("largestTitle")}</h2>
      {movies.length === 0 && <p className="text-faint">{t("noMovies")}</p>}
      <ol data-numbers className="grid gap-1">
        {movies.map(({ movieId, title, year, sizeBytes }) => (
          <li key={movieId} className="relative flex min-h-11 items-center gap-3">
            <Link
              href={`/movies/${movieId}?part=files#parts`}
              prefetch={false}
              data-stop
              className="flex min-h-11 min-w-0 grow items-center gap-2 underline-offset-4 hover:underline"
            >
              <bdi className="truncate">{title}</bdi>
              {year && <span className="shrink-0 text-caption text-faint">{year}</span>}
            </Link>
            <span className="shrink-0 text-faint">{sizeText(sizeBytes, locale)}</span>
            <Share value={sizeBytes / most} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** How much of the largest it is, along the lower edge. */
function Share({ value }: { value: number }) {
  return (
    <span aria-hidden className="absolute inset-x-0 bottom-0 h-0.5 rounded-full bg-line">
      <span
        className="block h-full rounded-full bg-lamp/70"
        style={{ width: `${Math.round(Math.min(1, value) * 1000) / 10}%` }}
      />
    </span>
  );
}
