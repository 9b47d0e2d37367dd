import { link, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { and, eq, inArray, lte, or } from "drizzle-orm";
import { downloads, jobs, movies, versions } from "@/db/schema";
import { Runner } from "@/jobs/runner";
import type { Connection } from "@/lib/db";
import { parseMagnet } from "@/lib/downloads/magnet";
import type { Env } from "@/lib/env";
import { randomId } from "@/lib/ids";
import { type Acquisition, type AddedMovie, addMovie } from "@/lib/movies/mutations";
import { deleteVersion } from "@/lib/movies/remove";
import { claim } from "@/lib/queue/claim";
import { cancelOrRemoveJob } from "@/lib/queue/commands";
import { enqueue } from "@/lib/queue/enqueue";
import { connect, type Services } from "@/lib/settings/connect";
import { setVersionStatus } from "@/lib/versions/mutations";
import { films, imdbIdOf, titleOf, tmdbIdOf } from "../upstreams/films";
import { releaseOf } from "../upstreams/opensubtitles-library";
import type { Clips } from "./clips";
import { watchSome } from "./household";
import { filmNumbered, type Releases } from "./releases";
import { downloadRoles, filmsToAdd, filmsToChooseFrom, otherRoles, readyRoles } from "./roles";
import { seedingHandlers } from "./seeding-handlers";
import { acquisitionOf } from "./torrents";

const leftOut = new Set<number>([...Object.values(filmsToAdd), ...filmsToChooseFrom]);

/** Numbers of the films in the library: with the undecided movie there are 60. */
export const filmsInLibrary: readonly number[] = films
  .map(({ number }) => number)
  .filter((number) => !leftOut.has(number));

interface Filling {
  db: Connection;
  env: Env;
  clips: Clips;
  releases: Releases;
  /** Paths of the pictures that are stored. */
  pictures: ReadonlySet<string>;
  adminId: string;
  /** Now: everything in the library happened before. */
  handOver: Date;
}

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

/** Adds a film, in one version or two. */
async function addFilm(filling: Filling, number: number, now: () => Date): Promise<AddedMovie[]> {
  const { db, adminId } = filling;
  const film = filmNumbered(number);
  const year = film.releaseDate ? Number(film.releaseDate.slice(0, 4)) : undefined;
  const identity = { imdbId: imdbIdOf(film), tmdbId: tmdbIdOf(film), title: titleOf(film), year };
  const add = (acquisition: Acquisition) =>
    addMovie(db, { identity, acquisition, addedBy: adminId, now: now() });

  const torrent = filling.releases.torrents.get(number);
  if (torrent) return [add(acquisitionOf(torrent))];
  if (number === downloadRoles.magnet) return [add(fromMagnet(filling.releases.magnet))];
  const clip = clipFor(filling.clips, number);
  const added = [add(await fileOf(filling, number, clip, "1080p.WEB-DL.x264-LAMP"))];
  if (number === otherRoles.adding) {
    for (const { versionId } of added) deleteVersion(db, versionId, now());
  }
  if (number === readyRoles.twoVersions) {
    added.push(add(await fileOf(filling, number, filling.clips.sd, "480p.WEB-DL.x264-LANTERN")));
  }
  return added;
}

function fromMagnet(magnet: string): Acquisition {
  const { canonical, infoHashV1, infoHashV2, name } = parseMagnet(magnet);
  return {
    ...{ kind: "torrent", magnet: canonical, torrentFile: null, infoHashV1, infoHashV2 },
    ...{ name: name ?? "", sizeBytes: null },
  };
}

function clipFor(clips: Clips, number: number): string {
  if (number === readyRoles.twoAudioTracks) return clips.twoAudioTracks;
  if (number === readyRoles.twoVersions) return clips.uhd;
  if (number === otherRoles.damaged) return clips.damaged;
  if (number === otherRoles.converting || number === otherRoles.waitsForDisk) {
    return clips.toConvert;
  }
  return [clips.uhd, clips.hd, clips.hd, clips.sd, clips.hd][number % 5] ?? clips.hd;
}

/** The clip under the name of a release, without a second copy of its bytes. */
async function fileOf(
  { env }: Filling,
  number: number,
  clip: string,
  kind: string,
): Promise<Acquisition> {
  const folder = join(env.dataDir, "offline", "films");
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${releaseOf(filmNumbered(number), kind)}.${clip.split(".").pop()}`);
  await link(clip, path);
  return { kind: "file", path, mode: "link", sizeBytes: 0 };
}

function movieNumbered(numbers: ReadonlyMap<string, number>, wanted: number): string {
  for (const [movieId, number] of numbers) if (number === wanted) return movieId;
  throw new Error(`film ${wanted} is not in the library`);
}

const versionOf = (db: Connection, movieId: string) =>
  db.select().from(versions).where(eq(versions.movieId, movieId)).get();

/** A person ends one job while it waits. */
function endOneJob(db: Connection, numbers: ReadonlyMap<string, number>, now: Date): void {
  const movieId = movieNumbered(numbers, 22);
  const versionId = versionOf(db, movieId)?.id ?? "";
  cancelOrRemoveJob(db, enqueue(db, "find-subtitles", { versionId, movieId }, { now }), now);
}

/** A film that is meant to be ready and is not says so here, and not on a page. */
function refuseSurprises(db: Connection, numbers: ReadonlyMap<string, number>): void {
  const special = new Set<number>([...Object.values(downloadRoles), ...Object.values(otherRoles)]);
  const wrong = db
    .select()
    .from(movies)
    .all()
    .filter(({ id, status, metadataState }) => {
      const number = numbers.get(id);
      if (number === undefined) return status !== "deciding";
      return metadataState !== "complete" || (!special.has(number) && status !== "ready");
    });
  if (wrong.length === 0) return;
  const errors = db
    .select()
    .from(jobs)
    .all()
    .flatMap((job) => job.lastErrorDetail ?? []);
  const titles = wrong.map(({ title, status }) => `${title} (${status})`).join(", ");
  throw new Error(`not as they are meant to be: ${titles}\n${errors.slice(0, 3).join("\n")}`);
}

/**
 * States that pass too quickly to be looked at are written into the rows. qBittorrent does not have
 * these torrents and no hash of it is noted, so the watcher leaves them alone.
 */
function pretendDownloads(db: Connection, numbers: ReadonlyMap<string, number>, now: Date): void {
  for (const [state, progress] of [
    ["checking", 0.64],
    ["moving", 1],
  ] as const) {
    const movieId = movieNumbered(numbers, downloadRoles[state]);
    db.update(downloads)
      .set({ state, progress, startedAt: now, updatedAt: now })
      .where(eq(downloads.movieId, movieId))
      .run();
  }
}

/** One job runs (as if Vigilio had been killed meanwhile, so that it goes on), one is to come. */
function leaveJobsOpen(db: Connection, numbers: ReadonlyMap<string, number>, now: Date): void {
  const movieId = movieNumbered(numbers, otherRoles.converting);
  const running = claim(db, "cpu", randomId(), now);
  if (running?.movieId !== movieId) throw new Error("another job than the conversion is due");
  const converted = versionOf(db, movieId);
  if (converted) setVersionStatus(db, converted.id, "processing", null, now);
  const other = movieNumbered(numbers, 24);
  const runAt = new Date(now.getTime() + 30 * 86_400_000);
  const payload = { movieId: other, versionId: versionOf(db, other)?.id ?? "" };
  enqueue(db, "find-subtitles", payload, { now, runAt });
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
