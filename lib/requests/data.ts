import { and, asc, count, desc, eq, exists, inArray, isNotNull, isNull, ne, or } from "drizzle-orm";
import { movies, requestAskers, requests, searchResults, sources, users } from "@/db/schema";
import type { Db } from "@/lib/db";
import { type Preparing, preparingOf, workOn } from "@/lib/movies/preparing";
import type { Page } from "@/lib/web/page-query";
import type { RequestListQuery, RequestView } from "./schema";

/** Who looks: an admin sees what everybody asks for, anybody else their own. */
export interface RequestReader {
  userId: string | null;
  isAdmin: boolean;
}

/** Neither in the library nor declined: an admin still has something to do. */
const isWaiting = and(isNull(requests.movieId), ne(requests.state, "declined"));

const byStatus = {
  waiting: isWaiting,
  settled: or(isNotNull(requests.movieId), eq(requests.state, "declined")),
  asked: eq(requests.state, "asked"),
  approved: and(eq(requests.state, "approved"), or(isNull(movies.id), ne(movies.status, "ready"))),
  declined: eq(requests.state, "declined"),
  ready: eq(movies.status, "ready"),
};

/** Those that a reader sees: somebody asks for it still, and its movie does not lie in the bin. */
function seenBy(db: Db, { userId, isAdmin }: RequestReader) {
  const asks = db
    .select({ id: requestAskers.userId })
    .from(requestAskers)
    .where(
      and(
        eq(requestAskers.requestId, requests.id),
        isAdmin ? undefined : eq(requestAskers.userId, userId ?? ""),
      ),
    );
  return and(exists(asks), isNull(movies.binnedAt));
}

const columns = {
  request: requests,
  movieStatus: movies.status,
  releaseName: searchResults.name,
  releaseTitle: searchResults.title,
  sourceName: sources.name,
};

const rowsOf = (db: Db) =>
  db
    .select(columns)
    .from(requests)
    .leftJoin(movies, eq(movies.id, requests.movieId))
    .leftJoin(searchResults, eq(searchResults.id, requests.resultId))
    .leftJoin(sources, eq(sources.id, searchResults.sourceId));

type Row = ReturnType<ReturnType<typeof rowsOf>["all"]>[number];

/** Names of who asks, by request, the first first. */
function askersOf(db: Db, ids: string[], { userId, isAdmin }: RequestReader) {
  const names = new Map<string, string[]>();
  const rows = db
    .select({ requestId: requestAskers.requestId, username: users.username })
    .from(requestAskers)
    .innerJoin(users, eq(users.id, requestAskers.userId))
    .where(
      and(
        inArray(requestAskers.requestId, ids),
        isAdmin ? undefined : eq(requestAskers.userId, userId ?? ""),
      ),
    )
    .orderBy(asc(requestAskers.askedAt), asc(users.username))
    .all();
  for (const { requestId, username } of rows) {
    names.set(requestId, [...(names.get(requestId) ?? []), username]);
  }
  return names;
}

interface Beside {
  askedBy: string[];
  preparing: Preparing | null;
}

/** Rows with who asks for them, and how far their movies are. */
function toViews(db: Db, rows: Row[], reader: RequestReader): RequestView[] {
  const names = askersOf(
    db,
    rows.map(({ request }) => request.id),
    reader,
  );
  const onTheirWay = rows.flatMap(({ request: { movieId }, movieStatus }) =>
    movieId && movieStatus !== "ready" ? [movieId] : [],
  );
  const stages = preparingOf(db, onTheirWay);
  return rows.map((row) => {
    const { request, movieStatus } = row;
    const work = movieStatus && workOn(movieStatus, stages.get(request.movieId ?? ""));
    return toView(row, { askedBy: names.get(request.id) ?? [], preparing: work }, reader);
  });
}

function toView(row: Row, beside: Beside, { isAdmin }: RequestReader): RequestView {
  const { request, movieStatus, sourceName } = row;
  const { id, title, year, imdbId, tmdbId, movieId, declinedBecause } = request;
  const releaseName = row.releaseName ?? row.releaseTitle;
  const isShown = isAdmin && movieId === null && releaseName !== null && sourceName !== null;
  return {
    ...{ id, title, year, imdbId, tmdbId, movieId, movieStatus, ...beside },
    state: movieStatus === "ready" ? "ready" : request.state,
    declinedBecause: request.state === "declined" ? declinedBecause : null,
    release: isShown ? { name: releaseName, sourceName } : null,
    askedAt: request.createdAt.toISOString(),
    decidedAt: request.decidedAt?.toISOString() ?? null,
  };
}

/** One request as its reader sees it; undefined when it is unknown or not theirs to see. */
export function requestOf(db: Db, id: string, reader: RequestReader): RequestView | undefined {
  const row = rowsOf(db)
    .where(and(eq(requests.id, id), seenBy(db, reader)))
    .get();
  return row && toViews(db, [row], reader)[0];
}

/** A page of requests: those that wait the oldest first, others the last that changed first. */
export function listRequests(
  db: Db,
  { page, pageSize, status }: RequestListQuery,
  reader: RequestReader,
): Page<RequestView> {
  const where = and(seenBy(db, reader), status ? byStatus[status] : undefined);
  const order =
    status === "waiting"
      ? [asc(requests.createdAt), asc(requests.id)]
      : [desc(requests.updatedAt), asc(requests.id)];
  const rows = rowsOf(db)
    .where(where)
    .orderBy(...order)
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all();
  const total = db
    .select({ total: count() })
    .from(requests)
    .leftJoin(movies, eq(movies.id, requests.movieId))
    .where(where)
    .get();
  return {
    items: toViews(db, rows, reader),
    ...{ page, pageSize, total: total?.total ?? 0 },
  };
}

/** How many an admin still has something to do about. */
export function countWaiting(db: Db): number {
  const asks = db
    .select({ id: requestAskers.userId })
    .from(requestAskers)
    .where(eq(requestAskers.requestId, requests.id));
  const row = db
    .select({ total: count() })
    .from(requests)
    .where(and(isWaiting, exists(asks)))
    .get();
  return row?.total ?? 0;
}
