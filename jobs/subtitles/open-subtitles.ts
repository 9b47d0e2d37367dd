import { basename } from "node:path";
import { withoutPart } from "@/lib/downloads/part-names";
import { UpstreamError } from "@/lib/errors";
import type { movieById } from "@/lib/movies/metadata";
import { waitsForTitle } from "@/lib/queue/ask-again";
import type { Candidate, OpenSubtitles } from "@/lib/services/opensubtitles/client";
import { dismissedFiles, downloadedSubtitle, subtitlesOf } from "@/lib/subtitles/data";
import { languageFit } from "@/lib/subtitles/language";
import {
  deleteSubtitle,
  keepSubtitle,
  saveDownloadedSubtitle,
  saveSubtitle,
} from "@/lib/subtitles/mutations";
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

/** How many subtitles a language still needs. */
interface Need {
  language: string;
  count: number;
}

/**
 * What whole, usable subtitles of the version do not serve yet. Those that a search may replace do
 * not count: it is for them that it is made.
 */
function needsOf({ db, services }: JobContext, versionId: string): Need[] {
  const usable = subtitlesOf(db, versionId).filter(
    (row) => !row.reason && !row.forced && !row.replaceable,
  );
  return services.subtitleLanguages().flatMap((language) => {
    const there = usable.filter((row) => languageFit(language, row.language) > 0).length;
    const count = services.subtitlesPerLanguage() - there;
    return count > 0 ? [{ language, count }] : [];
  });
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

/** Takes the best candidates that turn out to be subtitles. @returns how many are still needed. */
async function takeBest(
  context: JobContext,
  client: OpenSubtitles,
  { candidates, count }: { candidates: readonly Candidate[]; count: number },
  { version, fps, tried }: Wanted,
): Promise<number> {
  let needed = count;
  const untried = candidates.filter((candidate) => !tried.has(candidate.fileId));
  for (const candidate of untried.slice(0, triesPerLanguage + count - 1)) {
    if (needed === 0) break;
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
        machineTranslated: candidate.machineTranslated || candidate.aiTranslated,
        framesPerSecond: fps,
        now: context.now(),
      });
      // A text in another language than it was offered as serves nobody who asked for this one.
      if (!("reason" in saved) && languageFit(candidate.language, saved.language) > 0) needed -= 1;
      else
        context.log.info({ fileId: candidate.fileId }, "a subtitle was not what it was offered as");
    } catch (error) {
      // This file is gone; another may be there. Anything else is for the whole job.
      if (!(error instanceof UpstreamError) || error.fault !== "not-found") throw error;
    }
  }
  return needed;
}

/**
 * Asks OpenSubtitles for what each language needs (one subtitle, unless the household wants more):
 * by the file's hash and the film's id, by the file's name and the id, by the id alone; a question
 * is asked only for the languages that those before left without. Machine translations are taken
 * when nothing else is there. What was found puts what was to be replaced out of use.
 *
 * A day's quota that is spent is `later`, at the moment when it is renewed.
 */
export async function fetchFromOpenSubtitles(
  context: JobContext,
  of: Omit<Wanted, "tried">,
): Promise<Outcome> {
  const { version, movie, fps } = of;
  const client = context.services.openSubtitles();
  let needs = needsOf(context, version.id);
  if (!client || needs.length === 0) {
    await settleReplaceable(context, version.id);
    return done;
  }
  const wanted: Wanted = { ...of, tried: takenFiles(context, version.id) };
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
      if (needs.length === 0) break;
      const found = await client.search(
        { ...question, languages: needs.map(({ language }) => language) },
        { signal: context.signal },
      );
      for (const candidate of found) offered.set(candidate.fileId, candidate);
      const hashOnly = question.movieHash !== undefined;
      needs = await takeFor(context, client, needs, wanted, (language) =>
        rankCandidates(found, film, language, { hashOnly }),
      );
    }
    // Where people made one, however few were wanted, a machine's is not needed.
    const without = needs.filter(({ count }) => count === context.services.subtitlesPerLanguage());
    const one = without.map(({ language }) => ({ language, count: 1 }));
    await takeFor(context, client, one, wanted, (language) =>
      rankCandidates([...offered.values()], film, language, { withMachineMade: true }),
    );
    await settleReplaceable(context, version.id);
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

/** Takes what each language needs, as far as it is there, and returns what is still needed. */
async function takeFor(
  context: JobContext,
  client: OpenSubtitles,
  needs: readonly Need[],
  wanted: Wanted,
  ranked: (language: string) => Candidate[],
): Promise<Need[]> {
  const left: Need[] = [];
  for (const { language, count } of needs) {
    const offer = { candidates: ranked(language), count };
    const needed = await takeBest(context, client, offer, wanted);
    if (needed > 0) left.push({ language, count: needed });
  }
  return left;
}

/** Files that the version has for good, and those that a person removed from it. */
function takenFiles({ db }: JobContext, versionId: string): Set<number> {
  const rows = subtitlesOf(db, versionId).filter(
    (row) => row.source === "opensubtitles" && !row.replaceable,
  );
  return new Set([...rows.map((row) => Number(row.sourceKey)), ...dismissedFiles(db, versionId)]);
}

/**
 * After a search: what it was to replace goes where it is no longer needed, and stays where nothing
 * better was found.
 */
async function settleReplaceable(context: JobContext, versionId: string): Promise<void> {
  const { db, env, services, now } = context;
  const rows = subtitlesOf(db, versionId);
  const needs = needsOf(context, versionId);
  for (const row of rows.filter(({ replaceable }) => replaceable)) {
    const isWanted = services
      .subtitleLanguages()
      .some((language) => languageFit(language, row.language) > 0);
    const need = needs.find(({ language }) => languageFit(language, row.language) > 0);
    const isReplaced = rows.some(
      (other) =>
        other.source === "opensubtitles" &&
        !(other.reason || other.picked || other.replaceable) &&
        languageFit(row.language, other.language) > 0,
    );
    if (isWanted && isReplaced && (need?.count ?? 0) <= 0) {
      const { mediaDir } = env;
      await deleteSubtitle(db, { id: row.id, mediaDir, now: now(), bySearch: true });
      continue;
    }
    if (need) need.count -= 1;
    keepSubtitle(db, row.id);
  }
}
