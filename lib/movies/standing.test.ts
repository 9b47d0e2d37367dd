import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloads, jobs } from "@/db/schema";
import { claim, saveProgress } from "@/lib/queue/claim";
import { enqueue } from "@/lib/queue/enqueue";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow, libraryStart } from "@/tests/support/library";
import { standingOf } from "./standing";

let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  db = testDatabase();
});
afterEach(() => {
  db[Symbol.dispose]();
});

const now = libraryStart;
const reader = { userId: "", say: ({ code }: { code: string }) => code };

function movieInTheMaking(title: string) {
  const movieId = addMovieRow(db, { title, status: "processing" });
  const version = addVersionRow(db, { movieId, status: "processing" });
  return { movieId, versionId: version.id };
}

describe("what happens to a movie now", () => {
  it("is the work on its file and not the poster, with how far it is", () => {
    const ids = movieInTheMaking("The Long Lamp");
    enqueue(db, "make-playable", ids, { now });
    claim(db, "cpu", "boot", now);
    const job = db.select().from(jobs).get();
    saveProgress(db, job?.id ?? "", { progress: 0.4, remainingSeconds: 90 }, now);
    enqueue(db, "fetch-metadata", { movieId: ids.movieId }, { now });

    expect(standingOf(db, ids.movieId, reader)).toEqual({
      download: null,
      failedJobId: null,
      work: {
        jobId: job?.id,
        step: "making",
        status: "running",
        progress: 0.4,
        remainingSeconds: 90,
        before: 0,
        runAt: null,
        detail: null,
      },
    });
  });

  it("says how many films are prepared before it", () => {
    const [first, second, third] = ["One", "Two", "Three"].map(movieInTheMaking);
    for (const [place, ids] of [first, second, third].entries()) {
      if (ids) enqueue(db, "make-playable", ids, { now: new Date(now.getTime() + place) });
    }
    claim(db, "cpu", "boot", new Date(now.getTime() + 10));
    const standing = standingOf(db, third?.movieId ?? "", reader);
    expect(standing.work).toMatchObject({ status: "waiting", before: 2, runAt: null });
  });

  it("names the work that can be tried again, and the download that is not complete", () => {
    const ids = movieInTheMaking("The Long Lamp");
    const jobId = enqueue(db, "import", ids, { now });
    db.update(jobs).set({ status: "failed", finishedAt: now }).where(eq(jobs.id, jobId)).run();
    const common = {
      ...ids,
      name: "x",
      addedAt: now,
      updatedAt: now,
      state: "downloading" as const,
    };
    db.insert(downloads)
      .values([
        {
          ...common,
          id: "a",
          tag: "a",
          infoHashV1: "a".repeat(40),
          progress: 0.25,
          etaSeconds: 60,
        },
        { ...common, id: "b", tag: "b", progress: 1, addedAt: new Date(now.getTime() + 1) },
      ])
      .run();

    expect(standingOf(db, ids.movieId, reader)).toMatchObject({
      failedJobId: jobId,
      work: null,
      download: { infoHash: "a".repeat(40), progress: 0.25, remainingSeconds: 60 },
    });
  });
});
