import { languageFit } from "./language";

/** What is known of a subtitle that OpenSubtitles offers. */
export interface RankedCandidate {
  fileId: number;
  language: string;
  release: string | null;
  fileName: string | null;
  hearingImpaired: boolean;
  foreignPartsOnly: boolean;
  aiTranslated: boolean;
  machineTranslated: boolean;
  fromTrusted: boolean;
  downloadCount: number;
  fps: number | null;
  cdCount: number;
  imdbId: string | null;
  movieHashMatch: boolean;
  tmdbId?: number | null;
  featureType?: string | null;
}

/** The film and the release that a subtitle is wanted for. */
export interface FilmFacts {
  imdbId: string | null;
  tmdbId?: number | null;
  releaseName: string | null;
  fps: number | null;
}

interface NameFacts {
  source: string | null;
  resolution: string | null;
  group: string | null;
  editions: Set<string>;
  words: Set<string>;
}

const sources: [string, RegExp][] = [
  ["bluray", /\b(blu-?ray|bd-?rip|br-?rip|bd-?remux|uhd|bdmux)\b/],
  ["web", /\b(web-?dl|web-?rip|web|amzn|nf|dsnp|hmax|itunes)\b/],
  ["tv", /\b(hdtv|pdtv|dvb|tv-?rip|sat-?rip)\b/],
  ["dvd", /\b(dvd-?rip|dvd(?:5|9|scr)?|r5)\b/],
  ["cinema", /\b(cam|hd-?cam|ts|telesync|hd-?ts|tc|telecine|workprint)\b/],
];
const editions: [string, RegExp][] = [
  ["extended", /\bextended\b/],
  ["directors", /\bdirector'?s?[ .-]*cut\b|\bdc\b/],
  ["unrated", /\bunrated|uncut\b/],
  ["theatrical", /\btheatrical\b/],
  ["remastered", /\bremaster(ed)?\b/],
  ["imax", /\bimax\b/],
  ["final", /\bfinal[ .-]*cut\b/],
];

function factsOf(name: string): NameFacts {
  const text = name
    .toLowerCase()
    .replace(/\.(srt|sub|ass|ssa|vtt|txt|mkv|mp4|avi|m4v)$/, "")
    .replaceAll("_", " ");
  const spaced = text.replaceAll(".", " ");
  return {
    source: sources.find(([, pattern]) => pattern.test(spaced))?.[0] ?? null,
    resolution: /\b(2160p|1080p|720p|576p|480p)\b/.exec(spaced)?.[1] ?? null,
    group: /-\s*([a-z0-9]{2,20})(?:\[[a-z. ]+\])?$/.exec(text)?.[1] ?? null,
    editions: new Set(
      editions.filter(([, pattern]) => pattern.test(spaced)).map(([edition]) => edition),
    ),
    words: new Set(spaced.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1)),
  };
}

/**
 * How alike two release names are in what decides whether a subtitle is in time, 0 to 1: where the
 * copy was taken from and which cut it is first, then who made it; the resolution says little.
 */
export function releaseLikeness(one: string | null, other: string | null): number {
  if (!one || !other) return 0;
  const a = factsOf(one);
  const b = factsOf(other);
  const shared = [...a.words].filter((word) => b.words.has(word)).length;
  const overlap = shared / Math.max(1, Math.max(a.words.size, b.words.size));
  if (overlap === 1) return 1;
  let likeness = 0.25 * overlap;
  if (a.source && a.source === b.source) likeness += 0.3;
  if (a.group && a.group === b.group) likeness += 0.25;
  if (a.resolution && a.resolution === b.resolution) likeness += 0.05;
  const sameCut =
    a.editions.size === b.editions.size && [...a.editions].every((cut) => b.editions.has(cut));
  likeness += sameCut ? 0.1 : -0.2;
  if (a.source && b.source && a.source !== b.source) likeness -= 0.1;
  return Math.min(1, Math.max(0, likeness));
}

const isMachineMade = (candidate: RankedCandidate) =>
  candidate.aiTranslated || candidate.machineTranslated;

/** True when a candidate is of this film, and in one part. */
function isOfFilm(candidate: RankedCandidate, film: FilmFacts): boolean {
  const agrees =
    film.imdbId !== null && candidate.imdbId !== null
      ? candidate.imdbId === film.imdbId
      : film.tmdbId != null && candidate.tmdbId === film.tmdbId;
  return agrees && candidate.cdCount <= 1 && candidate.featureType?.toLowerCase() !== "episode";
}

function points(candidate: RankedCandidate, film: FilmFacts, language: string): number {
  const likeness = Math.max(
    releaseLikeness(film.releaseName, candidate.release),
    releaseLikeness(film.releaseName, candidate.fileName),
  );
  const rates = film.fps && candidate.fps ? Math.abs(film.fps - candidate.fps) : null;
  return (
    // A hash is the same file: nothing else tells as much.
    (candidate.movieHashMatch ? 1000 : 0) +
    (languageFit(language, candidate.language) === 2 ? 150 : 0) +
    likeness * 300 +
    (candidate.fromTrusted ? 60 : 0) +
    Math.log10(1 + Math.max(0, candidate.downloadCount)) * 20 +
    // 23.976 and 24 drift apart by 3.6 s an hour, 25 by 2.5 minutes.
    (rates === null ? 0 : rates < 0.01 ? 30 : rates < 0.1 ? 0 : -150) -
    (candidate.hearingImpaired ? 25 : 0) -
    (candidate.foreignPartsOnly ? 2500 : 0) -
    (isMachineMade(candidate) ? 5000 : 0)
  );
}

/**
 * The candidates for one language that may be taken, best first: of this film by its id (a hash
 * alone is not believed), whole, in one part.
 *
 * @param options.hashOnly only those that the file's hash found.
 * @param options.withMachineMade translations by machine, last; else they are left out.
 * @param options.withForeignParts those of foreign parts alone, after the whole ones; else left out.
 */
export function rankCandidates<Candidate extends RankedCandidate>(
  candidates: readonly Candidate[],
  film: FilmFacts,
  language: string,
  options: { hashOnly?: boolean; withMachineMade?: boolean; withForeignParts?: boolean } = {},
): Candidate[] {
  return candidates
    .filter(
      (candidate) =>
        isOfFilm(candidate, film) &&
        languageFit(language, candidate.language) > 0 &&
        (!options.hashOnly || candidate.movieHashMatch) &&
        (options.withForeignParts || !candidate.foreignPartsOnly) &&
        (options.withMachineMade || !isMachineMade(candidate)),
    )
    .map((candidate) => ({ candidate, points: points(candidate, film, language) }))
    .sort((a, b) => b.points - a.points || a.candidate.fileId - b.candidate.fileId)
    .map(({ candidate }) => candidate);
}
