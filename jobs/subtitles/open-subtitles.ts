import { basename } from "node:path";
import { withoutPart } from "@/lib/downloads/part-names";
import { UpstreamError } from "@/lib/errors";
import type { movieById } from "@/lib/movies/metadata";
import { waitsForTitle } from "@/lib/queue/ask-again";
import type { Candidate, OpenSubtitles } from "@/lib/services/opensubtitles/client";
import { downloadedSubtitle, subtitlesOf } from "@/lib/subtitles/data";
import { languageFit } from "@/lib/subtitles/language";
import { saveDownloadedSubtitle, saveSubtitle } from "@/lib/subtitles/mutations";
import { type FilmFacts, rankCandidates } from "@/lib/subtitles/rank";
import type { versionById } from "@/lib/versions/mutations";
import { done, type JobContext, later, type Outcome } from "../context";

/** How often a movie whose title is not known is looked at, should nothing wake its search. */
const titleLookMs = 3_600_000;

interface Wanted {
  /** Files that turned out useless: not tried again by a later question. */
  tried: Set<number>;
  version: NonNullable<ReturnType<typeof versionById>>;
  movie: NonNullable<ReturnType<typeof movieById>>;
  fps: number | null;
}

/** Downloads are few: after this many that turned out useless a language waits for a person. */
const triesPerLanguage = 3;

/** The household's languages that no whole, usable subtitle of the version serves. */
function missingLanguages(context: JobContext, versionId: string): string[] {
  const usable = subtitlesOf(context.db, versionId).filter((row) => !row.reason && !row.forced);
  return context.services
    .subtitleLanguages()
    .filter((wanted) => !usable.some((row) => languageFit(wanted, row.language) > 0));
}

type Question = Parameters<OpenSubtitles["search"]>[0];

/** The three questions in order; one that lacks what it would ask with is left out. */
function questionsFor({ version, movie }: Wanted): Omit<Question, "languages">[] {
  const ids = movie.imdbId ? { imdbId: movie.imdbId } : { tmdbId: movie.tmdbId };
  const [firstPart] = version.sourceParts ?? [];
  // Of a film in parts, what is wanted is for the whole of it.
  const ofFile = firstPart
    ? withoutPart(basename(firstPart.path))
    : version.sourcePath && basename(version.sourcePath);
  const fileName = ofFile || version.releaseName;
  return [
    ...(version.movieHash ? [{ movieHash: version.movieHash, ...ids }] : []),
    ...(fileName ? [{ query: fileName, ...ids }] : []),
    ids,
  ];
}

async function bytesOf(context: JobContext, client: OpenSubtitles, fileId: number) {
  const kept = downloadedSubtitle(context.db, fileId);
  if (kept) return kept;
  const { bytes } = await client.download(fileId, { signal: context.signal });
  saveDownloadedSubtitle(context.db, { fileId, content: bytes, now: context.now() });
  return bytes;
}

/** Takes the best candidate that turns out to be a subtitle; false when none does. */
async function takeOne(
  context: JobContext,
  client: OpenSubtitles,
  candidates: readonly Candidate[],
  { version, fps, tried }: Wanted,
): Promise<boolean> {
  const untried = candidates.filter((candidate) => !tried.has(candidate.fileId));
  for (const candidate of untried.slice(0, triesPerLanguage)) {
    tried.add(candidate.fileId);
    try {
      const saved = await saveSubtitle(context.db, {
        mediaDir: context.env.mediaDir,
        versionId: version.id,
        bytes: await bytesOf(context, client, candidate.fileId),
        language: candidate.language,
        source: "opensubtitles",
        sourceKey: String(candidate.fileId),
        hearingImpaired: candidate.hearingImpaired,
        fps,
        now: context.now(),
      });
      // A text in another language than it was offered as serves nobody who asked for this one.
      if (!("reason" in saved) && languageFit(candidate.language, saved.language) > 0) return true;
      context.log.info({ fileId: candidate.fileId }, "a subtitle was not what it was offered as");
    } catch (error) {
      // This file is gone; another may be there. Anything else is for the whole job.
      if (!(error instanceof UpstreamError) || error.fault !== "not-found") throw error;
    }
  }
  return false;
}

/**
 * Asks OpenSubtitles for one subtitle in each missing language: by the file's hash and the film's
 * id, by the file's name and the id, by the id alone; a question is asked only for the languages
 * that those before left without. Machine translations are taken when nothing else is there.
 *
 * A day's quota that is spent is `later`, at the moment when it is renewed.
 */
export async function fetchFromOpenSubtitles(
  context: JobContext,
  of: Omit<Wanted, "tried">,
): Promise<Outcome> {
  const wanted: Wanted = { ...of, tried: new Set() };
  const { version, movie, fps } = wanted;
  const client = context.services.openSubtitles();
  let missing = missingLanguages(context, version.id);
  if (!client || missing.length === 0) return done;
  // Neither a hash nor a file's name says which film it is. The title's arrival wakes this.
  if (!movie.imdbId && !movie.tmdbId) return later(context, titleLookMs, waitsForTitle);
  const film: FilmFacts = {
    imdbId: movie.imdbId,
    tmdbId: movie.tmdbId,
    releaseName: version.releaseName,
    fps,
  };
  const offered = new Map<number, Candidate>();
  try {
    for (const question of questionsFor(wanted)) {
      if (missing.length === 0) break;
      const found = await client.search(
        { ...question, languages: missing },
        { signal: context.signal },
      );
      for (const candidate of found) offered.set(candidate.fileId, candidate);
      const hashOnly = question.movieHash !== undefined;
      missing = await takeFor(context, client, missing, wanted, (language) =>
        rankCandidates(found, film, language, { hashOnly }),
      );
    }
    await takeFor(context, client, missing, wanted, (language) =>
      rankCandidates([...offered.values()], film, language, { withMachineMade: true }),
    );
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const { retryAt } = error.options;
    if (retryAt && retryAt > context.now())
      return { kind: "later", at: retryAt, reason: error.reason };
    if (error.fault === "quota") return later(context, 6 * 3_600_000, error.reason);
    if (error.fault === "rate-limited") return later(context, 60_000, error.reason);
    if (!error.isTransient) return { kind: "failed", reason: error.reason };
    throw error;
  }
  return done;
}

/** Takes one for each language, and returns the languages that are left without. */
async function takeFor(
  context: JobContext,
  client: OpenSubtitles,
  languages: readonly string[],
  wanted: Wanted,
  ranked: (language: string) => Candidate[],
): Promise<string[]> {
  const without: string[] = [];
  for (const language of languages) {
    if (!(await takeOne(context, client, ranked(language), wanted))) without.push(language);
  }
  return without;
}
