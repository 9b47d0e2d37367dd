import { and, count, desc, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import { jobs, movies, subtitles, users, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import { isFree } from "@/lib/queue/held";
import { isNotBinned } from "@/lib/versions/binned";
import type { Page, PageQuery } from "@/lib/web/page-query";
import { cardsOf, type Reader } from "./cards";
import { timelineOf } from "./data";
import { type MendPlace, mendPlaceOf } from "./mend";
import { type MovieCard, type MovieStanding, type MovieView, movieView } from "./schema";
import { standingOf } from "./standing";

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
      metadataState: movies.metadataState,
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
  const cards = new Map(
    cardsOf(
      db,
      rows.map(({ id }) => id),
      reader,
    ).map((card) => [card.id, card]),
  );
  const items = rows.flatMap(({ id, decision, reason, addedBy, ...metadata }): InPreparation[] => {
    const card = cards.get(id);
    if (!card) return [];
    const own = versionsOf(db, id);
    const timeline = timelineOf(db, id, reader);
    const search = jobOf(db, id, "find-subtitles");
    return [
      {
        movie: {
          ...card,
          metadataDetail: metadata.metadataReason && reader.say(metadata.metadataReason),
          decision: decision === null ? null : movieView.shape.decision.parse(decision),
          timeline,
          versions: own,
        },
        addedBy,
        standing: standingOf(db, id, reader),
        languages: languagesOf(db, own, wanted, { search, timeline }),
        troubles: [
          metadataTrouble(db, id, { ...metadata, isAsking: decision !== null }, reader),
          subtitleTrouble(search, reader),
        ].filter((one) => one !== null),
        place: mendPlaceOf(reason?.code),
      },
    ];
  });
  return { items, page, pageSize, total };
}

function versionsOf(db: Db, movieId: string): { id: string }[] {
  return db
    .select({ id: versions.id })
    .from(versions)
    .where(and(eq(versions.movieId, movieId), isNotBinned(db)))
    .all();
}

type Work = Pick<typeof jobs.$inferSelect, "id" | "status" | "lastError">;

/** The newest work of a kind on a movie. */
function jobOf(db: Db, movieId: string, kind: string): Work | undefined {
  return db
    .select({ id: jobs.id, status: jobs.status, lastError: jobs.lastError })
    .from(jobs)
    .where(and(eq(jobs.movieId, movieId), eq(jobs.kind, kind), isFree))
    .orderBy(desc(jobs.createdAt), desc(jobs.id))
    .limit(1)
    .get();
}

const isOpen = (work: Work | undefined) =>
  work !== undefined && ["queued", "waiting", "running"].includes(work.status);

function languagesOf(
  db: Db,
  own: { id: string }[],
  wanted: readonly string[],
  known: { search: Work | undefined; timeline: MovieView["timeline"] },
): InPreparation["languages"] {
  const found = new Set(
    db
      .selectDistinct({ language: subtitles.language })
      .from(subtitles)
      .where(
        and(
          inArray(
            subtitles.versionId,
            own.map(({ id }) => id),
          ),
          isNull(subtitles.reason),
        ),
      )
      .all()
      .map(({ language }) => language),
  );
  const last = known.timeline.findLast(({ stage }) => stage === "subtitles")?.state;
  const missing: LanguageState = isOpen(known.search)
    ? "looking"
    : known.search?.status === "failed" || last === "failed"
      ? "failed"
      : last === "done"
        ? "none"
        : "later";
  // Also what nobody asked for is there.
  const all = [...new Set([...wanted, ...found])];
  return all.map((language) => ({ language, state: found.has(language) ? "found" : missing }));
}

function metadataTrouble(
  db: Db,
  movieId: string,
  metadata: { metadataState: string; metadataReason: Reason | null; isAsking: boolean },
  { say }: Reader,
): Trouble | null {
  const { metadataReason: why, isAsking } = metadata;
  // What a choice is about stands above its buttons.
  if (!why || isAsking) return null;
  const work = jobOf(db, movieId, "fetch-metadata");
  const mayTry = work && ["failed", "cancelled", "waiting", "queued"].includes(work.status);
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
