import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handlers } from "@/jobs/handlers";
import { Runner } from "@/jobs/runner";
import type { Connection } from "@/lib/db";
import { readEnv } from "@/lib/env";
import { randomId } from "@/lib/ids";
import { movieOf } from "@/lib/movies/data";
import { connect } from "@/lib/settings/connect";
import { testDatabase } from "../support/database";
import { until } from "../support/until";

/** The background work of a Vigilio without its pages: the real runner on a real database. */
export interface Background extends AsyncDisposable {
  db: Connection;
  now(): Date;
  /** Lets time pass, so that what waits for its next attempt is due. */
  pass(ms: number): void;
  /** What the page of a movie shows. */
  movie(id: string): NonNullable<ReturnType<typeof movieOf>>;
  /** Waits until something holds, while the runner looks at its table. */
  until<Answer>(what: string, ask: () => Answer): Promise<NonNullable<Exclude<Answer, false>>>;
}

export function startBackground(environment: Record<string, string>): Background {
  const dir = mkdtempSync(join(tmpdir(), "vigilio-background-"));
  const db = testDatabase();
  const env = readEnv({ VIGILIO_DATA_DIR: dir, ...environment }, dir);
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const runner = new Runner({
    ...{ db, env, services: connect(db, env), handlers, now },
    ...{ bootId: randomId(), lanes: { io: 4, cpu: 1 } },
  });
  runner.start();
  return {
    db,
    now,
    pass(ms) {
      aheadMs += ms;
      runner.wake();
    },
    movie(id) {
      const movie = movieOf(db, id, { userId: "nobody", say: ({ code }) => code });
      if (!movie) throw new Error(`no movie ${id}`);
      return movie;
    },
    until(what, ask) {
      return until(what, () => {
        runner.wake();
        return ask();
      });
    },
    async [Symbol.asyncDispose]() {
      await runner.stop();
      db[Symbol.dispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
