import type { Library } from "@/lib/movies/in-library";
import { folded } from "@/lib/movies/match";
import type { FoundRelease } from "./found";
import { type FilmGroup, type FoundFilm, groupFilms, type KnownRelease } from "./group";
import { type ReleaseWishes, rankReleases } from "./rank";
import { type ReadinessOptions, readinessOf } from "./readiness";
import { type ReleaseCodec, type ReleaseFacts, readReleaseName } from "./release-name";
import type { FoundMovieView, ReleaseView } from "./schema";

/** More films or releases than these help nobody to choose. */
const mostFilms = 100;
const mostReleases = 50;

export interface ViewOptions {
  /** What was searched for: what is called so stands first. */
  query: string;
  modernCodecs: ReadinessOptions["modernCodecs"];
  speed: ReadinessOptions["speed"];
  wishes: ReleaseWishes;
  /** Bytes that a release may have to fit the disk; null when nobody knows. */
  mostBytes: number | null;
  library: Library;
  /** Address of a film's picture; null when there is none. */
  posterOf: (film: FilmGroup) => string | null;
  /** Left out: false of a release that is not to be shown. */
  isOffered?: ((release: KnownRelease) => boolean) | undefined;
  /** Kept over the answers of one search. */
  facts: Map<string, ReleaseFacts>;
}

const codecNames: Record<ReleaseCodec, string> = {
  ...{ h264: "H.264", hevc: "HEVC", av1: "AV1", vp9: "VP9" },
  ...{ mpeg4: "MPEG-4", mpeg2: "MPEG-2", vc1: "VC-1" },
};

/** What a release's name tells, and where it is silent or missing, what its source said. */
export function factsOf(
  release: Pick<FoundRelease, "name" | "quality" | "type">,
  film: { title: string; year: number | null },
): ReleaseFacts {
  const said = [film.title, film.year, release.quality, release.type].filter(Boolean).join(" ");
  if (release.name === null) return readReleaseName(said);
  const facts = readReleaseName(release.name);
  if (facts.resolution !== null && facts.type !== null) return facts;
  const more = readReleaseName(said);
  return {
    ...facts,
    resolution: facts.resolution ?? more.resolution,
    type: facts.type ?? more.type,
    isCamera: facts.isCamera || more.isCamera,
  };
}

function factsKept(release: KnownRelease, film: FilmGroup, known: Map<string, ReleaseFacts>) {
  const key = [release.name, release.quality, release.type, film.title, film.year].join("\n");
  const facts = known.get(key) ?? factsOf(release, film);
  known.set(key, facts);
  return facts;
}

/** `DTS 5.1`: the parser of names says of some whether they lose anything, which nobody asks for. */
function audioText({ audio, channels }: ReleaseFacts): string | null {
  const names = audio.map((name) => name.replace(/ loss(y|less)$/i, ""));
  return [...new Set(names), channels].filter(Boolean).join(" ") || null;
}

function releaseViews(
  film: FilmGroup,
  runtimeMinutes: number | null,
  options: ViewOptions,
): ReleaseView[] {
  const { modernCodecs, speed, wishes, mostBytes, isOffered = () => true } = options;
  const releases = film.releases.filter(isOffered).map((release) => {
    const facts = factsKept(release, film, options.facts);
    return {
      release,
      facts,
      sizeBytes: release.sizeBytes,
      seeds: release.seeds,
      readiness: readinessOf(facts, { modernCodecs, speed, runtimeMinutes }),
      isTooLarge: mostBytes !== null && (release.sizeBytes ?? 0) > mostBytes,
    };
  });
  return rankReleases(releases, wishes)
    .slice(0, mostReleases)
    .map(({ release, facts, readiness, isTooLarge }) => ({
      resultId: release.resultId,
      sourceId: release.sourceId,
      sourceName: release.sourceName,
      name: release.name,
      quality: facts.resolution === null ? release.quality : `${facts.resolution}p`,
      type: facts.type ?? release.type,
      codec: facts.codec && codecNames[facts.codec],
      audio: audioText(facts),
      isHdr: facts.isHdr,
      languages: facts.languages,
      sizeBytes: release.sizeBytes,
      seeds: release.seeds,
      publishedAt: release.publishedAt?.toISOString() ?? null,
      ready: readiness.ready,
      minutes: readiness.minutes,
      isTooLarge,
    }));
}

/** 0 is called exactly so, 1 begins so, 2 has the words in it, 3 is something else. */
function distance(title: string, wanted: string): number {
  const name = folded(title);
  if (name === wanted) return 0;
  if (name.startsWith(`${wanted} `)) return 1;
  return ` ${name} `.includes(` ${wanted} `) ? 2 : 3;
}

const seedsOf = ({ releases }: FilmGroup) =>
  releases.reduce((most, { seeds }) => Math.max(most, seeds ?? 0), 0);

/** What is searched for without the year at its end, as titles are compared. */
function wantedTitle(query: string): string {
  return folded(query.replace(/[\s(]+(?:18|19|20)\d{2}\)?\s*$/, "")) || folded(query);
}

/** What was found as it is shown: a film each, the best named first, with the release to offer. */
export function foundMovieViews(
  films: readonly FoundFilm[],
  options: ViewOptions,
): FoundMovieView[] {
  const wanted = wantedTitle(options.query);
  return groupFilms(films)
    .map((film) => ({ film, far: distance(film.title, wanted), seeds: seedsOf(film) }))
    .toSorted((a, b) => a.far - b.far || b.seeds - a.seeds)
    .slice(0, mostFilms)
    .map(({ film }) => {
      const movie = options.library(film);
      return {
        key: film.key,
        imdbId: film.imdbId ?? movie?.imdbId ?? null,
        tmdbId: film.tmdbId ?? movie?.tmdbId ?? null,
        title: film.title,
        year: film.year,
        posterUrl: movie?.posterUrl ?? options.posterOf(film),
        movieId: movie?.id ?? null,
        releases: releaseViews(film, movie?.runtimeMinutes ?? null, options),
      };
    });
}
