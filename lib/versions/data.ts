import { and, asc, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { audioTracks, movies, subtitles, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import { workProgress } from "@/lib/queue/progress";
import type { SubtitleView } from "@/lib/subtitles/schema";
import { toSubtitleView } from "@/lib/subtitles/view";
import { isNotBinned } from "./binned";
import { chaptersOf } from "./chapter-rows";
import { creditsStart } from "./chapters";
import { browsers, playsIn } from "./plays-in";
import { type AudioTrackView, storedPlan, type VersionView } from "./schema";

/**
 * Versions of a movie, oldest first, with sound, subtitles and chapters. Four statements, and one for how far
 * those are that are still made. Nothing in it
 * tells where a file lies or what it is called, except the name that is its address.
 */
export function versionsOf(
  db: Db,
  movieId: string,
  say: (reason: Reason) => string,
): VersionView[] {
  const ofMovie = and(eq(versions.movieId, movieId), isNotBinned(db));
  return viewsWhere(db, ofMovie, say).map(({ movieId: _, ...view }) => view);
}

/** One version; null when there is none, or it or its movie lies in the bin. */
export function versionOf(
  db: Db,
  id: string,
  say: (reason: Reason) => string,
): (VersionView & { movieId: string }) | null {
  const condition = and(
    eq(versions.id, id),
    isNotBinned(db),
    inArray(
      versions.movieId,
      db.select({ id: movies.id }).from(movies).where(isNull(movies.binnedAt)),
    ),
  );
  return viewsWhere(db, condition, say)[0] ?? null;
}

function viewsWhere(
  db: Db,
  condition: SQL | undefined,
  say: (reason: Reason) => string,
): (VersionView & { movieId: string })[] {
  const rows = db
    .select()
    .from(versions)
    .where(condition)
    .orderBy(asc(versions.createdAt), asc(versions.id))
    .all();
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const tracks = db
    .select()
    .from(audioTracks)
    .where(inArray(audioTracks.versionId, ids))
    .orderBy(asc(audioTracks.index))
    .all();
  const subtitlesByVersion = subtitlesOf(db, ids, say);
  const chaptersByVersion = chaptersOf(db, ids);
  const inTheMaking = rows.filter(({ status }) => status === "processing").map(({ id }) => id);
  const progress = workProgress(db, ["make-playable", "make-version"], inTheMaking);
  return rows.map((row) => {
    const isReady = row.status === "ready";
    const own = tracks.filter((track) => track.versionId === row.id);
    const heard = own.find((track) => track.isDefault) ?? own[0];
    const plan = row.plan === null ? null : storedPlan.parse(row.plan);
    const chapters = chaptersByVersion.get(row.id) ?? [];
    const verdicts = isReady
      ? playsIn({ video: row.videoCodec, audio: heard?.codec ?? null, codecs: row.codecs })
      : null;
    return {
      id: row.id,
      movieId: row.movieId,
      status: row.status,
      statusDetail: row.reason && say(row.reason),
      progress: progress.get(row.id) ?? null,
      madeFrom:
        row.sourceKind === "conversion" || row.sourceKind === "smaller"
          ? { versionId: row.madeFromId, kind: row.sourceKind, height: row.targetHeight }
          : null,
      plan: plan && { kind: plan.kind, why: plan.why.map(say) },
      releaseName: row.releaseName,
      width: row.width,
      height: row.height,
      durationSeconds: row.durationSeconds,
      sizeBytes: row.sizeBytes,
      container: row.container,
      videoCodec: row.videoCodec,
      codecs: row.codecs,
      audioTracks: own.map(({ versionId: _, ...track }) => track),
      subtitles: subtitlesByVersion.get(row.id) ?? [],
      streamUrl: isReady ? `/media/${row.fileName}.mp4` : null,
      hlsUrl: isReady && own.length > 1 ? `/media/${row.fileName}/master.m3u8` : null,
      previewUrl: isReady && row.previewSet ? `/media/${row.fileName}/preview.vtt` : null,
      chapters,
      creditsStartSeconds: creditsStart(chapters, row.durationSeconds),
      playsIn: verdicts && {
        chrome: verdicts.chrome.plays,
        firefox: verdicts.firefox.plays,
        safari: verdicts.safari.plays,
        edge: verdicts.edge.plays,
      },
      playsInDetail: verdicts ? doubtsIn(verdicts, say) : [],
    };
  });
}

/** Browsers that are not sure to play a file, each with the first reason. */
function doubtsIn(
  verdicts: ReturnType<typeof playsIn>,
  say: (reason: Reason) => string,
): VersionView["playsInDetail"] {
  return browsers.flatMap((browser) => {
    const { plays, why } = verdicts[browser];
    return plays === "yes" || !why ? [] : [{ browser, plays, detail: say(why) }];
  });
}

/** Without the bytes that are stored with each: those are read by whoever cleans them again. */
function subtitlesOf(
  db: Db,
  versionIds: string[],
  say: (reason: Reason) => string,
): Map<string, SubtitleView[]> {
  const rows = db
    .select({
      id: subtitles.id,
      versionId: subtitles.versionId,
      language: subtitles.language,
      label: subtitles.label,
      source: subtitles.source,
      forced: subtitles.forced,
      hearingImpaired: subtitles.hearingImpaired,
      machineTranslated: subtitles.machineTranslated,
      encoding: subtitles.encoding,
      encodingCertainty: subtitles.encodingCertainty,
      cueCount: subtitles.cueCount,
      offsetMs: subtitles.offsetMs,
      speed: subtitles.speed,
      reason: subtitles.reason,
    })
    .from(subtitles)
    .where(inArray(subtitles.versionId, versionIds))
    .orderBy(asc(subtitles.language), asc(subtitles.createdAt), asc(subtitles.id))
    .all();
  const found = new Map<string, SubtitleView[]>();
  for (const { versionId, ...row } of rows) {
    const list = found.get(versionId) ?? [];
    list.push(toSubtitleView(row, say));
    found.set(versionId, list);
  }
  return found;
}

/** Where the bytes of a published version lie, and what a download of them is called. */
export interface StreamSource {
  versionId: string;
  movieId: string;
  movieTitle: string;
  releaseYear: number | null;
  /** Relative to the media directory. */
  relativePath: string;
}

function prepareSource(db: Db) {
  return db
    .select({
      versionId: versions.id,
      movieId: versions.movieId,
      movieTitle: movies.title,
      releaseYear: movies.releaseYear,
      folder: versions.folder,
    })
    .from(versions)
    .innerJoin(movies, eq(movies.id, versions.movieId))
    .where(
      and(
        or(
          eq(versions.fileName, sql.placeholder("name")),
          // Replaced while somebody was watching it.
          eq(versions.retiredFileName, sql.placeholder("name")),
        ),
        eq(versions.status, "ready"),
        isNull(movies.binnedAt),
        isNotBinned(db),
      ),
    )
    .prepare();
}

/** Runs with every range of a film: built once per connection. */
const sourceStatements = new WeakMap<Db, ReturnType<typeof prepareSource>>();

/**
 * The version that is served as `/media/<name>.mp4`; null unless it is ready and outside the bin.
 * The name is one that stands in a row, the folder comes from it.
 */
export function streamSourceOf(db: Db, name: string): StreamSource | null {
  const statement = sourceStatements.get(db) ?? prepareSource(db);
  sourceStatements.set(db, statement);
  const row = statement.get({ name });
  if (!row) return null;
  const { folder, ...source } = row;
  return { ...source, relativePath: `${folder}/${name}.mp4` };
}

/** What playlists say about a version that its file does not: picture as displayed, sound tracks. */
export interface StreamFacts {
  width: number | null;
  height: number | null;
  audioTracks: AudioTrackView[];
}

/** Facts of a version for its playlists. */
export function streamFactsOf(db: Db, versionId: string): StreamFacts {
  const size = db
    .select({ width: versions.width, height: versions.height })
    .from(versions)
    .where(eq(versions.id, versionId))
    .get();
  const tracks = db
    .select()
    .from(audioTracks)
    .where(eq(audioTracks.versionId, versionId))
    .orderBy(asc(audioTracks.index))
    .all();
  return {
    width: size?.width ?? null,
    height: size?.height ?? null,
    audioTracks: tracks.map(({ versionId: _, ...track }) => track),
  };
}
