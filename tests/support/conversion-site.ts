import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq, inArray, ne } from "drizzle-orm";
import { jobs, versions } from "@/db/schema";
import { done, type Handlers, type Outcome } from "@/jobs/context";
import { handlers } from "@/jobs/handlers";
import { recover } from "@/jobs/recover";
import { Runner } from "@/jobs/runner";
import type { Connection } from "@/lib/db";
import { type Env, makeFolders, readEnv } from "@/lib/env";
import { randomId } from "@/lib/ids";
import { addMovie } from "@/lib/movies/mutations";
import type { JobKind, JobPayload } from "@/lib/queue/names";
import { connect, type Services } from "@/lib/settings/connect";
import { saveSettings } from "@/lib/settings/mutations";
import { testDatabase } from "./database";
import { until } from "./until";

type VersionRow = typeof versions.$inferSelect;

/** Where a Vigilio is killed: as a job begins, or when its work is done and its end not written. */
export interface Kill {
  kind: JobKind;
  when: "before" | "after";
  /** Among the jobs of this kind: the first is 0. */
  nth?: number;
}

/**
 * From a file on the disk to versions that can be played, in this process: a real database, the real
 * jobs and real ffmpeg.
 */
export interface ConversionSite {
  /** A folder for the test's own files. */
  root: string;
  db: Connection;
  env: Env;
  services: Services;
  set(patch: Record<string, unknown>): void;
  /** Adds a film from a file; the movie's id. */
  add(path: string): string;
  /** Waits until nothing is on but what is planned for hours from now. */
  settle(options?: { isKillAhead?: boolean }): Promise<void>;
  versionsOf(movieId: string): VersionRow[];
  fileOf(version: Pick<VersionRow, "folder" | "fileName">): string;
  stop(): Promise<void>;
}

/** @param options `services`: in the place of the real ones; `kill`: ends it there once, and starts anew. */
export function startConversionSite(
  options: { services?: Partial<Services>; kill?: Kill } = {},
): ConversionSite {
  const root = mkdtempSync(join(tmpdir(), "vigilio-versions-"));
  const db = testDatabase();
  const env = readEnv({ VIGILIO_DATA_DIR: join(root, "data") }, "/");
  makeFolders(env);
  const services = { ...connect(db, env), ...options.services };
  let hasDied = false;
  let runner = start(handlersWith(options.kill));

  function start(own: Handlers): Runner {
    const made = new Runner({
      ...{ db, env, services, handlers: own, now: () => new Date() },
      bootId: randomId(),
      lanes: { io: 4, cpu: 1 },
    });
    made.start();
    return made;
  }

  function handlersWith(kill: Kill | undefined): Handlers {
    const own: Handlers = { ...handlers, "fetch-metadata": async () => done };
    if (kill) own[kill.kind] = dying(kill) as never;
    return own;
  }

  function dying<Kind extends JobKind>({ kind, when, nth = 0 }: Kill & { kind: Kind }) {
    let count = 0;
    return async (
      context: Parameters<Handlers[Kind]>[0],
      payload: JobPayload<Kind>,
    ): Promise<Outcome> => {
      const isHere = count === nth;
      count += 1;
      if (when === "after" || !isHere) {
        const outcome = await handlers[kind](context, payload);
        if (!isHere) return outcome;
      }
      void die(kind);
      // Nobody is left to hear its end.
      return new Promise(() => {});
    };
  }

  /** As the dead one leaves its rows; then the next start finds them. */
  async function die(kind: JobKind): Promise<void> {
    const dead = runner;
    const on = db.select().from(jobs).where(eq(jobs.status, "running")).all();
    await dead.stop(0);
    for (const { id } of on) {
      db.update(jobs).set({ status: "running", bootId: "dead" }).where(eq(jobs.id, id)).run();
    }
    if (!on.some((job) => job.kind === kind)) throw new Error(`${kind} did not run`);
    recover(db, "alive", new Date());
    runner = start(handlersWith(undefined));
    hasDied = true;
  }

  const openKinds = () =>
    db
      .select({ kind: jobs.kind })
      .from(jobs)
      .where(
        and(
          inArray(jobs.status, ["queued", "running", "waiting"]),
          // Hours from now.
          ne(jobs.kind, "retire-file"),
        ),
      )
      .all();

  // Jobs that a mutation enqueues wake the runner of a whole Vigilio; here it is looked after.
  const waker = setInterval(() => runner.wake(), 50);
  return {
    ...{ root, db, env, services },
    set: (patch) => saveSettings(db, { patch, env, now: new Date() }),
    add(path) {
      const { movieId } = addMovie(db, {
        identity: { title: "The Lantern" },
        acquisition: { kind: "file", path, mode: "link", sizeBytes: 1 },
        addedBy: null,
        now: new Date(),
      });
      return movieId;
    },
    async settle({ isKillAhead = false } = {}) {
      await until(
        "all work is done",
        () => (hasDied || !options.kill || isKillAhead) && openKinds().length === 0,
        60_000,
      ).catch((error: Error) => {
        throw new Error(`${error.message}: ${JSON.stringify(openKinds())}`);
      });
    },
    versionsOf: (movieId) => db.select().from(versions).where(eq(versions.movieId, movieId)).all(),
    fileOf: ({ folder, fileName }) => join(env.mediaDir, folder, `${fileName}.mp4`),
    async stop() {
      clearInterval(waker);
      await runner.stop();
      db[Symbol.dispose]();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
