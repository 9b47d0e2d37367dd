import type { FoundCard, MovieCard } from "@/lib/movies/schema";
import { pageLocale, words } from "@/lib/web/words";
import { timeLeft, yearOf } from "../words/measures";

const newForMs = 7 * 24 * 60 * 60 * 1000;

/**
 * What a card says, in words: all that travels to the browser for it, however much is known. A page
 * has hundreds, so each field is there because something is drawn from it.
 */
export interface CardFacts {
  id: string;
  title: string;
  /** Its widths lie in the folder, one file each. */
  poster: {
    folder: string;
    widths: number[];
    width: number;
    height: number;
    color: string;
  } | null;
  quality: MovieCard["quality"];
  /** Why it cannot be watched yet; null when it can. */
  stage: {
    status: Exclude<MovieCard["status"], "ready">;
    label: string;
    progress: number | null;
  } | null;
  /** What is left of it, else its year. */
  note: string | null;
  /** On a movie that this person saw to its end. */
  watchedLabel: string | null;
  /** Whom a search found it by. */
  foundBy: string | null;
  /** How much of it was watched, 0 to 1. */
  share: number;
  /** On a movie that came in the last week and that this person has not begun. */
  newLabel: string | null;
  inList: boolean;
  listLabel: string;
}

/** What the cards of these movies say. */
export async function cardFacts(movies: readonly (MovieCard | FoundCard)[]): Promise<CardFacts[]> {
  const [t, list, live, locale] = await Promise.all([
    words("movie"),
    words("list"),
    words("live"),
    pageLocale(),
  ]);
  const newSince = new Date(Date.now() - newForMs).toISOString();
  return movies.map((movie): CardFacts => {
    const { id, title, poster, status, progress, inList } = movie;
    const isReady = status === "ready";
    const isNew = isReady && !movie.watched && progress === null && movie.addedAt > newSince;
    const isOnItsWay = status === "downloading" || status === "processing";
    const foundBy = "foundBy" in movie ? movie.foundBy : null;
    return {
      id,
      title,
      poster: poster && {
        folder: poster.url.slice(0, poster.url.lastIndexOf("/")),
        widths: poster.sizes.map(({ width }) => width),
        width: poster.width,
        height: poster.height,
        color: poster.color,
      },
      quality: isReady ? movie.quality : null,
      stage: isReady
        ? null
        : {
            status,
            label: t(`status.${status}`),
            progress: isOnItsWay ? (movie.preparing?.progress ?? null) : null,
          },
      note: progress ? t("left", { time: timeLeft(progress, locale) }) : yearOf(movie.releaseDate),
      watchedLabel: movie.watched && !progress ? t("watched") : null,
      foundBy: foundBy && t("foundBy", { name: foundBy }),
      share: progress ? progress.positionSeconds / progress.durationSeconds : 0,
      newLabel: isNew ? live("new") : null,
      inList,
      listLabel: list("toggleLabel", { title }),
    };
  });
}
