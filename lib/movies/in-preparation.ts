import { and, asc, count, desc, eq, inArray, isNull, max, ne, sql } from "drizzle-orm";
import { jobs, movies, subtitles, timelineEvents, users, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import { isFree } from "@/lib/queue/held";
import { isNotBinned } from "@/lib/versions/binned";
import type { Page, PageQuery } from "@/lib/web/page-query";
import { cardsOf, type Reader } from "./cards";
import { type MendPlace, mendPlaceOf } from "./mend";
import { type MovieCard, type MovieStanding, type MovieView, movieView } from "./schema";
import { standingsOf } from "./standing";

/** Where the subtitles of a language are. `later`: nobody has begun to look. */
export type LanguageState = "found" | "looking" | "none" | "failed" | "later";

/** Something beside the film itself that went wrong, or waits, and what mends it. */
export interface Trouble {
  about: "metadata" | "subtitles";
  detail: string;
  isFailed: boolean;
  /** Work that can be tried again, or sooner. */
  jobId: string | null;
  place: MendPlace | null;
}

/** A movie on its way to be watched, with everything that its card shows. */
export interface InPreparation {
  movie: MovieCard &
    Pick<MovieView, "metadataDetail" | "decision" | "timeline"> & { versions: { id: string }[] };
  addedBy: string | null;
  standing: MovieStanding;
  languages: { language: string; state: LanguageState }[];
  troubles: Trouble[];
  /** Where the cause of its own standstill can be mended. */
  place: MendPlace | null;
}

/**
 * Movies that can't be watched yet: what waits for a person first, then the newest.
 *
 * @param wanted the household's subtitle languages, liked best first.
 */
export function listInPreparation(
  db: Db,
  { page, pageSize }: PageQuery,
  wanted: readonly string[],
  reader: Reader,
): Page<InPreparation> {
  const isUnready = and(isNull(movies.binnedAt), ne(movies.status, "ready"));
  const total = db.select({ movies: count() }).from(movies).where(isUnready).get()?.movies ?? 0;
  const rows = db
    .select({
      id: movies.id,
      decision: movies.decision,
      reason: movies.reason,
      metadataReason: movies.metadataReason,
      addedBy: users.username,
    })
    .from(movies)
    .leftJoin(users, eq(users.id, movies.addedBy))
    .where(isUnready)
    .orderBy(
      sql`case when ${movies.status} in ('failed', 'deciding') then 0 else 1 end`,
      desc(movies.addedAt),
      desc(movies.num),
    )
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all();
  const ids = rows.map(({ id }) => id);
  const cards = new Map(cardsOf(db, ids, reader).map((card) => [card.id, card]));
  const standings = standingsOf(db, ids, reader);
  const timelines = lastEventsOf(db, ids, reader);
  const own = versionsOf(db, ids);
  const work = newestWork(db, ids);
  const found = languagesFound(db, ids);
  const items = rows.flatMap(({ id, decision, reason, addedBy, ...metadata }): InPreparation[] => {
    const card = cards.get(id);
    const standing = standings.get(id);
    if (!card || !standing) return [];
    const timeline = timelines.get(id) ?? [];
    const search = work.get(`${id} find-subtitles`);
    const describing = work.get(`${id} fetch-metadata`);
    const isAsking = decision !== null;
    return [
      {
        movie: {
          ...card,
          metadataDetail: metadata.metadataReason && reader.say(metadata.metadataReason),
          decision: isAsking ? movieView.shape.decision.parse(decision) : null,
          timeline,
          versions: own.get(id) ?? [],
        },
        addedBy,
        standing,
        languages: languagesOf(found.get(id) ?? [], wanted, { search, timeline }),
        troubles: [
          // What a choice is about stands above its buttons.
          isAsking ? null : metadataTrouble(metadata.metadataReason, describing, reader),
          subtitleTrouble(search, reader),
        ].filter((one) => one !== null),
        place: mendPlaceOf(reason?.code),
      },
    ];
  });
  return { items, page, pageSize, total };
}

/** Rows by what they belong to. */
function grouped<Row>(rows: Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

function versionsOf(db: Db, movieIds: string[]) {
  const rows = db
    .select({ id: versions.id, movieId: versions.movieId })
    .from(versions)
    .where(and(inArray(versions.movieId, movieIds), isNotBinned(db)))
    .all();
  return grouped(rows, ({ movieId }) => movieId);
}

/** The last that happened to each movie of every stage: a torrent may stall a hundred times. */
function lastEventsOf(db: Db, movieIds: string[], { say }: Reader) {
  const last = db
    .select({ id: max(timelineEvents.id) })
    .from(timelineEvents)
    .where(inArray(timelineEvents.movieId, movieIds))
    .groupBy(timelineEvents.movieId, timelineEvents.stage);
  const rows = db
    .select()
    .from(timelineEvents)
    .where(inArray(timelineEvents.id, last))
    .orderBy(asc(timelineEvents.id))
    .all();
  const groups = [...grouped(rows, ({ movieId }) => movieId)];
  return new Map<string, MovieView["timeline"]>(
    groups.map(([movieId, events]) => [
      movieId,
      events.map(({ stage, at, state, reason }) => ({
        stage,
        at: at.toISOString(),
        state,
        detail: reason && say(reason),
      })),
    ]),
  );
}

type Work = Pick<typeof jobs.$inferSelect, "id" | "status" | "lastError">;

/** The newest work of each kind that is done beside the film, by its movie and its kind. */
function newestWork(db: Db, movieIds: string[]): Map<string, Work> {
  const rows = db
    .select({
      id: jobs.id,
      movieId: jobs.movieId,
      kind: jobs.kind,
      status: jobs.status,
      lastError: jobs.lastError,
    })
    .from(jobs)
    .where(
      and(
        inArray(jobs.movieId, movieIds),
        inArray(jobs.kind, ["find-subtitles", "fetch-metadata"]),
        isFree,
      ),
    )
    // The later one takes the place of the earlier.
    .orderBy(asc(jobs.createdAt), asc(jobs.id))
    .all();
  return new Map(rows.map(({ movieId, kind, ...work }) => [`${movieId} ${kind}`, work]));
}

/** Languages of the subtitles that can be used, by movie. */
function languagesFound(db: Db, movieIds: string[]): Map<string, string[]> {
  const rows = db
    .selectDistinct({ movieId: versions.movieId, language: subtitles.language })
    .from(subtitles)
    .innerJoin(versions, eq(versions.id, subtitles.versionId))
    .where(and(inArray(versions.movieId, movieIds), isNull(subtitles.reason), isNotBinned(db)))
    .orderBy(asc(subtitles.language))
    .all();
  const groups = [...grouped(rows, ({ movieId }) => movieId)];
  return new Map(groups.map(([movieId, all]) => [movieId, all.map(({ language }) => language)]));
}

const isOpen = (work: Work | undefined) =>
  work !== undefined && ["queued", "waiting", "running"].includes(work.status);

function languagesOf(
  found: readonly string[],
  wanted: readonly string[],
  known: { search: Work | undefined; timeline: MovieView["timeline"] },
): InPreparation["languages"] {
  const last = known.timeline.findLast(({ stage }) => stage === "subtitles")?.state;
  const missing: LanguageState = isOpen(known.search)
    ? "looking"
    : known.search?.status === "failed" || last === "failed"
      ? "failed"
      : last === "done"
        ? "none"
        : "later";
  // Also what nobody asked for is there.
  return [...new Set([...wanted, ...found])].map((language) => ({
    language,
    state: found.includes(language) ? "found" : missing,
  }));
}

function metadataTrouble(
  why: Reason | null,
  work: Work | undefined,
  { say }: Reader,
): Trouble | null {
  if (!why) return null;
  const mayTry = work && work.status !== "running" && work.status !== "succeeded";
  return {
    about: "metadata",
    detail: say(why),
    isFailed: !isOpen(work),
    jobId: mayTry ? work.id : null,
    place: mendPlaceOf(why.code),
  };
}

function subtitleTrouble(search: Work | undefined, { say }: Reader): Trouble | null {
  if (!search?.lastError || search.status === "running" || search.status === "succeeded") {
    return null;
  }
  return {
    about: "subtitles",
    detail: say(search.lastError),
    isFailed: search.status === "failed",
    jobId: search.id,
    place: mendPlaceOf(search.lastError.code),
  };
}
