import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloads, movies, versions } from "@/db/schema";
import { claim, saveProgress } from "@/lib/queue/claim";
import { listJobs } from "@/lib/queue/data";
import { enqueue } from "@/lib/queue/enqueue";
import { versionsOf } from "@/lib/versions/data";
import { setVersionStatus } from "@/lib/versions/mutations";
import { testDatabase } from "@/tests/support/database";
import { changesSince } from "./changes";
import { listMovies } from "./data";
import { addMovie } from "./mutations";
import { movieListQuery } from "./schema";

let db: ReturnType<typeof testDatabase>;
const now = new Date("2026-01-01T00:00:00Z");
const say = ({ code }: { code: string }) => code;

beforeEach(() => {
  db = testDatabase();
  addMovie(db, {
    identity: { title: "The Long Lamp" },
    acquisition: {
      kind: "torrent",
      magnet: "magnet:?xt=urn:btih:secret-of-an-indexer",
      torrentFile: null,
      infoHashV1: "a".repeat(40),
      infoHashV2: null,
      name: "x",
      sizeBytes: null,
    },
    addedBy: null,
    now,
  });
});
afterEach(() => {
  db[Symbol.dispose]();
});

describe("what changed", () => {
  it("is told to an admin whole, to a member without downloads and jobs, and never twice", () => {
    const names = (isAdmin: boolean, since: Date) =>
      [...new Set(changesSince(db, since, { isAdmin, say }).map(({ event }) => event))].sort();
    expect(names(true, now)).toEqual(["download", "job", "movie"]);
    expect(names(false, now)).toEqual(["movie"]);
    expect(names(true, new Date(now.getTime() + 1))).toEqual([]);
  });

  it("tells everybody how far a movie is, also when nothing but the work got on", () => {
    const movie = db.select().from(movies).get();
    const version = db.select().from(versions).get();
    const ids = { movieId: movie?.id ?? "", versionId: version?.id ?? "" };
    const jobId = enqueue(db, "make-playable", ids, { now });
    claim(db, "cpu", "boot", now);
    const at = new Date(now.getTime() + 5000);
    saveProgress(db, jobId, { progress: 0.25, remainingSeconds: 719.6 }, at);
    const told = (since: Date) =>
      changesSince(db, since, { isAdmin: false, say }).map(({ data }) => data);
    const expected = { id: ids.movieId, progress: 0.25, remainingSeconds: 720 };
    expect(told(at)).toEqual([expect.objectContaining(expected)]);
    expect(told(new Date(at.getTime() + 1))).toEqual([]);
    const [view] = versionsOf(db, ids.movieId, say);
    expect(view?.progress).toBeNull();
    setVersionStatus(db, ids.versionId, "processing", null, at);
    const [making] = versionsOf(db, ids.movieId, say);
    expect(making?.progress).toEqual({ fraction: 0.25, remainingSeconds: 720 });
    const [job] = listJobs(db, { page: 1, pageSize: 20, status: "running" }, say).items;
    expect(job?.remainingSeconds).toBe(720);
  });

  it("tells a member how far a download is, and that nothing else changed", () => {
    const at = new Date(now.getTime() + 5000);
    db.update(downloads).set({ progress: 0.42, etaSeconds: 90, updatedAt: at }).run();
    const [event] = changesSince(db, at, { isAdmin: false, say });
    const expected = { progress: 0.42, remainingSeconds: 90, status: "downloading" };
    expect(event?.data).toMatchObject({ ...expected, progressOnly: true });
    db.update(movies).set({ title: "The Short Lamp", updatedAt: at }).run();
    const [changed] = changesSince(db, at, { isAdmin: false, say });
    expect(changed?.data).toMatchObject({ ...expected, progressOnly: false });
    const { items } = listMovies(db, movieListQuery.parse({}), { userId: "", say });
    expect(items[0]?.preparing).toEqual({ progress: 0.42, remainingSeconds: 90 });
  });

  it("holds no magnet", () => {
    expect(JSON.stringify(changesSince(db, now, { isAdmin: true, say }))).not.toContain("indexer");
  });
});
