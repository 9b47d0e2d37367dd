import type { Db } from "@/lib/db";
import { AppError, reason, UpstreamError } from "@/lib/errors";
import { acquireResult } from "@/lib/movies/add";
import { folded } from "@/lib/movies/match";
import { movieById } from "@/lib/movies/metadata";
import { type SearchContext, searchSources } from "@/lib/sources/commands";
import { sourcesToAsk } from "@/lib/sources/data";
import type { FoundMovieView } from "@/lib/sources/schema";
import type { DownloadRow } from "./mutations";
import { addReplacement, noteUnusable, offerOf, saveOffer, triedOf } from "./replacements";
import type { StoredReplacement } from "./schema";

/** Refusals of a link that may be other ones in an hour. */
const passing: ReadonlySet<string> = new Set([
  "release-unreachable",
  "release-timeout",
  "release-limit",
]);

type MovieRow = NonNullable<ReturnType<typeof movieById>>;

/** By its id first, which means no other film; then by what it is called, for sources without ids. */
function questionsAbout({ imdbId, title, releaseYear }: MovieRow): string[] {
  const named = releaseYear ? `${title} ${releaseYear}` : title;
  return imdbId ? [imdbId, named] : [named];
}

function isThatFilm(found: FoundMovieView, movie: MovieRow): boolean {
  if (found.movieId !== null) return found.movieId === movie.id;
  if (found.imdbId !== null && movie.imdbId !== null) return found.imdbId === movie.imdbId;
  const isSameYear =
    found.year === null || movie.releaseYear === null || found.year === movie.releaseYear;
  return isSameYear && folded(found.title) === folded(movie.title);
}

/**
 * Asks the sources for the next best release of a download's movie, by what the household wishes for:
 * none that is here or was tried before, none that nobody shares, none that does not fit the disk.
 * What fails is a reason, and changes nothing.
 */
export async function findReplacement(
  context: SearchContext,
  download: DownloadRow,
  { signal }: { signal: AbortSignal },
): Promise<Omit<StoredReplacement, "at">> {
  const { db, now } = context;
  const movie = movieById(db, download.movieId);
  const { askable, paused } = sourcesToAsk(db, now());
  if (askable.length + paused.length === 0 || !movie) {
    return { release: null, reason: reason("replacement-no-sources") };
  }
  const tried = triedOf(db, movie.id);
  let haveAnswered = false;
  for (const query of questionsAbout(movie)) {
    const { results, errors } = await searchSources(
      context,
      { query },
      { signal, isOffered: (release) => release.seeds !== 0 && !tried.isTried(release) },
    );
    haveAnswered ||= errors.length < askable.length + paused.length;
    const release = results
      .filter((found) => isThatFilm(found, movie))
      .flatMap(({ releases }) => releases)
      .find(({ isTooLarge }) => !isTooLarge);
    if (release) return { release, reason: null };
  }
  return {
    release: null,
    reason: reason(haveAnswered ? "replacement-none" : "replacement-sources-silent"),
  };
}

/**
 * Takes the release that is offered in a dead one's place. One that is no torrent of a film, or whose
 * link leads nowhere, is not offered again, and another is looked for.
 *
 * @throws AppError or UpstreamError in words; the dead one is as it was then.
 */
export async function takeReplacement(
  { db, now }: { db: Db; now: Date },
  download: DownloadRow,
  by: "itself" | "person",
): Promise<{ versionId: string }> {
  const { movieId } = download;
  const release = offerOf(download)?.release;
  if (!release) throw new AppError("replacement-not-offered", { status: 409 });
  try {
    const acquisition = await acquireResult(db, release.resultId);
    if (acquisition.kind !== "torrent") throw new TypeError("a result is a torrent");
    const tried = triedOf(db, movieId);
    if (tried.hasHash(acquisition.infoHashV1) || tried.hasHash(acquisition.infoHashV2)) {
      throw new AppError("replacement-tried", { status: 409 });
    }
    const name = acquisition.name || release.name || download.name;
    return addReplacement(db, { download, acquisition: { ...acquisition, name }, by, now });
  } catch (error) {
    const isExpected = error instanceof AppError || error instanceof UpstreamError;
    const isOfOld =
      error instanceof AppError && /^replacement-(not-needed|under-way)$/.test(error.reason.code);
    // An indexer that does not answer just now says nothing of the release: it stays offered.
    const isPassing =
      (error instanceof UpstreamError && error.isTransient) ||
      (error instanceof AppError && passing.has(error.fields?.resultId?.code ?? ""));
    if (!isExpected || isOfOld || isPassing) throw error;
    db.transaction((tx) => {
      noteUnusable(tx, movieId, release, now);
      // The next tick of the downloads looks for another.
      saveOffer(tx, download.id, null, now);
    });
    throw error;
  }
}
