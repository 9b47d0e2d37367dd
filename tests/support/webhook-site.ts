import { eq } from "drizzle-orm";
import { jobs, versions } from "@/db/schema";
import { handlers } from "@/jobs/handlers";
import { recover } from "@/jobs/recover";
import { Runner } from "@/jobs/runner";
import { randomId } from "@/lib/ids";
import { connect } from "@/lib/settings/connect";
import { setVersionStatus } from "@/lib/versions/mutations";
import { createWebhook } from "@/lib/webhooks/mutations";
import { startWebhookReceiver } from "../upstreams/webhook-receiver";
import { addMovieRow, addVersionRow } from "./library";
import { testSite } from "./site";

/** The environment's token of a site: an admin's. */
export const adminToken = "t".repeat(40);

/** A Vigilio with one webhook, its receiver, and a clock that tests move on. */
export async function webhookSite() {
  const site = testSite({ VIGILIO_API_TOKEN: adminToken });
  const { db, env } = site;
  let secret = "";
  const receiver = await startWebhookReceiver(() => secret);
  let offsetMs = 0;
  const now = () => new Date(Date.now() + offsetMs);
  let runner: Runner | undefined;
  let movieCount = 0;

  const made = createWebhook(db, {
    ...{ url: receiver.url, events: ["movie.ready", "movie.failed"], enabled: true, now: now() },
  });
  secret = made.secret;

  return {
    ...site,
    receiver,
    webhookId: made.id,
    secret,
    now,
    /** A movie whose one version is being prepared. */
    movieInTheMaking(title = "Heat") {
      const movieId = addMovieRow(db, {
        ...{ title, status: "processing", releaseYear: 1995 },
        imdbId: `tt0${113_277 + movieCount}`,
      });
      movieCount += 1;
      return { movieId, versionId: addVersionRow(db, { movieId, status: "processing" }).id };
    },
    becomes(versionId: string, status: "ready" | "failed" | "processing") {
      db.transaction((tx) => setVersionStatus(tx, versionId, status, null, now()));
    },
    webhookJobs: () => db.select().from(jobs).where(eq(jobs.kind, "webhook")).all(),
    versionStatus: (id: string) =>
      db.select().from(versions).where(eq(versions.id, id)).get()?.status,
    /** A start of Vigilio: takes up what another left, and works. */
    async start() {
      await runner?.stop();
      const bootId = randomId();
      recover(db, bootId, now());
      const services = connect(db, env);
      const lanes = { io: 4, cpu: 1 };
      runner = new Runner({ db, env, services, handlers, bootId, lanes, now });
      runner.start();
    },
    /** Lets time pass for the job table. */
    later(ms: number) {
      offsetMs += ms;
      runner?.wake();
    },
    async [Symbol.asyncDispose]() {
      await runner?.stop();
      await receiver.close();
      site[Symbol.dispose]();
    },
  };
}
