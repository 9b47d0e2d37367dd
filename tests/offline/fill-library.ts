import { setTimeout as wait } from "node:timers/promises";
import { and, eq, inArray, lte, or } from "drizzle-orm";
import { jobs, movies } from "@/db/schema";
import { Runner } from "@/jobs/runner";
import type { Connection } from "@/lib/db";
import { randomId } from "@/lib/ids";
import { addMovie } from "@/lib/movies/mutations";
import { connect, type Services } from "@/lib/settings/connect";
import { films } from "../upstreams/films";
import { addFilm, type Filling } from "./add-film";
import { watchSome } from "./household";
import { filmsToAdd, filmsToChooseFrom } from "./roles";
import { seedingHandlers } from "./seeding-handlers";
import { acquisitionOf } from "./torrents";
import { endOneJob, leaveJobsOpen, pretendDownloads, refuseSurprises } from "./unfinished";

const leftOut = new Set<number>([...Object.values(filmsToAdd), ...filmsToChooseFrom]);

/** Numbers of the films in the library: with the undecided movie there are 60. */
export const filmsInLibrary: readonly number[] = films
  .map(({ number }) => number)
  .filter((number) => !leftOut.has(number));

/** Films that are added within one evening. */
const perEvening = 5;
const eveningsApartMs = 40 * 3_600_000;

/** Faces that nobody drew are left out, instead of being fetched one by one. */
function withoutOtherFaces(services: Services, pictures: ReadonlySet<string>): Services {
  return {
    ...services,
    tmdb() {
      const tmdb = services.tmdb();
      if (!tmdb) return null;
      return {
        ...tmdb,
        async movieDetails(...args) {
          const details = await tmdb.movieDetails(...args);
          const cast = details.cast.map((person) =>
            pictures.has(person.profilePath ?? "") ? person : { ...person, profilePath: null },
          );
          return { ...details, cast };
        },
      };
    },
  };
}

/** Adds every film as a person would, at a time of its own, and lets the job runner do the rest. */
export async function fillLibrary(filling: Filling): Promise<void> {
  const { db, env, handOver } = filling;
  const numbers = new Map<string, number>();
  const evenings = Math.ceil(filmsInLibrary.length / perEvening);
  let clockMs = handOver.getTime() - evenings * eveningsApartMs;
  // Time passes with every look at the clock, so that a timeline reads like one.
  const now = () => {
    clockMs += 150;
    return new Date(clockMs);
  };
  const runner = new Runner({
    ...{ db, env, now, bootId: randomId(), lanes: { io: 4, cpu: 2 } },
    services: withoutOtherFaces(connect(db, env), filling.pictures),
    handlers: seedingHandlers({ numberOf: (id) => numbers.get(id) ?? null, handOver }),
  });
  const settled = async () => {
    runner.wake();
    while (isBusy(db, new Date(clockMs))) await wait(10);
  };
  runner.start();
  try {
    // The first film of the list is the last that was added.
    const inOrder = [...filmsInLibrary].reverse();
    for (let at = 0; at < inOrder.length; at += perEvening) {
      for (const number of inOrder.slice(at, at + perEvening)) {
        for (const added of await addFilm(filling, number, now)) {
          numbers.set(added.movieId, number);
        }
      }
      await settled();
      clockMs += eveningsApartMs - 60_000;
    }
    clockMs = handOver.getTime() - 4 * 3_600_000;
    const identity = { title: "Fog" };
    const acquisition = acquisitionOf(filling.releases.undecided);
    addMovie(db, { identity, acquisition, addedBy: filling.adminId, now: now() });
    endOneJob(db, numbers, now());
    await settled();
  } finally {
    await runner.stop();
  }
  refuseSurprises(db, numbers);
  pretendDownloads(db, numbers, handOver);
  leaveJobsOpen(db, numbers, handOver);
  watchALittle(filling, numbers);
}

function isBusy(db: Connection, now: Date): boolean {
  const due = and(inArray(jobs.status, ["queued", "waiting"]), lte(jobs.runAt, now));
  return (
    db
      .select()
      .from(jobs)
      .where(or(eq(jobs.status, "running"), due))
      .get() !== undefined
  );
}

function watchALittle({ db, adminId, handOver }: Filling, numbers: ReadonlyMap<string, number>) {
  const ready = db.select().from(movies).where(eq(movies.status, "ready")).all();
  const movieIds = ready
    .map(({ id }) => id)
    .sort((a, b) => (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0))
    // The newest are left unseen: "recently added" is not to repeat "continue watching".
    .slice(6);
  watchSome(db, { userId: adminId, movieIds, durationSeconds: 120, now: handOver });
}
