import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import type { MovieView } from "@/lib/movies/schema";
import { pageLocale, words } from "@/lib/web/words";
import { languageText } from "../words/measures";
import { PeopleLinks } from "./people-links";

interface AboutProps {
  movie: MovieView;
  /** A name, for admins. */
  addedBy: string | null;
}

/** What is known of a film beside what its page begins with. */
export async function About({ movie, addedBy }: AboutProps) {
  const [t, locale] = await Promise.all([words("movie"), pageLocale()]);
  const day = (date: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(date));
  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  const language = movie.originalLanguage && languageText(tmdbLanguage(movie), locale);
  const added = day(movie.addedAt);
  const links = [
    movie.imdbId && { name: "IMDb", href: `https://www.imdb.com/title/${movie.imdbId}/` },
    movie.tmdbId && { name: "TMDB", href: `https://www.themoviedb.org/movie/${movie.tmdbId}` },
  ].filter((link) => !!link);
  return (
    <section aria-labelledby="about" className="grid content-start gap-4">
      <h2 id="about" className="text-heading">
        {t("about")}
      </h2>
      <dl data-row className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-2.5">
        {movie.writers.length > 0 && (
          <Fact term={t("writers", { count: movie.writers.length })}>
            <PeopleLinks names={movie.writers} />
          </Fact>
        )}
        {language && <Fact term={t("language")}>{language}</Fact>}
        {movie.releaseDate && (
          <Fact term={t("released")}>
            {/* Of a year that a person gave, the day is not known. */}
            {movie.releaseDate.length === 4 ? movie.releaseDate : day(movie.releaseDate)}
          </Fact>
        )}
        {movie.score !== null && (
          <Fact term={t("score")}>
            {t("scoreOf", { score: number(movie.score, 1), votes: movie.voteCount ?? 0 })}
          </Fact>
        )}
        <Fact term={t("added")}>
          {addedBy ? t("addedBy", { date: added, name: addedBy }) : added}
        </Fact>
        {links.length > 0 && (
          <Fact term={t("elsewhere")}>
            <span className="flex flex-wrap gap-x-5">
              {links.map(({ name, href }) => (
                <a
                  key={name}
                  data-stop
                  href={href}
                  target="_blank"
                  rel="noreferrer"
                  className="-my-2.5 inline-flex min-h-11 items-center gap-1.5 underline-offset-4 hover:underline"
                >
                  {name}
                  <ExternalLink aria-label={t("opensElsewhere")} className="size-4 text-faint" />
                </a>
              ))}
            </span>
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{term}</dt>
      <dd data-numbers className="min-w-0">
        {children}
      </dd>
    </>
  );
}

/** TMDB's own codes for Cantonese and for films without words. */
function tmdbLanguage({ originalLanguage }: MovieView): string {
  if (originalLanguage === "cn") return "yue";
  return originalLanguage === "xx" ? "zxx" : (originalLanguage ?? "und");
}
